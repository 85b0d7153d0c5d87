import { timeUs } from "../../traces/mod.ts";
import { type RecordedTime, recordedTime } from "./times.ts";
import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json } from "../dialects/json.ts";
import { known, listAt, textAt } from "../spans/pick.ts";
import type { PartsAt } from "../trace_json.ts";
import type { PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { type OpenCall, Thread } from "./thread.ts";
import { fileSessions } from "./objects.ts";

/**
 * Messages of an agent of Letta, as its API lists them, a file each. What the model thought, said and called in one step are
 * messages of their own, which have the step's id.
 *
 * Source: Letta's API reference, the types of `LettaMessageUnion`.
 */
export function lettaRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  return fileSessions(files, () => {
    const messages: Json[] = [];
    return {
      add: (message) => messages.push(message),
      session: (fileId) => sessionOf(inOrder(messages), fileId),
    };
  });
}

/** The API lists the newest first unless it is asked not to. */
function inOrder(messages: Json[]): Json[] {
  const [first, last] = [messages[0], messages.at(-1)].map((one) => timeUs(one?.["date"]) ?? NaN);
  return first! > last! ? messages.toReversed() : messages;
}

function sessionOf(messages: readonly Json[], fileId: string): PlacedSession {
  const thread = new Thread();
  let open: { id: string | null; call: OpenCall } | null = null;
  for (const message of messages) {
    const time = recordedTime(message["date"]);
    const parts = answerParts(message);
    const id = textAt(message, "step_id", "id");
    if (parts === null) {
      hear(message, thread, time);
      open = null;
    } else if (open && open.id === id) {
      (open.call.answer.content as unknown[]).push(...parts);
      open.call.parts.endTime = time;
      thread.at(time);
    } else {
      open = { id, call: thread.answer({ role: "assistant", content: parts }, { endTime: time }) };
      thread.at(time);
    }
  }
  return { sessionId: fileId, harness: "letta", spans: thread.calls.map(({ parts }) => parts) };
}

/** What the model thought, called or said; null of any other message. */
function answerParts(message: Json): Json[] | null {
  const { message_type: type, content, reasoning, tool_call } = message;
  if (type === "reasoning_message" || type === "hidden_reasoning_message") {
    return typeof reasoning === "string" ? [{ type: "thinking", thinking: reasoning }] : [];
  }
  if (type === "assistant_message") return Array.isArray(content) ? content : [{ type: "text", text: content ?? "" }];
  if (type !== "tool_call_message" && type !== "approval_request_message") return null;
  const calls = listAt(message, "tool_calls");
  return (calls.length ? calls : [tool_call]).filter(isObject).map((call) => ({
    type: "tool_call",
    id: call["tool_call_id"] ?? "",
    name: call["name"],
    arguments: call["arguments"] ?? "",
  }));
}

/** Results of tools, one or a list of them; what a summary or an event says is the program's word. */
function hear(message: Json, thread: Thread, time: RecordedTime): void {
  const { message_type: type, content, summary, event_data, approve, approvals, reason } = message;
  if (type === "tool_return_message") {
    const several = listAt(message, "tool_returns").filter(isObject);
    for (const one of several.length ? several : [message]) {
      thread.hear({ role: "user", content: [resultOf(one)] }, time);
    }
    return;
  }
  const said = content ?? summary ?? event_data ?? known({ approve, approvals, reason });
  const role = type === "system_message" ? "system" : PEOPLES.has(type) ? "user" : "developer";
  if (!isObject(said)) thread.hear({ role, content: said }, time);
  else if (Object.keys(said).length) thread.hear({ role, content: jsonText(said) }, time);
}

/** Messages in which a person speaks. */
const PEOPLES = new Set<unknown>(["user_message", "approval_response_message"]);

const resultOf = ({ tool_call_id, tool_return, status }: Json) => ({
  type: "tool_result",
  tool_use_id: tool_call_id ?? "",
  content: tool_return,
  is_error: status === "error",
});
