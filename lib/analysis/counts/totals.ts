import type { Cell } from "../../model/mod.ts";
import { type Dimension, rateOf, tally } from "./tally.ts";
import type { Rate, Totals } from "../types.ts";

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
