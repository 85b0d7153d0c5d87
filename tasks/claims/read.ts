import { writtenText } from "../../lib/io/mod.ts";
import { type ClaimFile, parseClaims } from "../../lib/analysis/claims/mod.ts";

/**
 * Reads a file of claims.
 *
 * @param flag the option that named it, for errors
 */
export async function readClaims(path: string, flag: string): Promise<ClaimFile> {
  const text = await writtenText(path).catch((error: Error) => {
    throw new Error(`${path}: the claims cannot be read (${error.message}); give ${flag} a JSON file`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON in the shape of data/claims.json; ${(error as Error).message}`);
  }
  return parseClaims(json, path);
}
