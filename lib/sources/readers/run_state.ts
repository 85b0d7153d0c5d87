import { isObject, type Json } from "../dialects/json.ts";
import { answeredOf, givenOf } from "../dialects/payload.ts";
import { first } from "../messages/places.ts";
import type { SpanParts } from "../mapping/row.ts";
import { usageParts } from "../spans/api_usage.ts";
import { listAt, objectAt, textAt } from "../spans/pick.ts";
import { documentReader } from "./documents.ts";
import type { PlacedSession } from "./placed.ts";
import { Thread } from "./thread.ts";

/**
 * Run states of the OpenAI Agents SDK, which it writes to go on with a run later: what was asked, each response of the
 * model, and the items that came of them, results of tools among these. A response is a call.
 *
 * Source: the SDK's `RunState`, schemas 1.0 to 1.17, in the names of Python and of JavaScript.
 */
export const runStateRows = documentReader(function* (value, { fileId }) {
  if (!isObject(value)) throw new TypeError("expected the state of a run");
  yield sessionOf(value, fileId);
});

function sessionOf(state: Json, fileId: string): PlacedSession {
  const thread = new Thread();
  const input = first(state, ["originalInput", "original_input"]);
  const given = Array.isArray(input) ? { input: input.map(itemOf) } : input;
  for (const message of givenOf(given)?.messages ?? []) thread.hear(message);
  const results = resultsIn(state);
  const responses = listAt(state, "modelResponses", "model_responses").filter(isObject);
  for (const response of responses) {
    const output = listAt(response, "output").map(itemOf);
    const [answer] = answeredOf({ output }) ?? [];
    const parts = {
      responseId: textAt(response, "responseId", "response_id"),
      ...tokensOf(objectAt(response, "usage")),
    };
    if (answer) thread.answer(answer, parts);
    else thread.silent(parts);
    for (const id of output.flatMap((item) => isObject(item) ? textAt(item, "call_id") ?? [] : [])) {
      for (const content of results.get(id) ?? []) thread.hear({ role: "tool", tool_call_id: id, content });
    }
  }
  const trace = objectAt(state, "trace");
  return {
    sessionId: textAt(trace, "group_id", "groupId") ?? textAt(state, "conversationId", "conversation_id") ??
      textAt(trace, "id", "trace_id") ?? fileId,
    harness: textAt(trace, "workflow_name", "workflowName", "name") ??
      textAt(state, "currentAgent.name", "current_agent.name"),
    spans: thread.calls.map(({ parts }) => parts),
    metadata: { schema_version: state["$schemaVersion"], ...trace },
  };
}

/** Results of tools by the call that each answers. A run that went on keeps an item in two lists. */
function resultsIn(state: Json): Map<string, unknown[]> {
  const results = new Map<string, unknown[]>();
  for (const list of ["generatedItems", "generated_items", "sessionItems", "session_items"]) {
    const found = listAt(state, list).filter(isObject).map((item) => itemOf(item["rawItem"] ?? item["raw_item"]))
      .filter((item): item is Json => isObject(item) && /_call_output$/.test(String(item["type"])));
    for (const [id, items] of Map.groupBy(found, (item) => textAt(item, "call_id") ?? "")) {
      if (!results.has(id)) results.set(id, items.map(({ output }) => output));
    }
  }
  return results;
}

/** An item in the words of the Responses API: JavaScript has others for ids, results and their texts. */
function itemOf(item: unknown): unknown {
  if (!isObject(item)) return item;
  const { callId, type, output, ...rest } = item;
  const text = isObject(output) && typeof output["text"] === "string" ? output["text"] : output;
  return {
    ...rest,
    ...(type === undefined ? {} : { type: type === "function_call_result" ? "function_call_output" : type }),
    ...(callId === undefined ? {} : { call_id: callId }),
    ...(text === undefined ? {} : { output: text }),
  };
}

/** JavaScript keeps details in a list. A response that counted nothing has zeros. */
function tokensOf(usage: Json): SpanParts {
  const details = (...names: string[]) => objectAt(usage, ...names.flatMap((name) => [`${name}.[]`, name]));
  const counts = usageParts({
    ...usage,
    input_tokens_details: details("inputTokensDetails", "input_tokens_details"),
    output_tokens_details: details("outputTokensDetails", "output_tokens_details"),
  });
  return counts.inputTokens || counts.outputTokens ? counts : {};
}
