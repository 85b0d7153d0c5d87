import { deepEqual, ok } from "node:assert/strict";
import type { Dataset, Session } from "../../lib/model/mod.ts";
import type { ReportCardRow } from "../../lib/analysis/mod.ts";
import { quantile, wilson } from "../../lib/stats/mod.ts";
import {
  claimEvidence,
  judgedTable,
  officialRates,
  publishedPrices,
  replica,
  resultsToAsk,
} from "../../lib/study/mod.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
// Made with statsmodels on the judged table; see the note in the folder of the values.
import golden from "../golden/judged.json" with { type: "json" };
// Made with: /usr/bin/python3 tests/analysis/oracle.py
import oracle from "./oracle.json" with { type: "json" };
// Made with: /usr/bin/python3 tests/analysis/oracle.py FULL_JSON
import boxes from "./oracle_boxes.json" with { type: "json" };
import { agree, type Tolerance } from "./agree.ts";

/** The tolerance of the contract. */
const EXACT: Tolerance = { rtol: 1e-6, atol: 1e-12 };
/** Maximum likelihood stops where two programs' stopping rules stop. */
const LIKELIHOOD: Tolerance = { rtol: 1e-4 };
/** Sums of seconds are rounded to nine digits in data/cells.csv. */
const SUMS: Tolerance = { rtol: 1e-6, atol: 1e-9 };
/** Quartiles of the replica. */
const CLOSE: Tolerance = { rtol: 0.1 };
/** As a share of sessions. */
const RANKS = 0.05;

/** Keys that are distributions: the replica has them close, not exact. */
const DISTRIBUTIONS = ["failed_tokens_by_harness", "failed_tokens_by_cell", "tool_errors_by_harness"];

const { mcfadden: _, ...ORACLE_KEYS } = oracle;

/** The golden report card pools its suites: that is `pooled_rate` now, with Wilson's interval of the pooled counts. */
function asGolden(key: string, value: unknown): unknown {
  if (key !== "report_card") return value;
  return (value as ReportCardRow[]).map((row) => {
    const bars = row.bars.map(({ harness, n, k, pooled_rate: rate }) => {
      const { lo, hi } = wilson(k, n);
      return { harness, n, k, rate, lo, hi };
    });
    const rates = bars.map(({ rate }) => rate);
    return { ...row, bars, gap: Math.max(...rates) - Math.min(...rates) };
  });
}

Deno.test("the replica has every count, rate, mean and fit of the golden values", async () => {
  const results = await rebuilt();
  for (const [key, expected] of Object.entries(golden)) {
    if (!DISTRIBUTIONS.includes(key)) agree(asGolden(key, results[key]), expected, EXACT, key);
  }
});

Deno.test("the replica agrees with statsmodels and pandas on every other key of counts and sums", async () => {
  const results = await rebuilt();
  for (const [key, expected] of Object.entries(ORACLE_KEYS)) {
    agree(results[key], expected, key === "logit" ? LIKELIHOOD : SUMS, key);
  }
});

Deno.test("nine in ten of the replica's quartiles of failed tokens are within 10%", async () => {
  const { failed_tokens_by_cell: found } = resultsToAsk(await replica());
  const near = golden.failed_tokens_by_cell.flatMap((expected) => {
    const row = found.find((r) => r.benchmark === expected.benchmark && r.harness === expected.harness);
    return (["q1", "median", "q3"] as const).map((q) => Math.abs((row?.[q] ?? NaN) / expected[q] - 1) <= CLOSE.rtol);
  });
  const share = near.filter(Boolean).length / near.length;
  ok(share >= 0.9, `${near.filter(Boolean).length} of ${near.length} quartiles are within 10%`);
});

onRecorded("mirror", "the judged table equals the golden values on every key they hold", async () => {
  const results = await judged();
  for (const [key, expected] of Object.entries(golden)) agree(asGolden(key, results[key]), expected, EXACT, key);
});

onRecorded("mirror", "the judged table agrees with statsmodels and pandas on every other key", async () => {
  const results = await judged();
  for (const [key, expected] of Object.entries({ ...ORACLE_KEYS, ...boxes })) {
    agree(results[key], expected, key === "logit" ? LIKELIHOOD : SUMS, key);
  }
});

onRecorded("mirror", "the golden values and the oracle's together are all keys", async () => {
  const known = [...Object.keys(golden), ...Object.keys(ORACLE_KEYS), ...Object.keys(boxes)];
  const results = await judged();
  // What claims are asked of beside is tested where it is worked out.
  const evidence = Object.keys(claimEvidence(await judgedDataset(), officialRates(), publishedPrices()));
  deepEqual(Object.keys(results).filter((key) => !known.includes(key)), ["source", "notes", ...evidence]);
  const { name, sha256, sessions } = (await judgedDataset()).info;
  deepEqual(results["source"], { name, sha256, sessions });
  // The hash that the contract names.
  deepEqual([name, sha256.slice(0, 16), sessions], ["judged", "48d265d705a1f052", 1781]);
});

onRecorded("mirror", "the replica has the judged table's keys, and its numbers but for distributions", async () => {
  const [table, copy] = [await judged(), await rebuilt()];
  deepEqual(Object.keys(copy), Object.keys(table));
  for (const [key, expected] of Object.entries(table)) {
    if (key !== "source" && !DISTRIBUTIONS.includes(key)) agree(copy[key], expected, SUMS, key);
  }
});

onRecorded(
  "mirror",
  "the replica's quartiles are within 10%, or 5 percentile points, of the recorded ones",
  async () => {
    const [recorded, copies] = [(await judgedDataset()).sessions!, (await replica()).sessions];
    for (const harness of new Set(recorded.map((s) => s.harness))) {
      const tokens = (sessions: Session[]) =>
        sessions.filter((s) => s.harness === harness && s.success === 0).map((s) => s.totalTokens!);
      for (const q of [0.25, 0.5, 0.75]) {
        const found = quantile(tokens(copies), q);
        const near = Math.abs(found / quantile(tokens(recorded), q) - 1) <= CLOSE.rtol;
        // Between two modes a quartile is anyone's guess: the rank is what the facts can hold.
        const [lo, hi] = [quantile(tokens(recorded), q - RANKS), quantile(tokens(recorded), q + RANKS)];
        ok(near || (lo <= found && found <= hi), `${harness}, quantile ${q}: ${found} is not near ${lo} to ${hi}`);
      }
    }
  },
);

async function judgedDataset(): Promise<Dataset> {
  return await judgedTable({ mirrors: [sharedPath("mirror")] });
}

async function judged(): Promise<Record<string, unknown>> {
  return keyed(resultsToAsk(await judgedDataset()));
}

async function rebuilt(): Promise<Record<string, unknown>> {
  return keyed(resultsToAsk(await replica()));
}

/** The golden values know no key of the study's own apart from the others. */
function keyed({ study, ...results }: ReturnType<typeof resultsToAsk>): Record<string, unknown> {
  const { official: _official, ...contrasts } = { ...study };
  return { ...results, ...contrasts };
}
