import { parse, v5 } from "uuid";

const encoder = new TextEncoder();
const DNS = parse(v5.DNS);

/** `uuid5(DNS, text)`, of bytes, as which the package takes names several times as fast as texts. */
const uuid5 = (text: string): string => v5(encoder.encode(text), DNS);

/**
 * Braintrust's id of a session's root row: `uuid5(DNS, "root:" + sessionId)`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { rootRowId } from "agent-trace-lab/traces";
 * equal(rootRowId("s1"), "1cd1e0b8-6c62-51b5-bf2e-d845145f83f7");
 * ```
 */
export function rootRowId(sessionId: string): string {
  return uuid5(`root:${sessionId}`);
}

/**
 * Braintrust's id of a model call's row: `uuid5(DNS, "child:SESSION:I:SPAN_ID")`.
 *
 * @param i position among the session's rows, which the root begins: 2 for the first call.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { childRowId } from "agent-trace-lab/traces";
 * equal(childRowId("s1", 0, "a"), childRowId("s1", 0, "a")); // the same in every run
 * ```
 */
export function childRowId(sessionId: string, i: number, spanId: string): string {
  return uuid5(`child:${sessionId}:${i}:${spanId}`);
}
