import type { Cell } from "../model/mod.ts";
import { ratesBy } from "../analysis/counts/totals.ts";
import type { ModelRate } from "../analysis/mod.ts";

/** The harness held fixed: success of each model on one benchmark under one harness, best first. */
export function modelsUnder(cells: readonly Cell[], harness: string, benchmark: string): ModelRate[] {
  return ratesBy(cells.filter((c) => c.harness === harness && c.benchmark === benchmark), ["model"])
    .sort((a, b) => b.rate - a.rate || b.n - a.n || (a.model < b.model ? -1 : 1));
}
