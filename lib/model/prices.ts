/** Rates of one model, USD per million tokens. Null means not known, never free. */
export interface Rates {
  /** USD per million input tokens. */
  input: number;
  /** Input tokens read from the provider's cache; null when not known (they are then priced as input). */
  cached_input: number | null;
  /** Input tokens written to the provider's cache; null or left out when not known (they are then priced as input). */
  cache_write?: number | null;
  /** USD per million output tokens. */
  output: number;
  /** Measured share of output tokens among all, for sources that know only the total; null when not known. */
  output_share: number | null;
  /** Whether the weights are public; null when not known. */
  open_weights: boolean | null;
}

/** A price table: `data/prices.json`, a user's own file of the same shape, or LiteLLM's table turned into one. */
export interface Prices {
  /** Where the rates are from. */
  source: string;
  /** The day they were valid, YYYY-MM-DD. */
  as_of: string;
  /** The unit it is told in. */
  unit: "USD per million tokens";
  /** By model family, or by deployment where one deployment has a rate of its own. */
  models: Record<string, Rates>;
  /** Entries of the file whose rates are none, and why: these models have no price. Left out where there is none. */
  passed_over?: Record<string, string>;
}
