import type { Cell } from "../../model/mod.ts";
import { type Dimension, type Rate, rateOf, tally } from "./tally.ts";

/** Counts of the whole source; calls and tokens over all sessions, scored or not. Tokens are null where none are known. */
export interface Totals {
  sessions: number;
  scored: number;
  successes: number;
  llm_calls: number;
  tokens: number | null;
}

export type BenchmarkRate = Rate & { benchmark: string };

export type HarnessRate = Rate & { harness: string };

export type ModelRate = Rate & { model: string };

export type DeploymentRate = Rate & { deployment: string };

/** Counts of the whole source. */
export function totals(cells: readonly Cell[]): Totals {
  const all = tally(cells, [])[0];
  return {
    sessions: all?.sessions ?? 0,
    scored: all?.n ?? 0,
    successes: all?.k ?? 0,
    llm_calls: all?.calls ?? 0,
    tokens: all ? all.tokens : 0,
  };
}

/** Success rates over scored sessions along the dimensions given; groups without a scored session have no row. */
export function ratesBy<D extends Dimension>(cells: readonly Cell[], dimensions: readonly D[]) {
  return tally(cells, dimensions).filter((t) => t.n > 0).map((t): Record<D, string> & Rate => {
    const names = Object.fromEntries(dimensions.map((d) => [d, t[d]])) as unknown as Record<D, string>;
    return { ...names, ...rateOf(t.n, t.k) };
  });
}
