import type { Cell } from "../../model/mod.ts";
import { kendall } from "../../stats/mod.ts";
import { costByConfig } from "./cost.ts";
import { MIN_FRONTIER_N } from "./frontier.ts";
import type { Prices } from "./prices.ts";

/** A config's place by cost per task and by cost per success; 1 is the cheapest. */
export interface RankChangeRow {
  /** Harness and model family together. */
  config: string;
  /** Scored sessions. */
  n: number;
  /** Successes among them. */
  k: number;
  /** USD over scored sessions. */
  usd_per_task: number;
  /** USD over successes. */
  usd_per_success: number;
  /** Place by cost per task. */
  place_per_task: number;
  /** Place by cost per success. */
  place_per_success: number;
}

/** Two orders of configs, and how alike they are. */
export interface RankChange {
  /** One row a config. */
  rows: RankChangeRow[];
  /** Kendall's tau-b between the two orders; null for fewer than two configs. */
  tau: number | null;
}

/**
 * Configs (n >= 20, with a price and a success) ranked by cost per task and by cost per solved task: a config that is
 * cheap a task and rarely right moves down.
 */
export function rankChange(cells: readonly Cell[], prices: Prices): RankChange {
  const costs = costByConfig(cells, prices).flatMap((c) => {
    const { config, n, k, usd_per_task, usd_per_success } = c;
    if (n < MIN_FRONTIER_N || usd_per_task === null || usd_per_success === null) return [];
    return [{ config, n, k, usd_per_task, usd_per_success }];
  });
  const perTask = placesBy(costs, (c) => c.usd_per_task);
  const perSuccess = placesBy(costs, (c) => c.usd_per_success);
  const rows = costs.map((c): RankChangeRow => ({
    ...c,
    place_per_task: perTask.get(c.config) ?? 0,
    place_per_success: perSuccess.get(c.config) ?? 0,
  })).sort((a, b) => a.place_per_task - b.place_per_task);
  const tau = rows.length < 2
    ? null
    : kendall(rows.map((r) => r.usd_per_task), rows.map((r) => r.usd_per_success)).estimate;
  return { rows, tau };
}

function placesBy<T extends { config: string }>(rows: readonly T[], value: (row: T) => number): Map<string, number> {
  const sorted = [...rows].sort((a, b) => value(a) - value(b) || (a.config < b.config ? -1 : 1));
  return new Map(sorted.map((row, i) => [row.config, i + 1]));
}
