import type { ClaimFile } from "../../lib/analysis/claims/mod.ts";
import type { FamilyOf, Prices } from "../../lib/analysis/mod.ts";
import type { Names } from "../../lib/model/mod.ts";
import type { Config } from "../atl/config.ts";
import { namesWith } from "../atl/names.ts";
import { readClaims } from "../claims/read.ts";
import { readPrices } from "../prices/read.ts";

export { ASKED_OPTIONS, PRICES_OPTION } from "../atl/shared.ts";

/** What the questions are asked with, beside what belongs to the data. */
export interface AskedWith {
  prices?: Prices;
  claims?: ClaimFile;
  familyOf?: FamilyOf;
  /** Names of the data with one's own labels and colours. */
  renamed?: (names: Names) => Names;
}

/** The questions' options that a command line and settings give. */
export async function askedWith(
  { prices, claims }: { prices?: string | undefined; claims?: string | undefined },
  settings: Config = {},
): Promise<AskedWith> {
  const { families, names, colours } = settings;
  return {
    ...(prices === undefined ? {} : { prices: await readPrices(prices, "--prices") }),
    ...(claims === undefined ? {} : { claims: await readClaims(claims, "--claims") }),
    ...(families === undefined ? {} : { familyOf: (benchmark) => families[benchmark] ?? benchmark }),
    ...(names || colours ? { renamed: (own) => namesWith(own, { names, colours }) } : {}),
  };
}
