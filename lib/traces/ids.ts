import { v5 } from "uuid";

/** Braintrust's id of a session's root row: `uuid5(DNS, "root:" + sessionId)`. */
export function rootRowId(sessionId: string): string {
  return v5(`root:${sessionId}`, v5.DNS);
}

/**
 * Braintrust's id of a model call's row: `uuid5(DNS, "child:SESSION:I:SPAN_ID")`.
 *
 * @param i position among the session's rows, which the root begins: 2 for the first call.
 */
export function childRowId(sessionId: string, i: number, spanId: string): string {
  return v5(`child:${sessionId}:${i}:${spanId}`, v5.DNS);
}
