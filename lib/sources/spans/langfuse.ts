import { isObject, type Json, unpacked } from "../dialects/json.ts";
import { langfuseCounts } from "../dialects/langfuse_counts.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { withToolRoles } from "./langfuse_roles.ts";
import { countAt, known, listAt, objectAt, recordedCount, textAt } from "./pick.ts";
import { gradeAttributes } from "./scores.ts";

/**
 * Spans of Langfuse: a trace with its observations (its export, its API), observations one a row (in the API's names or
 * those of tables), traces alone, which say what session they belong to, or scores. Generations are model calls.
 *
 * Source: Langfuse's API reference (trace, observation, score) and the columns of its exports.
 */
export function* langfuseSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected a trace, an observation, or a list of these");
  if (Array.isArray(value["data"])) {
    for (const one of value["data"]) yield* langfuseSpans(one);
    return;
  }
  if (isScore(value)) {
    yield scoreOf(value);
    return;
  }
  const trace = isObject(value["trace"]) ? value["trace"] : isTrace(value) ? value : null;
  const observations = [value["observations"], value["trace"] && (value["trace"] as Json)["observations"]]
    .flatMap((list) => Array.isArray(list) ? list : []).filter(isObject);
  if (trace) yield rootOf(trace, [...listAt(value, "scores"), ...listAt(trace, "scores")].filter(isObject));
  const id = trace ? textAt(trace, "id") : null;
  for (const one of observations) yield observationOf(one, id);
  if (!trace && observations.length === 0) yield observationOf(value, null);
}

const isTrace = (value: Json) => "observations" in value || (!("traceId" in value) && !("trace_id" in value));

/** A score by itself: a trace, a session or an observation that it is about, and no time at which anything began. */
const isScore = (value: Json) =>
  "name" in value && ("value" in value || "stringValue" in value || "string_value" in value) && !("type" in value) &&
  textAt(value, "startTime", "start_time") === null;

/** A score as something that is said of its trace, or of its session; one of an observation is no grade of either. */
function scoreOf(score: Json): OtlpSpan {
  const session = textAt(score, "sessionId", "session_id");
  const id = textAt(score, "traceId", "trace_id") ?? `session:${session}`;
  const graded = textAt(score, "observationId", "observation_id") === null ? [score] : [];
  const root = rootOf({ id, sessionId: session }, graded, false);
  return { ...root, span_id: `${id}:${textAt(score, "id")}`, parent_span_id: `${id}:trace` };
}

/** The trace itself: no call, but what it says of the session, and how it was scored. */
function rootOf(trace: Json, scores: readonly Json[], areAll = true): OtlpSpan {
  const id = textAt(trace, "id");
  return {
    trace_id: id,
    span_id: `${id}:trace`,
    parent_span_id: null,
    name: textAt(trace, "name") ?? "trace",
    start_time: textAt(trace, "timestamp", "createdAt", "created_at"),
    end_time: null,
    status: { code: 0, message: "" },
    attributes: known({
      "session.id": textAt(trace, "sessionId", "session_id"),
      "gen_ai.agent.name": textAt(trace, "name"),
      ...gradeAttributes(scores, areAll),
    }),
    resource: known({
      "langfuse.trace.id": id,
      "langfuse.user.id": textAt(trace, "userId", "user_id"),
      "langfuse.environment": textAt(trace, "environment"),
      "langfuse.release": textAt(trace, "release"),
      "langfuse.tags": listAt(trace, "tags").length ? listAt(trace, "tags") : null,
      "langfuse.metadata": trace["metadata"] ?? null,
      "langfuse.scores": scores.length
        ? scores.map(({ name, value, source, comment }) => ({ name, value, source, comment }))
        : null,
    }),
    events: [],
  };
}

const isGeneration = (row: Json) => textAt(row, "type")?.toUpperCase() === "GENERATION";

function observationOf(row: Json, traceId: string | null): OtlpSpan {
  const failed = textAt(row, "level") === "ERROR";
  const metadata = objectAt(row, "metadata");
  return {
    trace_id: textAt(row, "traceId", "trace_id") ?? traceId,
    span_id: textAt(row, "id"),
    parent_span_id: textAt(row, "parentObservationId", "parent_observation_id"),
    name: textAt(row, "name") ?? "",
    start_time: textAt(row, "startTime", "start_time"),
    end_time: textAt(row, "endTime", "end_time"),
    status: { code: failed ? 2 : 0, message: textAt(row, "statusMessage", "status_message") ?? "" },
    attributes: known({
      "session.id": textAt(row, "sessionId", "session_id"),
      ...(isGeneration(row)
        ? {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": textAt(row, "model", "providedModelName", "provided_model_name", "internalModel"),
          "gen_ai.prompt": withToolRoles(unpacked(row["input"])),
          "gen_ai.completion": unpacked(row["output"]),
          "gen_ai.tool.definitions": unpacked(metadata["tools"]) ?? null,
          ...usageOf(row),
        }
        : textAt(row, "type")?.toUpperCase() === "TOOL"
        ? { "gen_ai.operation.name": "execute_tool" }
        : {}),
    }),
    resource: {},
    events: [],
  };
}

/** Counts of the observation, in whichever of its fields they are, and its cost. */
function usageOf(row: Json): Json {
  const stated = objectAt(row, "usage");
  // Old rows count characters or images too: these are no tokens.
  const inTokens = /^tokens$/i.test(textAt(stated, "unit") ?? "TOKENS");
  const usage = { ...(inTokens ? stated : {}), ...objectAt(row, "usageDetails", "usage_details") };
  const flat = {
    input: recordedCount(row, "promptTokens", "prompt_tokens", "inputUsage"),
    output: recordedCount(row, "completionTokens", "completion_tokens", "outputUsage"),
    total: recordedCount(row, "totalTokens", "total_tokens", "totalUsage"),
  };
  const counts = [usage, known(flat)].find(hasCount) ?? {};
  const { input, output, cacheRead, cacheWrite, reasoning } = langfuseCounts(counts);
  const cost = countAt(objectAt(row, "costDetails", "cost_details"), "total") ??
    countAt(row, "calculatedTotalCost", "calculated_total_cost", "totalCost", "total_cost");
  return {
    "gen_ai.usage.input_tokens": input,
    "gen_ai.usage.output_tokens": output,
    "gen_ai.usage.cache_read.input_tokens": cacheRead,
    "gen_ai.usage.cache_creation.input_tokens": cacheWrite,
    "gen_ai.usage.reasoning.output_tokens": reasoning,
    // Where nothing was counted, the columns for it hold zeros.
    "gen_ai.usage.cost": cost === 0 && input === null && output === null ? null : cost,
  };
}

/** Whether something is counted, if only in words that are no count. */
const hasCount = (counts: Json) =>
  Object.keys(counts).some((kind) => ![null, 0].includes(recordedCount(counts, kind) as null));
