import type { QuestionOptions } from "../../lib/questions/mod.ts";
import { readClaims } from "../claims/read.ts";
import { readPrices } from "../prices/read.ts";

/** Options of every command that asks the questions. */
export const ASKED_OPTIONS = {
  prices: { type: "string" },
  claims: { type: "string" },
} as const;

/** What {@link ASKED_OPTIONS} say in a help text. */
export const ASKED_HELP =
  `  --prices FILE   your own rates, in the shape of data/prices.json (default: for the study's sessions the published
                  ones, otherwise none: costs are then not known)
  --claims FILE   your own claims, in the shape of data/claims.json`;

/** The questions' options that a command line gives. */
export async function askedWith(
  { prices, claims }: { prices?: string | undefined; claims?: string | undefined },
): Promise<QuestionOptions> {
  return {
    ...(prices === undefined ? {} : { prices: await readPrices(prices, "--prices") }),
    ...(claims === undefined ? {} : { claims: await readClaims(claims, "--claims") }),
  };
}
