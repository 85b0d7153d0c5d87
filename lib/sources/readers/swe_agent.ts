import { jsonText } from "../../traces/json_text.ts";
import { basename, dirname } from "node:path";
import { SharedMessages } from "../../model/mod.ts";
import { isObject, type Json, unpacked } from "../dialects/json.ts";
import type { SpanParts } from "../mapping/row.ts";
import { type DocumentPlace, documentReader } from "./documents.ts";
import { stem } from "../messages/places.ts";
import type { PlacedSession } from "./placed.ts";
import { shareTokens } from "./shared_out.ts";
import type { ChatMessage } from "./thread.ts";

/** Trajectories of SWE-agent, a file each. */
export const sweAgentRows = documentReader(function* (value, place) {
  if (!isObject(value)) throw new TypeError("expected an object with a trajectory or a history");
  yield sessionOf(value, place);
});

function sessionOf(run: Json, { path, fileId }: DocumentPlace): PlacedSession {
  const info = isObject(run["info"]) ? run["info"] : {};
  const stats = isObject(info["model_stats"]) ? info["model_stats"] : {};
  const model = modelOf(run, path);
  const calls = callsOf(run).map(({ input, answer }, i): SpanParts => ({
    spanId: String(i),
    name: "chat",
    requestModel: model,
    inputMessages: input,
    outputMessages: new SharedMessages([answer]),
  }));
  const sums = { inputTokens: stats["tokens_sent"], outputTokens: stats["tokens_received"] };
  shareTokens(calls, sums);
  const { model_stats: _, submission, ...rest } = info;
  return {
    sessionId: fileId,
    harness: "swe-agent",
    models: model === null ? [] : [model],
    taskId: stem(path),
    grades: { status: info["exit_status"], agentUsd: stats["instance_cost"] ?? stats["total_cost"] },
    spans: calls,
    metadata: { ...rest, submission, api_calls: stats["api_calls"], environment: run["environment"] },
  };
}

interface Call {
  input: SharedMessages;
  answer: ChatMessage;
}

/**
 * The calls of a run: the answers in its history, each with what its step was asked; by steps alone where the history
 * has others. Answers of a demonstration are no calls.
 */
function callsOf(run: Json): Call[] {
  const history = listOf(run["history"]);
  const messages = history.map(messageOf);
  const steps = listOf(run["trajectory"]).filter(({ response, query }) =>
    response !== undefined || query !== undefined
  );
  const answers = history.flatMap((message, i) =>
    message["role"] === "assistant" && message["is_demo"] !== true ? [i] : []
  );
  const asked = steps.filter(({ query }) => Array.isArray(query));
  if (answers.length === steps.length || steps.length === 0 || asked.length === 0) {
    return answers.map((at, i) => ({
      input: askedOf(steps[i], history, at) ?? new SharedMessages(messages, at),
      answer: messages[at]!,
    }));
  }
  return steps.map((step) => ({
    input: new SharedMessages(listOf(step["query"]).map(messageOf)),
    answer: { role: "assistant", content: step["response"], ...callsIn(step["tool_calls"]) },
  }));
}

/** What a step was asked, where that is not the history before its answer: old results are left out of some. */
function askedOf(step: Json | undefined, history: readonly Json[], before: number): SharedMessages | null {
  const query = listOf(step?.["query"]);
  if (query.length === 0) return null;
  const same = query.length === before &&
    query.every((message, i) => sameText(message["content"], history[i]?.["content"]));
  return same ? null : new SharedMessages(query.map(messageOf));
}

const sameText = (a: unknown, b: unknown) => a === b || jsonText(a) === jsonText(b);

function messageOf({ role, content, tool_calls, tool_call_ids, thinking_blocks, is_demo }: Json): ChatMessage {
  const thought = Array.isArray(thinking_blocks) ? thinking_blocks : [];
  const said = thought.length
    ? [...thought, ...(Array.isArray(content) ? content : [{ type: "text", text: content ?? "" }])]
    : content;
  const [id] = Array.isArray(tool_call_ids) ? tool_call_ids : [];
  return {
    // A demonstration is what the program says, not the task.
    role: is_demo === true && role === "user" ? "developer" : String(role ?? "unknown"),
    content: said,
    ...callsIn(tool_calls),
    ...(role === "tool" && id !== undefined ? { tool_call_id: id } : {}),
  };
}

const callsIn = (calls: unknown) => Array.isArray(calls) && calls.length ? { tool_calls: calls } : {};

/** The model: of the run's settings, or of the folder that the first versions named after their settings. */
function modelOf(run: Json, path: string): string | null {
  const config = unpacked(run["replay_config"]);
  const agent = isObject(config) && isObject(config["agent"]) ? config["agent"] : {};
  const model = isObject(agent["model"]) ? agent["model"] : {};
  const name = model["name"] ?? model["model_name"];
  if (typeof name === "string") return name;
  return /^(.+?)__.*__t-\d/.exec(basename(dirname(path)))?.[1] ?? null;
}

const listOf = (value: unknown): Json[] => Array.isArray(value) ? value.filter(isObject) : [];
