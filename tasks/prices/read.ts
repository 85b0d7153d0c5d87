import { checkPrices, type Prices } from "../../lib/analysis/mod.ts";

/**
 * Reads a price table.
 *
 * @param flag the option that named it, for errors
 */
export async function readPrices(path: string, flag: string): Promise<Prices> {
  const text = await Deno.readTextFile(path).catch((error: Error) => {
    throw new Error(`${path}: the price file cannot be read (${error.message}); give ${flag} a JSON file`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON in the shape of data/prices.json; ${(error as Error).message}`);
  }
  return checkPrices(json, path);
}
