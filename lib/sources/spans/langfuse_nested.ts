import type { Json } from "../dialects/json.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";

/**
 * Spans of Langfuse without the calls that are a framework's spans of the same calls: generations around generations of
 * their model. The tokens of such a one may be Langfuse's own count of its texts: around a single call it has none, so that
 * it counts as the same; around several it is no call.
 */
export function withoutNestedCounts(spans: OtlpSpan[]): OtlpSpan[] {
  const around = generationsAround(spans);
  return around.size === 0 ? spans : spans.map((span) => {
    const within = around.get(span) ?? 0;
    return within === 0 ? span : { ...span, attributes: without(span.attributes, within > 1 ? /^gen_ai\./ : COUNTS) };
  });
}

const COUNTS = /^gen_ai\.usage\./;
const without = (attributes: Json, names: RegExp): Json =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.test(name)));

/** Generations that hold generations of the same model, or of one that is not named, and how many. */
function generationsAround(spans: readonly OtlpSpan[]): Map<OtlpSpan, number> {
  const byId = new Map(spans.map((span) => [keyOf(span, span.span_id), span]));
  const parentOf = (span: OtlpSpan) => byId.get(keyOf(span, span.parent_span_id));
  const around = new Map<OtlpSpan, number>();
  for (const one of spans.filter(isGeneration)) {
    const seen = new Set([one]);
    let outer = parentOf(one);
    while (outer && !isGeneration(outer) && !seen.has(outer)) {
      seen.add(outer);
      outer = parentOf(outer);
    }
    if (!outer || seen.has(outer) || (modelOf(outer) ?? modelOf(one)) !== (modelOf(one) ?? modelOf(outer))) continue;
    around.set(outer, (around.get(outer) ?? 0) + 1);
  }
  return around;
}

const keyOf = ({ trace_id }: OtlpSpan, id: string | null) => `${trace_id} ${id}`;
const isGeneration = ({ attributes }: OtlpSpan) => attributes["gen_ai.operation.name"] === "chat";
const modelOf = ({ attributes }: OtlpSpan) => attributes["gen_ai.request.model"] ?? null;
