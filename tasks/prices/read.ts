import { loadPrices } from "../../lib/engines/mod.ts";
import type { Prices } from "../../lib/model/mod.ts";
import { note } from "../say.ts";

/** The prices of a file; entries that are passed over are told. */
export async function readPrices(path: string, named: string): Promise<Prices> {
  const prices = await loadPrices(path, named);
  for (const why of Object.values(prices.passed_over ?? {})) note(`prices: passed over: ${why}`);
  return prices;
}
