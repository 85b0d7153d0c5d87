import { RowError } from "../model/mod.ts";
import { quoted } from "../traces/json_text.ts";
import { unpacked } from "./dialects/json.ts";
import type { Mapping } from "./mapping/mapping.ts";
import { valueAt } from "./mapping/lookup.ts";
import { fieldsReader } from "./mapping/shapes.ts";
import { type RowParts, type SpanParts } from "./mapping/row.ts";
import { SPAN_FIELDS } from "./mapping/span_fields.ts";

/**
 * How to take a JSON object of one session apart.
 *
 * @returns a function that throws {@link RowError} where the object is none, or has no list of spans.
 */
export function objectParts(mapping: Mapping): (value: unknown, source: string, row: number) => RowParts {
  const spanParts = spanReader(mapping);
  return (value, source, row) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new RowError(
        source,
        row,
        "",
        `expected a JSON object with one session, found ${quoted(value).slice(0, 60)}`,
      );
    }
    const spans = unpacked(valueAt(value, mapping.spans) ?? null);
    if (spans !== null && !Array.isArray(spans)) {
      throw new RowError(
        source,
        row,
        mapping.spans,
        `expected a list of spans, found ${quoted(spans).slice(0, 60)}`,
      );
    }
    const held = spans?.filter((span: unknown) => typeof span === "object" && !Array.isArray(span));
    const others = (spans?.length ?? 0) - (held?.length ?? 0);
    return {
      columns: value as Record<string, unknown>,
      spans: held?.map((span: unknown) => span === null ? null : spanParts(span)) ?? null,
      ...(others ? { leftOut: { "spans that are no objects": others } } : {}),
    };
  };
}

/** How to take the parts that a mapping places out of a span. */
export function spanReader(mapping: Mapping): (span: unknown) => SpanParts {
  const fields = SPAN_FIELDS.map((field) => [field, mapping.span[field]] as const);
  return fieldsReader([["modelCall", mapping.modelCall.field], ...fields]);
}
