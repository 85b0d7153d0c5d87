import type { Cell } from "../model/mod.ts";
import { newcombe } from "../stats/mod.ts";
import { suitePairs } from "./contrasts.ts";
import { rateOf } from "../analysis/counts/tally.ts";
import type { Rate } from "../analysis/mod.ts";

/** SWE-bench against BrowseComp+ of one model under one harness; the gap with Newcombe's interval. */
export interface ContaminationPair {
  /** The model family. */
  model: string;
  /** On SWE-bench. */
  swebench: Rate;
  /** On BrowseComp+. */
  browsecompplus: Rate;
  /** The first less the second. */
  gap: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
}

/** The pairs of `contaminationGap` with Wilson intervals, and Newcombe's interval of the gap. */
export function contaminationPairs(cells: readonly Cell[]): ContaminationPair[] {
  return suitePairs(cells).map(({ model, swebench: s, browsecompplus: b }) => {
    const { estimate, lo, hi } = newcombe({ k1: s.k, n1: s.n, k2: b.k, n2: b.n });
    return { model, swebench: rateOf(s.n, s.k), browsecompplus: rateOf(b.n, b.k), gap: estimate, lo, hi };
  });
}
