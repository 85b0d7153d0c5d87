import type { Cell } from "../../model/mod.ts";
import { blendOf, priceOf, type Prices, usdOf } from "./prices.ts";
import { groupBy } from "../counts/tally.ts";

/** The price table's blend against exact token counts, where a source has input and output apart. */
export interface BlendRow {
  /** The model family. */
  model: string;
  /** Sessions with input and output tokens apart. */
  sessions: number;
  /** Sessions without input and output tokens, left out of the comparison. */
  without_split: number;
  /** Output tokens over all tokens. */
  output_share: number;
  /** Share of output tokens that the price table assumes. */
  table_share: number | null;
  /** Cached over input tokens; null where not known. */
  cached_share: number | null;
  /** USD at the table's blend. */
  blended_usd: number | null;
  /** USD of input and output apart. */
  exact_usd: number | null;
  /** Blended over exact, 1 = the same. */
  ratio: number | null;
  /** What the exact figure could not price apart. */
  note: string | null;
}

/**
 * The price table's blend against exact token counts, per model: USD of the same sessions by total tokens at the blended
 * rate, and by input and output tokens apart. Only cells whose sessions all have both are compared; the others are
 * counted in `without_split`. Models without any such session have no row.
 */
export function blendAgainstExact(cells: readonly Cell[], prices: Prices): BlendRow[] {
  return [...groupBy(cells, (c) => c.model)].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([model, of]) => {
    const split = of.flatMap((c) =>
      c.inputTokens === null || c.outputTokens === null || c.inputTokensKnown < c.sessions ||
        c.outputTokensKnown < c.sessions
        ? []
        : [{ ...c, inputTokens: c.inputTokens, outputTokens: c.outputTokens }]
    );
    const input = total(split, (c) => c.inputTokens) ?? 0;
    const output = total(split, (c) => c.outputTokens) ?? 0;
    if (split.length === 0 || input + output === 0) return [];
    const rates = priceOf(prices, split[0]?.deployment ?? model);
    const cached = total(split, (c) => c.cachedTokensKnown < c.sessions ? null : c.cachedTokens);
    const blended_usd = total(split, (c) => {
      const own = priceOf(prices, c.deployment);
      const blend = own && blendOf(own);
      return blend === null ? null : (c.inputTokens + c.outputTokens) / 1e6 * blend;
    });
    const exact_usd = total(split, (c) => usdOf(priceOf(prices, c.deployment), c));
    return [{
      model,
      sessions: total(split, (c) => c.sessions) ?? 0,
      without_split: (total(of, (c) => c.sessions) ?? 0) - (total(split, (c) => c.sessions) ?? 0),
      output_share: output / (input + output),
      table_share: rates?.output_share ?? null,
      cached_share: cached === null || input === 0 ? null : cached / input,
      blended_usd,
      exact_usd,
      ratio: blended_usd === null || exact_usd === null || exact_usd === 0 ? null : blended_usd / exact_usd,
      note: noteOn(rates, cached),
    }];
  });
}

function noteOn(rates: ReturnType<typeof priceOf>, cached: number | null): string | null {
  if (rates === null) return "not in the price table";
  if (cached === null) return "cached input is not known: all input is priced in full, an upper bound";
  if (cached > 0 && rates.cached_input === null) return "no rate for cached input: priced in full, an upper bound";
  return null;
}

/** Sum of a value over rows; null as soon as one is not known. */
function total<T>(rows: readonly T[], value: (row: T) => number | null): number | null {
  return rows.reduce<number | null>((sum, row) => {
    const more = value(row);
    return sum === null || more === null ? null : sum + more;
  }, 0);
}
