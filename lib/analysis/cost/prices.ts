import { z } from "zod";
import { type Cell, checkRow, modelFamily, type Prices, type Rates, RowError, type Session } from "../../model/mod.ts";

export type { Prices, Rates };

const RATE = "expected USD per million tokens, 0 or more";
/** A rate may be written as text. */
const rate = z.preprocess(
  (value) => typeof value === "string" && /^\s*\d+(\.\d*)?\s*$/.test(value) ? Number(value) : value,
  z.number(RATE).nonnegative(RATE),
);
const rates = z.object({
  input: rate,
  cached_input: rate.nullable().default(null),
  cache_write: rate.nullable().exactOptional(),
  output: rate,
  output_share: z.number().min(0).max(1).nullable().default(null),
  open_weights: z.boolean().nullable().default(null),
});

/**
 * Checks a {@link Prices} table; `cached_input`, `output_share` and `open_weights` may be left out and are then null.
 */
export const pricesSchema: z.ZodType<Prices> = z.object({
  source: z.string().min(1),
  as_of: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date, YYYY-MM-DD"),
  unit: z.literal("USD per million tokens"),
  models: z.record(z.string().min(1), rates),
  passed_over: z.record(z.string(), z.string()).exactOptional(),
});

/**
 * Checks a price table that was read from a file. An entry whose rates are none is passed over and named in `passed_over`.
 *
 * @throws {RowError} naming `source` and the field at fault, where it is none of one model.
 */
export function checkPrices(value: unknown, source: string): Prices {
  const models: unknown = Object(value)["models"];
  if (typeof models !== "object" || models === null) return checkRow(pricesSchema, value, source, null);
  const kept: [string, unknown][] = [];
  const passedOver: [string, string][] = [];
  for (const [name, entry] of Object.entries(models)) {
    try {
      kept.push([name, checkRow(rates, entry, source, null)]);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      const field = ["models", name, error.field].filter(Boolean).join(".");
      passedOver.push([name, new RowError(source, null, field, error.detail).message]);
    }
  }
  const rest = passedOver.length ? { passed_over: Object.fromEntries(passedOver) } : {};
  return checkRow(pricesSchema, { ...value as object, ...rest, models: Object.fromEntries(kept) }, source, null);
}

/** A price table without a price: every cost is unknown, which is not 0. */
export function unpricedTable(): Prices {
  return { source: "no price table", as_of: "1970-01-01", unit: "USD per million tokens", models: {} };
}

/** Rates of a deployment: its own where the table has it, else its family's; null for an unknown model. */
export function priceOf(prices: Prices, deployment: string): Rates | null {
  return own(prices.models, deployment) ?? own(prices.models, modelFamily(deployment));
}

/**
 * USD per million tokens of any kind: input x (1 - share) + output x share. Null without a share.
 */
export function blendOf(rates: Rates): number | null {
  const share = rates.output_share;
  return share === null ? null : rates.input * (1 - share) + rates.output * share;
}

/** The blend of every model of the table that has an output share; of the deployments given, where some are given. */
export function blendedUsdPerMtok(prices: Prices, deployments?: readonly string[]): Record<string, number> {
  const asked = deployments && new Set(deployments.flatMap((name) => [name, modelFamily(name)]));
  const named = Object.keys(prices.models).filter((model) => asked === undefined || asked.has(model)).sort();
  const entries = named.flatMap((model): [string, number][] => {
    const rates = own(prices.models, model);
    const blend = rates && blendOf(rates);
    return blend === null ? [] : [[model, blend]];
  });
  return Object.fromEntries(entries);
}

/** Tokens of a session or a sum of sessions. */
export interface TokenCounts {
  /** All tokens; null where not known. */
  tokens: number | null;
  /** Null where not known. */
  inputTokens: number | null;
  /** Part of `inputTokens`. */
  cachedTokens: number | null;
  /** Part of `inputTokens`; null or left out where not known. */
  cacheWriteTokens?: number | null;
  /** Null where not known. */
  outputTokens: number | null;
}

/**
 * USD of tokens. Where input and output are known apart, each at its rate, input read from or written to a cache at the
 * rates of these (at the input rate where the table has none); otherwise the total at the blend. Null where neither is
 * possible: the cost is unknown. Cache tokens that exceed the input were counted beside it, and are priced in addition.
 */
export function usdOf(rates: Rates | null, t: TokenCounts): number | null {
  if (rates === null) return null;
  if (t.inputTokens !== null && t.outputTokens !== null) {
    const [cached, written] = [t.cachedTokens ?? 0, t.cacheWriteTokens ?? 0];
    const inside = cached + written <= t.inputTokens ? cached + written : 0;
    const input = (t.inputTokens - inside) * rates.input + cached * (rates.cached_input ?? rates.input) +
      written * (rates.cache_write ?? rates.input);
    return (input + t.outputTokens * rates.output) / 1e6;
  }
  const blend = blendOf(rates);
  return blend === null || t.tokens === null ? null : t.tokens / 1e6 * blend;
}

/** USD of a session's tokens; null where these, or their price, are not known. */
export function usdOfSession(session: Session, prices: Prices): number | null {
  return usdOf(priceOf(prices, session.deployment), { ...session, tokens: session.totalTokens });
}

/**
 * USD of those sessions of a cell whose tokens are known (`tokensKnown`): by input and output apart where all of these know
 * both. Null where there is none, or they have no price.
 */
export function usdOfCell(cell: Cell, prices: Prices): number | null {
  const { tokens, tokensKnown, inputTokensKnown, outputTokensKnown, cachedTokens, cacheWriteTokens } = cell;
  if (tokensKnown === 0) return null;
  const apart = inputTokensKnown === tokensKnown && outputTokensKnown === tokensKnown;
  return usdOf(priceOf(prices, cell.deployment), {
    tokens,
    inputTokens: apart ? cell.inputTokens : null,
    outputTokens: apart ? cell.outputTokens : null,
    cachedTokens,
    cacheWriteTokens,
  });
}

function own(models: Record<string, Rates>, name: string): Rates | null {
  return Object.hasOwn(models, name) ? models[name] ?? null : null;
}
