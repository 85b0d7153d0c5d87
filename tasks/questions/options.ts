import type { ClaimFile } from "../../lib/analysis/claims/mod.ts";
import type { Prices } from "../../lib/analysis/mod.ts";
import { text } from "../atl/options.ts";
import { readClaims } from "../claims/read.ts";
import { readPrices } from "../prices/read.ts";

/** The option that gives rates of one's own. */
export const PRICES_OPTION = {
  prices: text(
    "--prices",
    "FILE",
    "your own rates, in the shape of data/prices.json (default: for the study's sessions the published ones, otherwise " +
      "none: costs are then not known)",
  ),
} as const;

/** Options of every command that asks the questions. */
export const ASKED_OPTIONS = {
  ...PRICES_OPTION,
  claims: text("--claims", "FILE", "your own claims, in the shape of data/claims.json"),
} as const;

/** The questions' options that a command line gives. */
export async function askedWith(
  { prices, claims }: { prices?: string | undefined; claims?: string | undefined },
): Promise<{ prices?: Prices; claims?: ClaimFile }> {
  return {
    ...(prices === undefined ? {} : { prices: await readPrices(prices, "--prices") }),
    ...(claims === undefined ? {} : { claims: await readClaims(claims, "--claims") }),
  };
}
