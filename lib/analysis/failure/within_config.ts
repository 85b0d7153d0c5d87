import { type Cell, configName, type Session } from "../../model/mod.ts";
import { holm, type Interval, meanRatio, type StratifiedMeans, type TwoTotals } from "../../stats/mod.ts";
import { groupBy, meanKnown, type Tally, tally } from "../counts/tally.ts";

/** What failed and successful sessions are compared in. */
export const WITHIN_MEASURES = ["tokens", "calls", "duration"] as const;

/** Failed over successful sessions of the same config, beside what pooling the configs says. */
export interface WithinRatio {
  /** Mean of failed over mean of successful sessions within a config, configs weighted by how much they tell. */
  within: Interval & { p: number };
  /** The same over all these configs thrown together. */
  pooled: Interval;
  /** Whether pooling turns the comparison, makes it up or hides it; null where both say the same. */
  simpson: StratifiedMeans["simpson"];
  /** Configs with failed and successful sessions. */
  configs: number;
  /** Configs with sessions of one kind alone: they cannot compare. */
  left_out: number;
  /** Runs that the intervals rest on. */
  runs: number;
}

/** {@link WithinRatio} of a suite in one measure. */
export interface WithinConfigRow extends WithinRatio {
  /** The suite of tasks. */
  benchmark: string;
  /** What is compared. */
  measure: typeof WITHIN_MEASURES[number];
}

/** Mean of a measure over the sessions of a tally that know it, and how many these are. */
const MEAN: Readonly<Record<typeof WITHIN_MEASURES[number], (t: Tally) => { mean: number | null; known: number }>> = {
  tokens: (t) => ({ mean: meanKnown(t.tokens, t.tokensKnown), known: t.tokensKnown }),
  calls: (t) => ({ mean: t.calls / t.sessions, known: t.sessions }),
  duration: (t) => ({ mean: meanKnown(t.durationS, t.durationKnown), known: t.durationKnown }),
};

/**
 * Failed over successful sessions per suite in tokens, calls and seconds: within each config (harness and model), and pooled.
 * Where dear configs fail less, pooling says that failures are cheap; it is a mix of configs, not what failing does. Intervals
 * leave out one run after the other: they are for new runs of these configs. A suite where fewer than two runs compare has
 * no row.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { withinConfig } from "agent-trace-lab/analysis";
 * import { type Cell, NOT_KNOWN } from "agent-trace-lab/model";
 * const cell = (model: string, run: string, verdict: 0 | 1, sessions: number, calls: number): Cell =>
 *   ({ ...NOT_KNOWN, benchmark: "b", harness: "h", deployment: model, model, run, verdict, sessions, calls: calls * sessions });
 * // Failures take twice the calls in both configs, but most of them are in the one that takes few.
 * const cells = ["r1", "r2"].flatMap((run) => [
 *   cell("small", run + "s", 0, 40, 20),
 *   cell("small", run + "s", 1, 10, 10),
 *   cell("large", run + "l", 0, 5, 200),
 *   cell("large", run + "l", 1, 45, 100),
 * ]);
 * const row = withinConfig(cells).find(({ measure }) => measure === "calls");
 * ok(row && row.within.estimate > 1.9 && row.pooled.estimate < 1);
 * ```
 */
export function withinConfig(cells: readonly Cell[]): WithinConfigRow[] {
  const scored = cells.filter((c) => c.verdict !== null);
  return [...groupBy(scored, (c) => c.benchmark)].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([benchmark, of]) =>
    WITHIN_MEASURES.flatMap((measure): WithinConfigRow[] => {
      const found = ratioWithin(totalsOf(of, measure));
      return found ? [{ benchmark, measure, ...found }] : [];
    })
  );
}

function totalsOf(cells: readonly Cell[], measure: typeof WITHIN_MEASURES[number]): TwoTotals[] {
  const sides = ([0, 1] as const).map((verdict) =>
    new Map(
      tally(cells.filter((c) => c.verdict === verdict), ["harness", "model", "run"]).map((t) => [
        JSON.stringify([configName(t.harness, t.model), t.run]),
        MEAN[measure](t),
      ]),
    )
  );
  const [failed, solved] = sides;
  return [...new Set(sides.flatMap((side) => [...side.keys()]))].map((key): TwoTotals => {
    const [stratum, cluster] = JSON.parse(key) as [string, string];
    const [first, second] = [failed?.get(key), solved?.get(key)];
    return {
      stratum,
      cluster,
      n1: first?.known ?? 0,
      total1: (first?.mean ?? 0) * (first?.known ?? 0),
      n2: second?.known ?? 0,
      total2: (second?.mean ?? 0) * (second?.known ?? 0),
    };
  });
}

/** Rows with the p of their ratio within config corrected for all of them (Holm); null where a row has no ratio. */
export function withHolm<T extends { within: WithinRatio | null }>(
  rows: readonly T[],
): (T & { p_holm: number | null })[] {
  const asked = rows.filter((row) => row.within !== null);
  const p = holm(asked.map((row) => row.within!.within.p));
  return rows.map((row) => ({ ...row, p_holm: p[asked.indexOf(row)] ?? null }));
}

/**
 * Sums of a value over failed and over solved sessions, by benchmark and config, and by run within them; sessions without a
 * verdict or without the value are left out.
 */
export function failedAndSolved(sessions: readonly Session[], value: (session: Session) => number | null): TwoTotals[] {
  const rows = new Map<string, TwoTotals>();
  for (const s of sessions) {
    const own = s.success === null ? null : value(s);
    if (own === null) continue;
    const stratum = JSON.stringify([s.benchmark, configName(s.harness, s.model)]),
      key = JSON.stringify([stratum, s.run]);
    const row = rows.get(key) ?? { stratum, cluster: s.run, n1: 0, total1: 0, n2: 0, total2: 0 };
    rows.set(
      key,
      s.success === 0
        ? { ...row, n1: row.n1 + 1, total1: row.total1 + own }
        : { ...row, n2: row.n2 + 1, total2: row.total2 + own },
    );
  }
  return [...rows.values()];
}

/** The ratio within strata and pooled; null where too little compares, or one side's sums are 0. */
export function ratioWithin(totals: readonly TwoTotals[]): WithinRatio | null {
  const sums = (side: "total1" | "total2") => totals.reduce((sum, row) => sum + row[side], 0);
  const strata = groupBy(totals, (row) => row.stratum);
  const both = [...strata.values()].filter((rows) => rows.some((r) => r.n1 > 0) && rows.some((r) => r.n2 > 0));
  const clusters = new Set(both.flat().map((row) => row.cluster ?? row.stratum));
  if (clusters.size < 2 || sums("total1") === 0 || sums("total2") === 0) return null;
  const { within, pooled, simpson, strata: configs, leftOut } = meanRatio(totals);
  if (![within.lo, within.hi, pooled.lo, pooled.hi].every(Number.isFinite)) return null;
  const { estimate, lo, hi, pValue: p } = within;
  return { within: { estimate, lo, hi, p }, pooled, simpson, configs, left_out: leftOut, runs: clusters.size };
}
