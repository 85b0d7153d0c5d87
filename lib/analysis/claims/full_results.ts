import type { Dataset, OfficialRate } from "../../model/mod.ts";
import { cellsOf } from "../counts/cells.ts";
import type { Prices } from "../cost/prices.ts";
import { resultsOf } from "../counts/results.ts";
import type { Results } from "../types.ts";
import type { ClaimFile } from "./claim_schema.ts";
import { type ClaimRow, decideClaims } from "./claims.ts";
import { official } from "../truth/official.ts";
import type { Official } from "../truth/official_types.ts";

/** `results.json` with the official grades, before claims are decided. */
export interface OfficialResults extends Results {
  official: Official;
}

/** Everything `results.json` holds. */
export interface FullResults extends OfficialResults {
  claims: ClaimRow[];
}

/** {@link resultsOf} with the `official` key. */
export function resultsWithOfficial(
  dataset: Dataset,
  prices: Prices,
  rates: readonly OfficialRate[],
): OfficialResults {
  return { ...resultsOf(dataset, prices), official: official(cellsOf(dataset), rates) };
}

/**
 * All of `results.json`: claims are decided on the other keys in the form they have in the file.
 *
 * @throws {ClaimError} where a claim itself is at fault
 */
export async function fullResults(
  dataset: Dataset,
  prices: Prices,
  rates: readonly OfficialRate[],
  claims: ClaimFile,
): Promise<FullResults> {
  const results = resultsWithOfficial(dataset, prices, rates);
  return { ...results, claims: await decideClaims(claims, asInFile(results)) };
}

/** Results as they read back from `results.json`. */
export function asInFile(results: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(results));
}
