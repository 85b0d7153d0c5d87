import v1 from "./v1.json" with { type: "json" };
import v2 from "./v2.json" with { type: "json" };
import otlp from "./otlp.json" with { type: "json" };
import { checkRow, RowError } from "../../model/mod.ts";
import { type Mapping, mappingSchema } from "./mapping.ts";

const check = (value: unknown, name: string) =>
  checkRow(mappingSchema, value, `lib/sources/mapping/${name}.json`, null);

/** The mappings that come with the project: two layouts of rows, and OpenTelemetry's OTLP/JSON. */
export const BUILT_IN: { readonly v1: Mapping; readonly v2: Mapping; readonly otlp: Mapping } = {
  v1: check(v1, "v1"),
  v2: check(v2, "v2"),
  otlp: check(otlp, "otlp"),
};

/**
 * Tells from the names in a source which built-in mapping fits: spans with a `type` are v1's, without one v2's.
 *
 * @param names columns of a Parquet file with those inside them (`spans.type`), or the like of a JSON object.
 * @throws {RowError} listing the names when none fits.
 */
export function detectMapping(names: readonly string[], source: string): Mapping {
  if (names.includes("resourceSpans") || names.includes("resource_spans")) return BUILT_IN.otlp;
  const tops = [...new Set(names.map((name) => name.split(".")[0]!))];
  if (tops.includes("session_id") && tops.includes("spans")) {
    return names.includes("spans.type") ? BUILT_IN.v1 : BUILT_IN.v2;
  }
  const known = '"session_id" and "spans" (one row a session) or "resourceSpans" (OTLP/JSON)';
  const detail = `expected columns ${known}, found ${tops.join(", ") || "none"}. Say which is what with --mapping FILE`;
  throw new RowError(source, null, "", detail);
}
