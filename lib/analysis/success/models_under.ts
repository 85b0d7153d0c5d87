import type { Cell } from "../../model/mod.ts";
import { groupBy, tally } from "../counts/tally.ts";
import { type ModelRate, ratesBy } from "../counts/totals.ts";

/** The harness held fixed: success of each model on one benchmark under one harness, best first. */
export function modelsUnder(cells: readonly Cell[], harness: string, benchmark: string): ModelRate[] {
  return ratesBy(cells.filter((c) => c.harness === harness && c.benchmark === benchmark), ["model"])
    .sort((a, b) => b.rate - a.rate || b.n - a.n || (a.model < b.model ? -1 : 1));
}

/**
 * The benchmark and harness under which most models were scored, of equals that with most sessions; null where no pair has
 * two models.
 */
export function mostCompared(cells: readonly Cell[]): { harness: string; benchmark: string } | null {
  const scored = tally(cells, ["benchmark", "harness", "model"]).filter((t) => t.n > 0);
  const pairs = [...groupBy(scored, (t) => JSON.stringify([t.benchmark, t.harness])).values()].map((models) => ({
    benchmark: models[0]!.benchmark,
    harness: models[0]!.harness,
    models: models.length,
    n: models.reduce((sum, t) => sum + t.n, 0),
  }));
  const [first] = pairs.filter((p) => p.models > 1).sort((a, b) => b.models - a.models || b.n - a.n);
  return first ? { harness: first.harness, benchmark: first.benchmark } : null;
}
