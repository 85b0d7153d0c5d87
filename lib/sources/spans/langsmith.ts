import { isObject, type Json, unpacked } from "../dialects/json.ts";
import { first } from "../messages/places.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { apiUsage } from "./api_usage.ts";
import { countAt, known, objectAt, textAt } from "./pick.ts";
import { feedbackScores, gradeAttributes } from "./scores.ts";

/** Metadata that name the conversation that a trace is a turn of. */
const THREAD = ["thread_id", "session_id", "conversation_id"];

/**
 * Spans of LangSmith: runs, one a row (its SDKs' `list_runs`, its bulk exports), children also inside their parents.
 * Runs of type `llm` are model calls; traces of one thread are one session.
 *
 * Source: LangSmith's "Run (span) data format" and its threads documentation.
 */
export function* langsmithSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected a run");
  const runs = value["runs"];
  if (Array.isArray(runs)) {
    for (const run of runs) yield* langsmithSpans(run);
    return;
  }
  yield spanOf(value);
  const children = value["child_runs"];
  for (const child of Array.isArray(children) ? children : []) yield* langsmithSpans(child);
}

function spanOf(run: Json): OtlpSpan {
  const extra = objectAt(run, "extra");
  const metadata = { ...objectAt(extra, "metadata"), ...objectAt(run, "metadata") };
  const invocation = objectAt(extra, "invocation_params");
  const outputs = unpacked(run["outputs"]);
  const inputs = unpacked(run["inputs"]);
  const call = textAt(run, "run_type") === "llm";
  const root = textAt(run, "parent_run_id") === null;
  const error = textAt(run, "error");
  return {
    trace_id: textAt(run, "trace_id") ?? textAt(run, "id"),
    span_id: textAt(run, "id"),
    parent_span_id: textAt(run, "parent_run_id"),
    name: textAt(run, "name") ?? "",
    start_time: textAt(run, "start_time"),
    end_time: textAt(run, "end_time"),
    status: { code: error === null ? 0 : 2, message: error ?? "" },
    attributes: known({
      "session.id": textAt(metadata, ...THREAD),
      ...(root ? gradeAttributes(feedbackScores(unpacked(run["feedback_stats"]))) : {}),
      ...(root ? { "gen_ai.agent.name": textAt(run, "name") } : {}),
      ...(call
        ? {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": metadata["ls_model_name"] ?? invocation["model"] ?? invocation["model_name"] ?? null,
          "gen_ai.response.model": first(outputs, RESPONSE_MODEL),
          "gen_ai.prompt": withoutUsage(inputs),
          "gen_ai.completion": withoutUsage(outputs),
          "gen_ai.tool.definitions": invocation["tools"] ?? null,
          ...usageOf(run, outputs),
        }
        : textAt(run, "run_type") === "tool"
        ? { "gen_ai.operation.name": "execute_tool" }
        : {}),
    }),
    resource: root
      ? known({
        "langsmith.project": textAt(run, "session_name"),
        "langsmith.tags": run["tags"] ?? null,
        "langsmith.metadata": Object.keys(metadata).length ? metadata : null,
        "langsmith.feedback_stats": run["feedback_stats"] ?? null,
      })
      : {},
    events: [],
  };
}

const RESPONSE_MODEL = [
  "model",
  "llm_output.model_name",
  "generations.[].[].message.kwargs.response_metadata.model_name",
];
const USAGE = [
  "usage_metadata",
  "generations.[].[].message.kwargs.usage_metadata",
  "generations.[].message.kwargs.usage_metadata",
  "message.usage_metadata",
  "output.usage_metadata",
  "llm_output.token_usage",
  "llm_output.usage",
  "usage",
];

/** Counts of the answer, else of the run; what was read from a cache is part of the input. */
function usageOf(run: Json, outputs: unknown): Json {
  const found = first(outputs, USAGE);
  const usage = isObject(found) ? found : {};
  return {
    ...known(apiUsage(run)),
    ...known(apiUsage(usage)),
    "gen_ai.usage.cost": countAt(run, "total_cost") ?? textAt(run, "total_cost"),
  };
}

/** A payload without the counts beside its messages. */
function withoutUsage(payload: unknown): unknown {
  if (!isObject(payload)) return payload;
  const { usage_metadata: _, usage: __, llm_output: ___, ...rest } = payload;
  return rest;
}
