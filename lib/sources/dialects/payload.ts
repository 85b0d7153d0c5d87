import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json, unpacked } from "./json.ts";
import { withAnswersWhole } from "../messages/items.ts";
import { type Said, said } from "./message.ts";

/** What a model was given, as a request of some API has it. */
export interface Given {
  messages: Said[];
  /** Tools offered, as recorded; undefined where none are. */
  tools?: unknown;
  /** Model asked for. */
  model?: unknown;
}

/**
 * The messages of a request that a recorder kept: of OpenAI's chat and responses APIs, Anthropic's, Gemini's, Bedrock's,
 * of LangChain or the Vercel AI SDK; a list of messages, one message, or a text.
 *
 * @returns null where the value is empty.
 */
export function givenOf(value: unknown): Given | null {
  const payload = unpacked(value);
  if (payload === null || payload === undefined || payload === "") return null;
  if (typeof payload === "string") return { messages: [{ role: "user", content: payload }] };
  if (Array.isArray(payload)) return listed(payload);
  if (!isObject(payload)) return { messages: [{ role: "user", content: payload }] };
  if (Object.keys(payload).length === 0) return null;
  const inner = wrapped(payload);
  if (inner) return givenOf(inner);
  // Gemini's SDKs keep instructions and tools in a configuration beside the contents.
  const config = isObject(payload["config"]) && "contents" in payload ? payload["config"] : {};
  const { model } = payload;
  const tools = payload["tools"] ?? payload["functions"] ?? config["tools"];
  const more = { ...(tools ? { tools } : {}), ...(model ? { model } : {}) };
  const system = systemOf({ ...config, ...payload });
  const list = payload["messages"] ?? payload["contents"] ?? payload["input"] ?? payload["prompt"];
  const body = typeof list === "string" ? unpacked(list) : list;
  if (Array.isArray(body)) return { messages: [...system, ...asked(body)], ...more };
  if (typeof body === "string") return { messages: [...system, { role: "user", content: body }], ...more };
  if (isObject(body)) {
    const further = givenOf(body);
    return further && { ...further, messages: [...system, ...further.messages], ...more };
  }
  if ("role" in payload || "content" in payload || "parts" in payload || "kwargs" in payload) {
    return { messages: [item(payload, "user")] };
  }
  return { messages: [{ role: "user", content: jsonText(payload) }] };
}

/**
 * The messages of a response that a recorder kept, in any of the shapes of {@link givenOf}. Of several choices all are
 * told.
 *
 * @returns null where the value is empty.
 */
export function answeredOf(value: unknown): Said[] | null {
  const payload = unpacked(value);
  if (payload === null || payload === undefined || payload === "") return null;
  if (typeof payload === "string") return [{ role: "assistant", content: payload }];
  if (Array.isArray(payload)) {
    if (payload.length > 0 && payload.every(isVercelCall)) return [textAndCalls(null, payload)];
    if (payload.some(isItem)) return items(payload);
    // Some keep whole responses in a list.
    return flat(payload).flatMap((one) =>
      isObject(one) && (Array.isArray(one["choices"]) || Array.isArray(one["output"]))
        ? answeredOf(one) ?? []
        : [item(one, "assistant")]
    );
  }
  if (!isObject(payload)) return [{ role: "assistant", content: payload }];
  if (Object.keys(payload).length === 0) return null;
  const { choices, output, candidates, generations, messages, message, text, toolCalls, content } = payload;
  if (Array.isArray(choices)) return choices.flatMap((choice) => choiceOf(choice));
  if (Array.isArray(candidates)) {
    return candidates.map((one) => item(isObject(one) ? one["content"] : one, "assistant"));
  }
  if (Array.isArray(generations)) return flat(generations).map(generationOf);
  if (Array.isArray(output)) return items(output);
  if (isObject(output)) return answeredOf(output);
  if (Array.isArray(messages)) return flat(messages).map((one) => item(one, "assistant"));
  if (isObject(message)) return [item(message, "assistant")];
  // A single candidate of Gemini's, as the Agent Development Kit keeps it.
  if (isObject(content) && Array.isArray(content["parts"])) return [item(content, "assistant")];
  if (typeof text === "string" || Array.isArray(toolCalls)) return [textAndCalls(text, toolCalls)];
  if (
    "content" in payload || "parts" in payload || "tool_calls" in payload || "role" in payload || "kwargs" in payload
  ) {
    return [item(payload, "assistant")];
  }
  for (const key of ["completion", "response", "result", "output_text", "combined_chunk_content", "answer"]) {
    if (typeof payload[key] === "string") return [{ role: "assistant", content: payload[key] }];
    if (isObject(payload[key])) return answeredOf(payload[key]);
  }
  return [{ role: "assistant", content: jsonText(payload) }];
}

/** A tool call of the Vercel AI SDK, which stands by itself where an answer is nothing but calls. */
const isVercelCall = (one: unknown) => isObject(one) && "toolCallId" in one && "toolName" in one && !("result" in one);

/** An answer that is kept as text and tool calls apart. */
export function textAndCalls(text: unknown, calls: unknown): Said {
  const list = unpacked(calls);
  const content = typeof text === "string" && text !== "" ? text : null;
  return said({ role: "assistant", content, ...(Array.isArray(list) && list.length ? { tool_calls: list } : {}) }, "");
}

/** Requests that are kept with what called for them: the arguments of a function, or the keyword arguments among them. */
function wrapped(payload: Json): unknown {
  const { kwargs, args, request, inputs } = payload;
  if (isObject(kwargs) && ("messages" in kwargs || "contents" in kwargs || "input" in kwargs || "prompt" in kwargs)) {
    return Array.isArray(payload["id"]) ? null : kwargs;
  }
  for (const one of [request, inputs]) if (isObject(one) && ("messages" in one || "contents" in one)) return one;
  return Array.isArray(args) && args.length === 1 && isObject(args[0]) && "messages" in args[0] ? args[0] : null;
}

function listed(list: readonly unknown[]): Given {
  if (list.length > 0 && list.every((one) => typeof one === "string")) {
    return { messages: list.map((content) => ({ role: "user", content })) };
  }
  // The tools a call may use stand at the end of the list in some of the exports.
  const tools = list.filter((one) =>
    isObject(one) && one["role"] === "tool" && isObject(one["content"]) &&
    one["content"]["type"] === "function" && "function" in one["content"]
  );
  const rest = list.filter((one) => !tools.includes(one));
  return {
    messages: asked(rest),
    ...(tools.length ? { tools: tools.map((one) => (one as Json)["content"]) } : {}),
  };
}

/** Messages of a request; items of earlier answers of the responses API make one message each answer. */
const asked = (list: readonly unknown[]): Said[] => withAnswersWhole(flat(list)).map((one) => item(one, "user"));

/** LangChain keeps batches of one: a list of lists. */
function flat(list: readonly unknown[]): unknown[] {
  return list.length > 0 && list.every(Array.isArray) ? list.flat() : [...list];
}

/** Texts of the system that a request keeps apart from its messages. */
function systemOf(payload: Json): Said[] {
  const system = payload["system"] ?? payload["instructions"] ?? payload["systemInstruction"] ??
    payload["system_instruction"] ?? payload["system_prompt"];
  if (system === undefined || system === null || system === "") return [];
  if (typeof system === "string") return [{ role: "system", content: system }];
  return [{ ...said(Array.isArray(system) ? { content: system } : system, "system"), role: "system" }];
}

/** A message, or an item of the responses API, which has calls and results of tools beside messages. */
function item(value: unknown, fallback: string): Said {
  if (isObject(value)) {
    const { type, call_id } = value;
    if (type === "function_call" || type === "custom_tool_call") {
      const call = {
        id: call_id ?? value["id"] ?? "",
        name: value["name"],
        arguments: value["arguments"] ?? value["input"] ?? "",
      };
      return { role: "assistant", tool_calls: [call] };
    }
    if (type === "function_call_output" || type === "custom_tool_call_output") {
      return { role: "tool", tool_call_id: call_id ?? "", content: value["output"] };
    }
    if (type === "reasoning") {
      const texts = [value["summary"], value["content"]].flatMap((list) => Array.isArray(list) ? list : []);
      const thinking = texts.map((one) => isObject(one) ? one["text"] : one).filter(Boolean).join("\n");
      return { role: "assistant", content: [{ type: "thinking", thinking }] };
    }
    // The tuple ("system", "…") of LangChain's prompts comes as a list; a message's role stands before its text.
  } else if (Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "string")) {
    return said({ role: value[0], content: value[1] }, fallback);
  }
  return said(value, fallback);
}

/** The items of a response of the responses API as one answer: they are the parts of one. */
function items(list: readonly unknown[]): Said[] {
  const messages = list.map((one) => item(one, "assistant"));
  if (!messages.every(({ role }) => role === "assistant")) return messages;
  const content = messages.flatMap((one) =>
    Array.isArray(one["content"]) ? one["content"] : partsOfText(one["content"])
  );
  const calls = messages.flatMap((one) => Array.isArray(one["tool_calls"]) ? one["tool_calls"] : []);
  return [{ role: "assistant", content, ...(calls.length ? { tool_calls: calls } : {}) }];
}

/** Whether a value is an item of a response, which is no message by itself. */
const isItem = (one: unknown) =>
  isObject(one) && one["role"] === undefined &&
  ["reasoning", "function_call", "custom_tool_call"].includes(String(one["type"]));

const partsOfText = (text: unknown) => text === undefined || text === null ? [] : [{ type: "text", text }];

function choiceOf(choice: unknown): Said[] {
  if (!isObject(choice)) return [said(choice, "assistant")];
  const message = choice["message"] ?? choice["delta"];
  if (message !== undefined) return [item(message, "assistant")];
  return [said({ content: choice["text"] ?? choice["content"] ?? null }, "assistant")];
}

/** A generation of LangChain: its message says more than its text. */
function generationOf(one: unknown): Said {
  if (!isObject(one)) return said(one, "assistant");
  return isObject(one["message"])
    ? said(one["message"], "assistant")
    : said({ content: one["text"] ?? null }, "assistant");
}
