import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json, unpacked } from "../dialects/json.ts";
import type { MessagePlaces } from "./layout.ts";
import { first } from "./places.ts";

/** A message under the chat format's names, with what else it says; the recorder's bookkeeping left out. */
export interface NormalMessage extends Json {
  role: string;
}

const ROLES: Record<string, string> = {
  human: "user",
  gpt: "assistant",
  ai: "assistant",
  model: "assistant",
  bot: "assistant",
  chatgpt: "assistant",
  observation: "tool",
  function_response: "tool",
};

/** How to bring a recorder's messages under the chat format's names; nothing of what was said is changed. */
export function normalizer(places: MessagePlaces = {}): (message: unknown) => NormalMessage {
  const roles = { ...ROLES, ...places.roles };
  const roleKeys = places.role ?? ["role", "from"];
  const contentKeys = places.content ?? ["content", "value", "text"];
  const callKeys = places.toolCalls ?? ["tool_calls"];
  const idKeys = places.toolCallId ?? ["tool_call_id"];
  const silent = new Set([
    ...(places.silent ?? []),
    ...roleKeys,
    ...placesOf(places).map((path) => path.split(".")[0]!),
  ]);
  return (message) => {
    if (typeof message === "string") return { role: "user", content: message };
    if (typeof message !== "object" || message === null || Array.isArray(message)) {
      return { role: "unknown", content: jsonText(message) };
    }
    const given = opened(message as Json, places.within);
    const said = String(first(given, roleKeys) ?? "unknown");
    const speaker = places.speakers ? String(first(given, places.speakers.name) ?? said) : null;
    const role = speaker === null ? roles[said.toLowerCase()] ?? said : roleOfSpeaker(speaker, places.speakers!);
    if (role === "function_call") return callMessage(first(given, contentKeys));
    const contentKey = contentKeys.find((key) => given[key] !== undefined && given[key] !== null);
    const callKey = callKeys.find((key) => given[key] !== undefined);
    const idKey = role === "tool" ? idKeys.find((key) => given[key] !== undefined && given[key] !== null) : undefined;
    const rest = Object.fromEntries(
      Object.entries(given).filter(([key, value]) =>
        !silent.has(key) && key !== contentKey && key !== callKey && key !== idKey &&
        !(key === "name" && role === "tool") && !isKept(key, value)
      ),
    );
    return {
      role,
      content: contentKey === undefined ? null : given[contentKey],
      ...(callKey === undefined || given[callKey] === null ? {} : { tool_calls: calls(given[callKey], silent) }),
      ...(idKey === undefined ? {} : { tool_call_id: [given[idKey]].flat()[0] }),
      ...rest,
      ...(speaker === null ? {} : { speaker }),
    };
  };
}

/** A message with what it keeps one level below; a dumped object says its class at the end of its id. */
function opened(message: Json, within: readonly string[] = []): Json {
  const key = within.find((key) => isObject(message[key]));
  if (key === undefined) return message;
  const { [key]: inner, ...outer } = message;
  const type = Array.isArray(outer["id"]) ? outer["id"].at(-1) : outer["type"];
  return { ...outer, type, ...inner as Json };
}

/** Fields in which programs keep what nobody said: ids, times, why an answer ended. */
const KEPT =
  /^(?:id|uuid|ts|time|date|index|object|stop_reason|stop_sequence|finish_reason|service_tier|system_fingerprint|usage)$|(?:_u?id|Id|_at|At|_time|Time)$/;
/** Ids that tie a result to its call. */
const TIES = /call_?id$|tool_?use_?id$/i;

/** Whether a field of a message is bookkeeping: a number, whatever it is called, or one of {@link KEPT}. */
function isKept(key: string, value: unknown): boolean {
  return typeof value === "number" || (KEPT.test(key) && !TIES.test(key));
}

/** A turn that is a call of a function, written as JSON text of its name and arguments (one, or a list). */
function callMessage(value: unknown): NormalMessage {
  const call = unpacked(value);
  const list = Array.isArray(call) ? call : [call];
  const calls = list.filter((one): one is Json => isObject(one) && typeof one["name"] === "string");
  if (calls.length < list.length) return { role: "assistant", content: value };
  const tool_calls = calls.map(({ name, arguments: args, parameters, id }) => ({
    id: id ?? "",
    name,
    arguments: args ?? parameters ?? "",
  }));
  return { role: "assistant", content: null, tool_calls };
}

function roleOfSpeaker(
  speaker: string,
  { users, tools, program = [] }: NonNullable<MessagePlaces["speakers"]>,
): string {
  const is = (names: readonly string[]) => names.includes(speaker.toLowerCase());
  return is(users) ? "user" : is(tools) ? "tool" : is(program) ? "developer" : "assistant";
}

const placesOf = ({ model, time, responseId, usage, ...places }: MessagePlaces) =>
  [
    ...[places.inputTokens, places.outputTokens, places.cachedTokens, places.cacheWriteTokens, places.reasoningTokens],
    ...[model, time, responseId, usage],
  ].flatMap((paths) => paths ?? []);

function calls(recorded: unknown, silent: ReadonlySet<string>): unknown {
  const value = unpacked(recorded);
  if (!Array.isArray(value)) return value;
  return value.map((call) =>
    typeof call === "object" && call !== null && !Array.isArray(call) ? callOf(call as Json, silent) : call
  );
}

/** A call without the recorder's bookkeeping; one whose function is a name has it as its name. */
function callOf({ function: fn, ...call }: Json, silent: ReadonlySet<string>): Json {
  const kept = Object.fromEntries(Object.entries(call).filter(([key]) => !silent.has(key) || CALL_KEYS.has(key)));
  return typeof fn === "string" ? { ...kept, name: fn } : fn === undefined ? kept : { ...kept, function: fn };
}

const CALL_KEYS = new Set(["id", "name", "type", "function", "arguments"]);
