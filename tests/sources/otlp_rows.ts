/** Sessions of OTLP/JSON documents whose spans are all at hand. @module */
import { BUILT_IN } from "../../lib/sources/mapping/builtin.ts";
import { otlpSpans } from "../../lib/sources/otlp/otlp.ts";
import { withNames } from "../../lib/sources/otlp/sessions.ts";
import { sessionMaker } from "../../lib/sources/spans/sessions.ts";

/** Sessions of a document, taken apart, and what was left out of them. */
export function otlpRows(document: unknown) {
  const spans = Array.from(otlpSpans(document), (span, at) => ({ at, span: withNames(span) }));
  const { rows, leftOut } = sessionMaker(BUILT_IN.otlp)({ spans, logs: [] });
  return { rows: rows.map(({ parts }) => parts), leftOut };
}
