import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json, unpacked } from "../dialects/json.ts";
import { first } from "../messages/places.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { apiUsage } from "./api_usage.ts";
import { countAt, known, objectAt, textAt } from "./pick.ts";

const REQUEST = [
  "request.body",
  "request_body",
  "request",
  "body",
  "input.inputBodyJson",
  "proxy_server_request",
  "input",
];
const RESPONSE = ["response.body", "response_body", "response", "output.outputBodyJson", "result.message"];
const ANSWER_KEYS = ["choices", "content", "candidates", "output", "message"];
const START = ["startTime", "start_time", "request_created_at", "created_at", "timestamp", "created"];
const END = ["endTime", "end_time", "response_created_at", "completed_at"];

/**
 * Calls of an API, one a row, request and response together: logs of proxies and gateways (LiteLLM, Helicone), results of
 * batches, responses that were kept with what was asked. Calls that name no session are sessions by themselves, and those
 * without an id are named by their place.
 *
 * Source: LiteLLM's standard logging payload and table of spend, Helicone's request export, OpenAI's batch output and
 * response objects, Anthropic's results of batches, Bedrock's log of model invocations, AutoGen's events.
 */
export function* callLogSpans(value: unknown, place: string): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected an object with a request and its response");
  if (value["object"] === "list" && Array.isArray(value["data"])) {
    for (const [i, one] of value["data"].entries()) yield* callLogSpans(one, `${place}.${i}`);
    return;
  }
  const found = objectAt(value, ...REQUEST);
  const request = Object.keys(found).length ? found : value;
  const kept = unpacked(first(value, RESPONSE));
  const response = kept ?? (Array.isArray(value["choices"]) ? value : unpacked(value["output"]) ?? null);
  const prompt = promptOf(request) ?? promptOf(value);
  const answer = isObject(response) ? response : {};
  const id = textAt(value, "id", "request_id", "requestId", "custom_id", "response.id") ?? textAt(answer, "id") ??
    place;
  const error = errorOf(value);
  const counts = usageOf(value, answer);
  if (prompt === null && response === null && error === null && Object.values(counts).every(isNone)) return;
  yield {
    trace_id: textAt(value, "trace_id", "session_id", "litellm_trace_id") ?? id,
    span_id: id,
    parent_span_id: null,
    name: "chat",
    start_time: first(value, START),
    end_time: first(value, END),
    status: { code: error === null ? 0 : 2, message: error ?? "" },
    attributes: known({
      "session.id": textAt(
        value,
        "session_id",
        "sessionId",
        "conversation_id",
        "metadata.session_id",
        "metadata.litellm_session_id",
        "properties.Helicone-Session-Id",
        "request_properties.Helicone-Session-Id",
        "requestMetadata.session_id",
        "trace_id",
        "custom_id",
      ),
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": textAt(request, "model") ?? textAt(value, "model", "modelId"),
      "gen_ai.response.model": textAt(answer, "model"),
      "gen_ai.response.id": textAt(answer, "id"),
      "gen_ai.prompt": prompt,
      "gen_ai.completion": answerOf(response),
      "gen_ai.tool.definitions": request["tools"] ?? null,
      ...counts,
    }),
    resource: known({ "source.metadata": value["metadata"] ?? null }),
    events: [],
  };
}

/** A row of something else, as frameworks log what their tools did between the calls. */
export const isOtherRow = isObject;

/** Words of logs and batches for a request that has no answer. */
const NO_ANSWER = new Set(["failure", "canceled", "expired"]);

/** What was answered, without what else stands in the response. */
function answerOf(response: unknown): unknown {
  if (!isObject(response)) return response;
  const kept = ANSWER_KEYS.filter((key) => response[key] !== undefined);
  return kept.length ? Object.fromEntries(kept.map((key) => [key, response[key]])) : null;
}

/** What was asked, without what else stands in the row. */
function promptOf(request: Json): Json | null {
  const keys = ["messages", "contents", "input", "prompt", "system", "instructions", "systemInstruction"];
  const asked = keys.filter((key) => !isNone(request[key]));
  return asked.length ? Object.fromEntries(asked.map((key) => [key, unpacked(request[key])])) : null;
}

/** Whether there is nothing: proxies that keep no texts write empty objects in their place. */
const isNone = (value: unknown) =>
  value === undefined || value === null || value === "{}" || (isObject(value) && Object.keys(value).length === 0);

function usageOf(row: Json, answer: Json): Json {
  const metadata = objectAt(row, "metadata");
  const usage = objectAt(
    { row, answer, metadata },
    "answer.usage",
    "answer.usageMetadata",
    "row.usage",
    "metadata.usage_object",
  );
  const counts = apiUsage(Object.keys(usage).length ? usage : row);
  return { ...counts, "gen_ai.usage.cost": countAt(row, "response_cost", "cost_usd", "costUSD", "cost", "spend") };
}

function errorOf(row: Json): string | null {
  const error = first(row, [
    "error.message",
    "response.body.error.message",
    "error_str",
    "error_information.error_message",
    "metadata.error_information.error_message",
    "result.error.error.message",
    "result.error",
    "error",
  ]);
  if (typeof error === "string") return error;
  if (error !== null) return jsonText(error);
  const end = first(row, ["status", "result.type"]);
  return typeof end === "string" && NO_ANSWER.has(end) ? end : null;
}
