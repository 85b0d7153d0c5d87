import { READER_VERSION } from "../verdicts/parse_reply.ts";

/**
 * What an unreadable reply may depend on, in a few words that each verdict records: run again with others, it is asked again.
 *
 * @param baseUrl of the endpoint; a key in it is left out
 */
export function settingsText(
  { baseUrl, maxOutputTokens, effort = null }: { baseUrl: string; maxOutputTokens: number; effort?: string | null },
): string {
  const url = URL.parse(baseUrl);
  const where = url ? `${url.host}${url.pathname.replace(/\/+$/, "")}` : "?";
  return [
    where,
    `${maxOutputTokens} tokens`,
    ...(effort === null ? [] : [`effort ${effort}`]),
    `reader ${READER_VERSION}`,
  ]
    .join(", ");
}
