import { countIn } from "../mapping/values.ts";
import { jsonText } from "../../traces/json_text.ts";
import { basename, dirname } from "node:path";
import { isObject, type Json } from "../dialects/json.ts";
import type { SpanParts } from "../mapping/row.ts";
import { documentReader } from "./documents.ts";
import type { PlacedSession } from "./placed.ts";
import { type ChatMessage, Thread } from "./thread.ts";

/**
 * Results of the Berkeley Function Calling Leaderboard, an entry each. The turns of a multi-turn entry are in its inference
 * log; of a single turn only the answer is kept, unless the log of inputs was asked for. The model is named by the folder.
 *
 * Source: the leaderboard's `base_handler.py`, versions 3 and 4.
 */
export const bfclRows = documentReader(function* (value, { path }) {
  if (!isObject(value) || !("result" in value)) throw new TypeError('expected an entry with "id" and "result"');
  yield sessionOf(value, path);
});

function sessionOf(entry: Json, path: string): PlacedSession {
  const { id, result, inference_log, input_token_count, output_token_count, latency, ...metadata } = entry;
  const thread = new Thread();
  const turns = (Array.isArray(inference_log) ? inference_log : []).filter((one): one is Json =>
    isObject(one) && "begin_of_turn_query" in one
  );
  const counts = { input: input_token_count, output: output_token_count };
  if (turns.length) turns.forEach((turn, i) => addTurn(thread, turn, i, counts));
  else addAnswers(thread, result, inference_log, counts);
  const folder = basename(dirname(path));
  const models = folder === "." || folder === "" ? [] : [folder];
  return {
    sessionId: id,
    benchmark: "BFCL",
    harness: "bfcl",
    models,
    taskId: id,
    spans: thread.calls.map(({ parts }) => ({ requestModel: models[0] ?? null, ...parts })),
    metadata: { ...metadata, latency },
  };
}

interface TokenCounts {
  input: unknown;
  output: unknown;
}

function addTurn(thread: Thread, turn: Json, index: number, counts: TokenCounts): void {
  const asked = turn["begin_of_turn_query"];
  for (const message of Array.isArray(asked) ? asked.filter(isObject) : []) {
    thread.hear({ role: String(message["role"] ?? "user"), content: message["content"] });
  }
  for (let step = 0; Array.isArray(turn[`step_${step}`]); step++) {
    let calls: string[] = [];
    for (const entry of (turn[`step_${step}`] as unknown[]).filter(isObject)) {
      if (entry["role"] === "assistant") {
        const answer = answerOf(entry["content"], `${index}_${step}`, entry["reasoning_content"]);
        calls = idsOf(answer);
        thread.answer(answer, tokensOf(counts, [index, step]));
      } else if (entry["role"] === "tool") {
        thread.hear({ role: "tool", tool_call_id: calls.shift() ?? "", content: entry["content"] });
      }
    }
  }
}

/** Answers of an entry without a log of turns: one, or a list of steps for each turn. */
function addAnswers(thread: Thread, result: unknown, log: unknown, counts: TokenCounts): void {
  for (const entry of (Array.isArray(log) ? log : []).filter(isObject)) {
    if (entry["role"] !== "inference_input") continue;
    const { message } = isObject(entry["content"]) ? entry["content"] : { message: entry["content"] };
    thread.hear({ role: "user", content: message });
  }
  const isTurns = Array.isArray(result) && result.length > 0 && result.every(Array.isArray);
  const answers = isTurns
    ? result.flatMap((steps, turn) => (steps as unknown[]).map((content, step) => ({ content, at: [turn, step] })))
    : [{ content: result, at: [] }];
  for (const { content, at } of answers) {
    const answer = answerOf(content, at.join("_"));
    if (thread.length > 0) thread.answer(answer, tokensOf(counts, at));
    else thread.answer(answer, { ...tokensOf(counts, at), inputMessages: null });
  }
}

/** An answer: text, or calls of functions as `[{ name: arguments }]`. */
function answerOf(content: unknown, prefix: string, thinking?: unknown): ChatMessage {
  const list = Array.isArray(content) && content.every(isObject) ? content : null;
  const calls = list?.flatMap((one) => Object.entries(one)).map(([name, args], i) => ({
    id: `${prefix}_${i}`,
    name,
    arguments: args,
  }));
  const text = list ? null : typeof content === "string" ? content : jsonText(content);
  return {
    role: "assistant",
    content: [
      ...(thinking ? [{ type: "thinking", thinking }] : []),
      ...(text === null ? [] : [{ type: "text", text }]),
    ],
    ...(calls?.length ? { tool_calls: calls } : {}),
  };
}

const idsOf = ({ tool_calls }: ChatMessage) =>
  (Array.isArray(tool_calls) ? tool_calls : []).map(({ id }) => String(id));

function tokensOf({ input, output }: TokenCounts, at: readonly number[]): SpanParts {
  const inside = (counts: unknown) => at.reduce<unknown>((value, i) => Array.isArray(value) ? value[i] : value, counts);
  // Where nothing was counted there are zeros; of several requests there are means.
  const count = (value: unknown) =>
    typeof value === "number" && value >= 0 ? Math.round(value) || null : countIn(value) === 0 ? null : value;
  return { inputTokens: count(inside(input)), outputTokens: count(inside(output)) };
}
