import type { Cell } from "../../model/mod.ts";
import { paretoFront } from "../../stats/mod.ts";
import { costByConfig } from "./cost.ts";
import { priceOf, type Prices } from "./prices.ts";
import { mean, tally } from "../counts/tally.ts";
import { macroRates } from "../success/reliability.ts";

/** A point of the cost-quality plane. */
export interface FrontierRow {
  /** Harness and model family together. */
  config: string;
  /** The model family. */
  model: string;
  /** Scored sessions. */
  n: number;
  /** Unweighted mean of the rates per benchmark. */
  macro: number;
  /** USD over scored sessions. */
  usd_per_task: number;
  /** Null when the price table does not say. */
  open_weights: boolean | null;
  /** No cheaper config has as high a balanced rate. */
  on_frontier: boolean;
}

/** Scored sessions a config must have to stand on the cost-quality plane. */
export const MIN_FRONTIER_N = 20;

/**
 * Configs with n >= 20, a balanced success rate and a price, cheapest per task first (by name among equals).
 * `on_frontier`: no cheaper or equally cheap config before it has as high a macro rate.
 */
export function frontier(cells: readonly Cell[], prices: Prices): FrontierRow[] {
  const macros = macroRates(cells);
  const models = new Map(tally(cells, ["config", "model", "deployment"]).map((t) => [t.config, t]));
  const points = costByConfig(cells, prices).flatMap((row) => {
    const macro = mean(macros.get(row.config) ?? []);
    const of = models.get(row.config);
    if (row.n < MIN_FRONTIER_N || macro === null || row.usd_per_task === null || of === undefined) return [];
    const open_weights = priceOf(prices, of.deployment)?.open_weights ?? null;
    return [{ config: row.config, model: of.model, n: row.n, macro, usd_per_task: row.usd_per_task, open_weights }];
  }).sort((a, b) => a.usd_per_task - b.usd_per_task || b.macro - a.macro || (a.config < b.config ? -1 : 1));
  const front = new Set(paretoFront(points, (p) => p.usd_per_task, (p) => p.macro));
  return points.map((point) => ({ ...point, on_frontier: front.has(point) }));
}

/** Names of the configs on the frontier, cheapest per task first, each a new best macro rate. */
export function paretoFrontier(cells: readonly Cell[], prices: Prices): string[] {
  return frontier(cells, prices).filter((row) => row.on_frontier).map((row) => row.config);
}
