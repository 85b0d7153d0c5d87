import type { Cell } from "../../model/mod.ts";
import { priceOf, type Prices, usdOfCell } from "./prices.ts";
import { type Dimension, groupBy, nameOf, type Tallied, type Tally, tally } from "../counts/tally.ts";

/**
 * What a config costs, over the `n` scored sessions whose tokens are known; null where a price is unknown,
 * `usd_per_success` also null without a success.
 */
export interface CostRow {
  /** Harness and model family together. */
  config: string;
  /** Scored sessions. */
  n: number;
  /** Successes among them. */
  k: number;
  /** USD of all scored sessions. */
  usd_total: number | null;
  /** USD over scored sessions. */
  usd_per_task: number | null;
  /** USD over successes. */
  usd_per_success: number | null;
}

/** {@link CostRow} within a benchmark. */
export type CellCostRow = CostRow & { benchmark: string };

/** Scored sessions a benchmark x config cell must have for a cost of its own. */
export const MIN_COST_CELL_N = 10;

/**
 * Cost per config over its scored sessions, all benchmarks together.
 *
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { costByConfig, unpricedTable } from "agent-trace-lab/analysis";
 * import { type Cell, NOT_KNOWN } from "agent-trace-lab/model";
 * const names = { benchmark: "code", harness: "a", model: "m", deployment: "m", run: "r", verdict: 1 as const };
 * const sums = { sessions: 4, calls: 8, tokens: 2e6, tokensKnown: 4, inputTokens: 1e6, outputTokens: 1e6 };
 * const cell: Cell = { ...NOT_KNOWN, ...names, ...sums, inputTokensKnown: 4, outputTokensKnown: 4 };
 * const m = { input: 1, cached_input: null, output: 3, output_share: null, open_weights: null };
 * const [row] = costByConfig([cell], { ...unpricedTable(), models: { m } });
 * deepEqual([row?.usd_total, row?.usd_per_success], [4, 1]);
 * ```
 */
export function costByConfig(cells: readonly Cell[], prices: Prices): CostRow[] {
  return costs(cells, prices, ["config"]).map((t) => ({ config: t.config, ...costOf(t) }));
}

/** Cost per benchmark and config, n >= {@link MIN_COST_CELL_N}. */
export function costByCell(cells: readonly Cell[], prices: Prices): CellCostRow[] {
  return costs(cells, prices, ["benchmark", "config"]).filter((t) => t.n >= MIN_COST_CELL_N)
    .map((t) => ({ benchmark: t.benchmark, config: t.config, ...costOf(t) }));
}

/**
 * Mean USD of a failed over mean USD of a successful session, minus 1, over sessions whose tokens are known; null where a
 * side is empty or not priced.
 */
export function failedCostPremium(cells: readonly Cell[], prices: Prices): number | null {
  const priced = cells.filter((c) => usdOfCell(c, prices) !== null);
  const perSession = (verdict: 0 | 1) => {
    const side = priced.filter((c) => c.verdict === verdict);
    const sessions = side.reduce((a, c) => a + c.tokensKnown, 0);
    return side.reduce((a, c) => a + (usdOfCell(c, prices) ?? 0), 0) / sessions;
  };
  const ratio = perSession(0) / perSession(1);
  return Number.isFinite(ratio) ? ratio - 1 : null;
}

/**
 * Models whose sessions could not be priced, with how many sessions that leaves out of every cost. Sessions whose tokens
 * are not known are no matter of prices.
 */
export function unpriced(cells: readonly Cell[], prices: Prices): { model: string; sessions: number; why: string }[] {
  const missing = cells.filter((c) => c.tokensKnown > 0 && usdOfCell(c, prices) === null);
  return tally(missing, ["model"]).map(({ model, tokensKnown: sessions }) => {
    const known = missing.some((c) => c.model === model && priceOf(prices, c.deployment) !== null);
    const why = known
      ? "input and output tokens are not known apart, and the price table has no output share"
      : Object.hasOwn(prices.passed_over ?? {}, model)
      ? `the rates in the price table of ${prices.as_of} are none`
      : Object.keys(prices.models).length === 0
      ? "no price table was given"
      : `not in the price table of ${prices.as_of}`;
    return { model, sessions, why };
  });
}

type Costed<D extends Dimension> = Tallied<D> & { usd: number | null };

/**
 * Tallies of the scored sessions whose tokens are known, with their USD; one such cell without a price makes the whole
 * group's USD unknown.
 */
function costs<D extends Dimension>(cells: readonly Cell[], prices: Prices, dimensions: readonly D[]): Costed<D>[] {
  const scored = cells.filter((c) => c.verdict !== null);
  const groups = groupBy(scored, (c) => JSON.stringify(dimensions.map((d) => nameOf(c, d))));
  return tally(scored, dimensions).map((t) => {
    const group = (groups.get(JSON.stringify(dimensions.map((d) => t[d]))) ?? []).filter((c) => c.tokensKnown > 0);
    const usd = group.reduce<number | null>((sum, cell) => {
      const more = usdOfCell(cell, prices);
      return sum === null || more === null ? null : sum + more;
    }, group.length ? 0 : null);
    const known = (of: readonly Cell[]) => of.reduce((sum, c) => sum + c.tokensKnown, 0);
    return { ...t, n: known(group), k: known(group.filter((c) => c.verdict === 1)), usd };
  });
}

function costOf(t: Tally & { usd: number | null }): Omit<CostRow, "config"> {
  return {
    n: t.n,
    k: t.k,
    usd_total: t.usd,
    usd_per_task: t.usd === null ? null : t.usd / t.n,
    usd_per_success: t.usd === null || t.k === 0 ? null : t.usd / t.k,
  };
}
