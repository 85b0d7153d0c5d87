import { READER_VERSION } from "../verdicts/parse_reply.ts";

/**
 * What an unreadable reply may depend on, in a few words that each verdict records: run again with others, it is asked again.
 *
 * @param baseUrl of the endpoint; a key in it is left out
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { settingsText } from "agent-trace-lab/judge";
 * equal(settingsText({ baseUrl: "http://localhost:1/v1", maxOutputTokens: 100 }).includes("localhost"), true);
 * ```
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
