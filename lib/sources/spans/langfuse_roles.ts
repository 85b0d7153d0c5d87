import { isObject, type Json } from "../dialects/json.ts";

/**
 * Messages of which those that have the name of a tool for their role are the tool's: so Langfuse's handler for LangChain's
 * JavaScript writes results. Each answers the first open call of that name.
 */
export function withToolRoles(messages: unknown): unknown {
  if (!Array.isArray(messages)) return messages;
  const open: { id: unknown; name: string }[] = [];
  return messages.map((message) => {
    if (!isObject(message)) return message;
    open.push(...callsIn(message));
    const at = open.findIndex(({ name }) => name === message["role"]);
    if (at < 0) return message;
    const id = open.splice(at, 1)[0]!.id;
    return { ...message, role: "tool", tool_call_id: message["tool_call_id"] ?? id };
  });
}

function callsIn({ role, tool_calls }: Json): { id: unknown; name: string }[] {
  if (role !== "assistant" || !Array.isArray(tool_calls)) return [];
  return tool_calls.filter(isObject).flatMap(({ id, name, function: fn }) => {
    const called = isObject(fn) ? fn["name"] : name;
    return typeof called === "string" ? [{ id, name: called }] : [];
  });
}
