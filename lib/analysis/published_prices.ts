import table from "../../data/prices.json" with { type: "json" };
import { checkPrices, type Prices } from "./prices.ts";

/** The rates of the published analysis (`data/prices.json`). A user's own table is passed in its place. */
export function publishedPrices(): Prices {
  return checkPrices(table, "data/prices.json");
}
