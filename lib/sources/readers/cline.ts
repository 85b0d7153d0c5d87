import { summedUsd } from "../spans/pick.ts";
import { countIn } from "../mapping/values.ts";
import { type RecordedTime, recordedTime } from "./times.ts";
import { basename, dirname } from "node:path";
import { RowError } from "../../model/mod.ts";
import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json, unpacked } from "../dialects/json.ts";
import { first } from "../messages/places.ts";
import type { SpanParts } from "../mapping/row.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileIds } from "./file_ids.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { Thread } from "./thread.ts";
import { fileObjects } from "./objects.ts";

/** What the files of a task's folder say. */
interface Task {
  path: string;
  /** The conversation: `api_conversation_history.json`. */
  messages: Json[];
  /** What was shown (`ui_messages.json`): when each request began, its tokens and its cost. */
  shown: Json[];
  metadata: Json;
}

/**
 * Tasks of Cline and of Roo Code, a folder each: the conversation, and what was shown, which has the tokens of each request.
 *
 * Source: the tasks' folders of Cline 3.51 and Roo Code 3.
 */
export async function* clineRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  const tasks = new Map<string, Task>();
  for (const file of files) {
    const { path } = file;
    let task = tasks.get(dirname(path));
    if (!task) tasks.set(dirname(path), task = { path, messages: [], shown: [], metadata: {} });
    for await (const line of fileObjects(file)) {
      if ("fault" in line) yield line;
      else {
        if ("role" in line.value) task.messages.push(line.value);
        else if (line.value["type"] === "say" || line.value["type"] === "ask") task.shown.push(line.value);
        else task.metadata = line.value;
      }
    }
  }
  for (const [row, task] of [...tasks.values()].entries()) {
    if (task.messages.length) {
      yield { source: task.path, row, parts: placedParts(sessionOf(task, ids.get(task.path)!)) };
    } else {
      const detail = "holds what Cline or Roo Code showed of a task, but not the conversation: " +
        "give the task's folder, with its api_conversation_history.json";
      yield { source: task.path, row, fault: new RowError(task.path, null, "", detail).message };
    }
  }
}

function sessionOf({ path, messages, shown, metadata }: Task, fileId: string): PlacedSession {
  const requests = shown.flatMap(requestOf);
  const answers = messages.filter(({ role }) => role === "assistant");
  const known = requests.length === answers.length ? requests : [];
  const models = new Set<string>();
  const thread = new Thread();
  const said = modelSaid(messages);
  for (const message of messages) {
    const { role, content, ts } = message;
    const time = recordedTime(ts);
    if (role !== "assistant") {
      thread.hear({ role: String(role), content }, time);
      continue;
    }
    const model = first(message, ["modelInfo.modelId"]) ?? said;
    if (typeof model === "string") models.add(model);
    const request = known[thread.calls.length];
    thread.answer({ role: "assistant", content: blocksOf(content) }, {
      ...(request?.began ? { startTime: request.began } : {}),
      endTime: time,
      requestModel: model,
      ...(request?.counts ?? countsOf(message["metrics"])),
    });
  }
  const costs = requests.length ? requests.map(({ cost }) => cost) : answers.map((one) => first(one, ["metrics.cost"]));
  const isRoo = requests.some(({ isRoo }) => isRoo);
  return {
    // The folder of a task is named after when it began.
    sessionId: /^(api_conversation_history|ui_messages)/.test(basename(path)) ? folderOf(path) ?? fileId : fileId,
    harness: isRoo ? "roo_code" : "cline",
    models: [...models],
    collectedAt: recordedTime(first(shown[0], ["ts"])),
    grades: { agentUsd: summedUsd(costs) },
    spans: thread.calls.map(({ parts }) => parts),
    metadata,
    ...(requests.length && !known.length
      ? { leftOut: { "requests of Cline whose tokens no answer is known for": requests.length } }
      : {}),
  };
}

const folderOf = (path: string) => basename(dirname(path)).replace(/^\.$/, "") || null;

interface Request {
  began: RecordedTime;
  counts: SpanParts;
  cost: unknown;
  isRoo: boolean;
}

/** A request that was answered; one that failed has no tokens. */
function requestOf({ say, text, ts }: Json): Request[] {
  const said = say === "api_req_started" ? unpacked(text) : null;
  if (!isObject(said) || countIn(said["tokensIn"]) === null) return [];
  const { tokensIn, tokensOut, cacheReads, cacheWrites, cost, apiProtocol } = said;
  return [{
    began: recordedTime(ts),
    counts: {
      inputTokens: tokensIn,
      outputTokens: tokensOut ?? null,
      cachedTokens: cacheReads ?? null,
      cacheWriteTokens: cacheWrites ?? null,
      tokens: apiProtocol === "openai" ? "OpenAI" : "Anthropic",
    },
    cost,
    isRoo: typeof apiProtocol === "string",
  }];
}

/** Counts that stand with a message: what was read from the cache and written to it is one number, beside the input. */
function countsOf(metrics: unknown): SpanParts {
  const prompt = first(metrics, ["tokens.prompt"]), cached = first(metrics, ["tokens.cached"]);
  if (typeof prompt !== "number") return {};
  return {
    inputTokens: prompt + (typeof cached === "number" ? cached : 0),
    outputTokens: first(metrics, ["tokens.completion"]),
  };
}

/** The model that Roo Code names in what it tells the model of its surroundings. */
function modelSaid(messages: readonly Json[]): string | null {
  const text = jsonText(messages[0]?.["content"] ?? "");
  return /<environment_details>.*<model>([^<]+)<\/model>/s.exec(text)?.[1] ?? null;
}

/** Blocks without what only the provider reads in them. */
function blocksOf(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  return content.map((block) => {
    if (!isObject(block)) return block;
    const { reasoning_details: _, signature: __, call_id: ___, ...rest } = block;
    return block["type"] === "thinking" ? { type: "thinking", thinking: block["thinking"] } : rest;
  });
}
