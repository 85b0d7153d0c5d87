import type { Message } from "../model/mod.ts";
import type { BraintrustRow } from "./row.ts";

/** A value in OTLP/JSON; 64-bit integers are text. */
export type OtlpValue =
  | { stringValue: string }
  | { intValue: string }
  | { doubleValue: number }
  | { boolValue: boolean }
  | { arrayValue: { values: OtlpValue[] } };

/** An attribute in OTLP/JSON. */
export interface OtlpAttribute {
  /** Dotted name, such as `gen_ai.request.model`. */
  key: string;
  /** One value, named by its type. */
  value: OtlpValue;
}

/** Attributes of a row, those that are known. */
export function attributesOf(row: BraintrustRow): OtlpAttribute[] {
  const { metadata, metrics } = row;
  const common = {
    "session.id": metadata["session_id"],
    "gen_ai.conversation.id": metadata["session_id"],
    "benchmark.name": metadata["benchmark"],
    "gen_ai.agent.name": metadata["harness"],
  };
  const own = row.is_root ? ofRoot(row) : {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": metadata["request_model"],
    "gen_ai.response.model": metadata["model"],
    "gen_ai.response.finish_reasons": metadata["finish_reasons"],
    "gen_ai.usage.input_tokens": metrics["prompt_tokens"],
    "gen_ai.usage.cache_read.input_tokens": metrics["prompt_cached_tokens"],
    "gen_ai.usage.cache_creation.input_tokens": metrics["prompt_cache_creation_tokens"],
    "gen_ai.usage.output_tokens": metrics["completion_tokens"],
    "gen_ai.usage.reasoning.output_tokens": metrics["completion_reasoning_tokens"],
    "gen_ai.input.messages": messagesJson(row.input),
    "gen_ai.output.messages": messagesJson(row.output),
    "gen_ai.tool.definitions": json(metadata["tools"]),
  };
  return Object.entries({ ...common, ...own }).flatMap(([key, found]) => {
    const value = valueOf(found);
    return value ? [{ key, value }] : [];
  });
}

function ofRoot({ metadata, scores, input, output }: BraintrustRow): Record<string, unknown> {
  return {
    "gen_ai.operation.name": "invoke_agent",
    "gen_ai.request.model": metadata["deployment"],
    "session.success": scores["task_success"] ?? scores["official_success"],
    "session.task_id": metadata["task_id"],
    "session.trial": metadata["trial"],
    // A session that is a run of its own says nothing of runs.
    "session.run": metadata["run"] === metadata["session_id"] ? null : metadata["run"],
    "braintrust.input_json": json(input),
    "braintrust.output_json": json(output),
    "braintrust.metadata": json(metadata),
    "braintrust.scores": json(scores),
  };
}

function valueOf(value: unknown): OtlpValue | null {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) {
    return { arrayValue: { values: value.map(valueOf).filter((one): one is OtlpValue => one !== null) } };
  }
  return null;
}

const json = (value: unknown) => value === undefined || value === null ? null : JSON.stringify(value);

/** OpenAI's messages as the GenAI conventions have them: a role, and parts. */
function messagesJson(messages: BraintrustRow["input"]): string | null {
  if (messages === null) return null;
  if (typeof messages === "string") return messages;
  return JSON.stringify(messages.map(turnOf));
}

function turnOf({ role, content, reasoning, tool_calls = [], tool_call_id, is_error }: Message) {
  if (tool_call_id !== undefined) {
    const flag = is_error ? { is_error } : {};
    return { role, parts: [{ type: "tool_call_response", id: tool_call_id, result: content, ...flag }] };
  }
  return {
    role,
    parts: [
      ...(reasoning === undefined ? [] : [{ type: "reasoning", content: reasoning }]),
      ...(content === null ? [] : [{ type: "text", content }]),
      ...tool_calls.map(({ id, function: { name, arguments: args } }) => ({
        type: "tool_call",
        id,
        name,
        arguments: args,
      })),
    ],
  };
}
