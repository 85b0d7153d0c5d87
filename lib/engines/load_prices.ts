import { writtenText } from "../io/pieces.ts";
import { jsonFault } from "../model/json_fault.ts";
import { checkPrices } from "../analysis/mod.ts";
import type { Prices } from "../model/mod.ts";
import { parseRecorded } from "../traces/mod.ts";

/**
 * Reads a price table of the user's own: a JSON file of the shape of `data/prices.json`. Entries whose rates are none are passed
 * over and named in `passed_over`.
 *
 * @param named what named the file, for messages
 * @throws {RowError} naming the field at fault
 * @throws {Error} when it cannot be read, or is no JSON
 *
 * @example
 * ```ts
 * import { loadPrices } from "agent-trace-lab/engines";
 * await loadPrices("nowhere.json").catch((error) => error.message.includes("the price file cannot be read")); // true
 * ```
 */
export async function loadPrices(path: string, named = "--prices"): Promise<Prices> {
  const text = await writtenText(path).catch((error: Error) => {
    throw new Error(`${path}: the price file cannot be read (${error.message}); give ${named} a JSON file`);
  });
  let json: unknown;
  try {
    json = parseRecorded(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON in the shape of data/prices.json; ${jsonFault(error)}`);
  }
  return checkPrices(json, path);
}
