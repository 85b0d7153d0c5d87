import type { OfficialContext } from "./figure.ts";

/** What a caption adds to its source where official grades come from elsewhere. */
export function officialWords({ official }: OfficialContext): string {
  return official ? `; official rates: ${official}` : "";
}
