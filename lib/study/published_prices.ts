import judges from "../../data/judge_prices.json" with { type: "json" };
import table from "../../data/prices.json" with { type: "json" };
import { checkPrices, type Prices } from "../analysis/cost/prices.ts";

/** The rates of the published analysis (`data/prices.json`). A user's own table is passed in its place. */
export function publishedPrices(): Prices {
  return checkPrices(table, "data/prices.json");
}

/**
 * What judging costs: the published rates, and those of models that only judge (`data/judge_prices.json`), which are in no
 * published figure.
 */
export function judgePrices(): Prices {
  const published = publishedPrices();
  const judging = checkPrices(judges, "data/judge_prices.json");
  return {
    ...published,
    source: `${published.source}; ${judging.source}, ${judging.as_of}`,
    models: { ...judging.models, ...published.models },
  };
}
