import { z } from "zod";
import { checkRow, modelFamily } from "../../model/mod.ts";
import type { Prices, Rates } from "./prices.ts";

/** LiteLLM's `model_prices_and_context_window.json`: an object by model name; only the rates are read. */
const table = z.record(z.string(), z.unknown());
const usd = z.number().nonnegative().nullish();
const rated = z.looseObject({
  input_cost_per_token: usd,
  output_cost_per_token: usd,
  cache_read_input_token_cost: usd,
  cache_creation_input_token_cost: usd,
});

/** Which entry of LiteLLM's table a model's rates came from, and which others of the same family state other rates. */
export interface PriceOrigin {
  /** The model family. */
  model: string;
  /** The entry its rates came from. */
  entry: string;
  /** Other entries of its family with other rates. */
  differing: string[];
}

/** A price table in our shape, where each rate came from, and the models that LiteLLM does not have. */
export interface LiteLLMPrices {
  /** The table. */
  prices: Prices;
  /** Where each rate came from. */
  origins: PriceOrigin[];
  /** Models without a rate. */
  missing: string[];
  /** Entries whose rates are none, and why; they are passed over. */
  passedOver: string[];
}

/**
 * LiteLLM's table for the model families named, in our shape: USD per token becomes USD per million tokens. A family's
 * own entry comes first, then the shortest name of the same family (first by name among equals). Output shares and
 * open weights are not LiteLLM's to know and are taken from `known`.
 *
 * Source: the `model_prices_and_context_window.json` of the LiteLLM project (MIT).
 *
 * An entry whose rates are no numbers is passed over and named.
 *
 * @throws {RowError} when the JSON is not such a table.
 */
export function pricesFromLiteLLM(
  json: unknown,
  models: readonly string[],
  options: { source: string; asOf: string; known?: Prices },
): LiteLLMPrices {
  const entries: Record<string, Entry> = {};
  const passedOver: string[] = [];
  for (const [name, entry] of Object.entries(checkRow(table, json, options.source, null))) {
    try {
      entries[name] = checkRow(rated, entry, options.source, name);
    } catch (error) {
      passedOver.push((error as Error).message);
    }
  }
  const priced = Object.keys(entries).filter((name) => ratesOf(entries[name]) !== null);
  const prices: Prices = { source: options.source, as_of: options.asOf, unit: "USD per million tokens", models: {} };
  const origins: PriceOrigin[] = [];
  const missing: string[] = [];
  for (const model of [...new Set(models)].sort()) {
    const family = priced.filter((name) => name === model || modelFamily(name) === model)
      .sort((a, b) => rank(a, model) - rank(b, model) || (a < b ? -1 : 1));
    const entry = family[0];
    const rates = entry === undefined ? null : ratesOf(entries[entry]);
    if (entry === undefined || rates === null) {
      missing.push(model);
      continue;
    }
    const known = options.known && Object.hasOwn(options.known.models, model) ? options.known.models[model] : undefined;
    prices.models[model] = {
      ...rates,
      output_share: known?.output_share ?? null,
      open_weights: known?.open_weights ?? null,
    };
    origins.push({ model, entry, differing: family.filter((name) => differs(ratesOf(entries[name]), rates)) });
  }
  return { prices, origins, missing, passedOver };
}

type Entry = z.infer<typeof rated>;
type Stated = Pick<Rates, "input" | "cached_input" | "cache_write" | "output">;

function ratesOf(entry: Entry | undefined): Stated | null {
  const { input_cost_per_token: input, output_cost_per_token: output } = entry ?? {};
  const { cache_read_input_token_cost: cached, cache_creation_input_token_cost: written } = entry ?? {};
  if (typeof input !== "number" || typeof output !== "number") return null;
  return {
    input: perMillion(input),
    cached_input: typeof cached === "number" ? perMillion(cached) : null,
    ...(typeof written === "number" ? { cache_write: perMillion(written) } : {}),
    output: perMillion(output),
  };
}

/** 5e-7 x 1e6 is 0.49999999999999994 in floating point; rates have no more than nine significant digits. */
const perMillion = (usd: number) => Number((usd * 1e6).toPrecision(9));

const rank = (name: string, model: string) => name === model ? 0 : name.length;

const differs = (a: Stated | null, b: Stated) => a !== null && (a.input !== b.input || a.output !== b.output);
