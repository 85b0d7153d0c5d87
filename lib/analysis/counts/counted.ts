import { type CountedBox, type Distributions, TOLD_MODES } from "../../model/mod.ts";
import { type Box, type CellBox, type HarnessBox, MIN_BOX_FAILURES } from "../failure/boxes.ts";
import type { Failures } from "../failure/failures.ts";
import type { JudgeCounts } from "../judged/judge_counts.ts";

/** The keys of `results.json` that need each session: quantiles, failure modes, what the judge said. */
export interface SessionResults {
  failures: Failures;
  failed_tokens_by_harness: HarnessBox[];
  failed_tokens_by_cell: CellBox[];
  tool_errors_by_harness: HarnessBox[];
  judge: JudgeCounts;
}

/** The keys of `results.json` that need each session, as an engine has worked them out; rows in the order of names. */
export function countedResults(found: Distributions): SessionResults {
  const byHarness = sorted(found.failedTokensByHarness, (r) => r.harness);
  const byCell = sorted(found.failedTokensByCell, (r) => JSON.stringify([r.benchmark, r.harness]));
  return {
    failures: failuresOf(found),
    failed_tokens_by_harness: byHarness.map(({ harness, ...box }) => ({ harness, ...boxOf(box) })),
    failed_tokens_by_cell: byCell.filter(({ n }) => n >= MIN_BOX_FAILURES)
      .map(({ benchmark, harness, ...box }) => ({ benchmark, harness, ...boxOf(box) })),
    tool_errors_by_harness: sorted(found.toolErrorsByHarness, (r) => r.harness)
      .map(({ harness, ...box }) => ({ harness, ...boxOf(box) })),
    judge: {
      confidence: total(found.judge.map((r) => ({ name: r.confidence ?? "unscored", n: r.n }))),
      judge_model: total(found.judge.map((r) => ({ name: r.judgeModel ?? "unscored", n: r.n }))),
    },
  };
}

/** Failed sessions, and those among them of which neither the tool errors nor the mode are known. */
export function unknownToolErrors(found: Distributions): { unread: number; failed: number } {
  return { unread: found.toolErrorsUnknown, failed: found.failureModes.reduce((sum, r) => sum + r.n, 0) };
}

function failuresOf({ thresholds, failureModes }: Distributions): Failures {
  const modes = total(failureModes.map(({ mode, n }) => ({ name: mode, n })));
  const harnesses = total(failureModes.map(({ harness, mode, n }) => ({ name: JSON.stringify([harness, mode]), n })));
  return {
    n: failureModes.reduce((sum, r) => sum + r.n, 0),
    tokens_p90: thresholds?.tokensP90 ?? null,
    calls_p90: thresholds?.callsP90 ?? null,
    modes: Object.fromEntries(
      TOLD_MODES.flatMap((mode) => modes[mode] ? [[mode, modes[mode]]] : []),
    ),
    by_harness: Object.entries(harnesses).map(([key, n]) => {
      const [harness, mode] = JSON.parse(key);
      return { harness, mode, n };
    }),
    by_cell: sorted(failureModes, (r) => JSON.stringify([r.benchmark, r.harness, r.mode]))
      .map(({ benchmark, harness, mode, n }) => ({ benchmark, harness, mode, n })),
  };
}

function boxOf({ n, q1, median, q3, whiskerLo, whiskerHi }: CountedBox): Box {
  return { n, q1, median, q3, whisker_lo: whiskerLo, whisker_hi: whiskerHi };
}

function total(rows: readonly { name: string; n: number }[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { name, n } of rows) sums.set(name, (sums.get(name) ?? 0) + n);
  return Object.fromEntries([...sums].sort(([a], [b]) => a < b ? -1 : 1));
}

const sorted = <T>(rows: readonly T[], key: (row: T) => string) => rows.toSorted((a, b) => key(a) < key(b) ? -1 : 1);
