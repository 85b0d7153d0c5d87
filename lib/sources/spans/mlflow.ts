import { isModelCall, named } from "../dialects/canonical.ts";
import type { Json } from "../dialects/json.ts";
import { BUILT_IN } from "../mapping/builtin.ts";
import { reader } from "../mapping/lookup.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { known, listAt, objectAt, recordedCount, summed, textAt } from "./pick.ts";
import { feedbackOf, gradeAttributes } from "./scores.ts";

const inputOf = reader(BUILT_IN.otlp.span.inputTokens);

/**
 * Spans of a trace of MLflow with what is said of the trace as a whole: its session and user, what people (where there are
 * any, else judges) found of it, and, where no span has tokens, those of the trace. They are the call's where it has one;
 * of several calls the sum alone is known.
 *
 * Source: MLflow's `TraceInfo` and `Assessment`, versions 2 and 3.
 */
export function* mlflowSpans(value: Json, spans: readonly OtlpSpan[]): Generator<OtlpSpan> {
  const info = "info" in value ? objectAt(value, "info") : value;
  const metadata = objectAt(info, "trace_metadata", "request_metadata");
  const about = { metadata, tags: objectAt(info, "tags") };
  const at = (name: string) => textAt(about, `metadata.mlflow.trace.${name}`, `tags.mlflow.trace.${name}`);
  const usage = usageOf(metadata, spans);
  const calls = spans.filter(({ attributes }) => isModelCall(attributes));
  const isOne = usage !== null && calls.length === 1;
  const attributes = known({
    "session.id": at("session"),
    ...gradeAttributes(feedbackOf(listAt(info, "assessments"))),
    ...(usage && !isOne ? { "session.total_tokens": summed([usage.input, usage.output]) } : {}),
  });
  const resource = known({
    "mlflow.trace.user": at("user"),
    "mlflow.trace_metadata": Object.keys(metadata).length ? metadata : null,
  });
  const [first] = spans;
  if (first && Object.keys({ ...attributes, ...resource }).length) {
    const span_id = `${first.trace_id}:trace`;
    const [none, status] = [{ parent_span_id: null, start_time: null, end_time: null }, { code: 0, message: "" }];
    yield { trace_id: first.trace_id, span_id, ...none, name: "trace", status, attributes, resource, events: [] };
  }
  for (const span of spans) yield isOne && span === calls[0] ? withUsage(span, usage) : span;
}

/** Tokens that a trace counted; null where it did not, or its spans have them. */
function usageOf(metadata: Json, spans: readonly OtlpSpan[]): { input: unknown; output: unknown } | null {
  const usage = objectAt({ metadata }, "metadata.mlflow.trace.tokenUsage");
  const [input, output] = [recordedCount(usage, "input_tokens"), recordedCount(usage, "output_tokens")];
  if (input === null || output === null) return null;
  return spans.some(({ attributes }) => inputOf({ attributes: named(attributes) }) !== null) ? null : { input, output };
}

function withUsage(span: OtlpSpan, { input, output }: { input: unknown; output: unknown }): OtlpSpan {
  const counts = { "gen_ai.usage.input_tokens": input, "gen_ai.usage.output_tokens": output };
  return { ...span, attributes: { ...span.attributes, ...counts } };
}
