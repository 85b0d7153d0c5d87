import type { TraceRow } from "../model/mod.ts";
import { type Call, conversationOf, redactSecrets, taskOf, timeUs, turnsOf } from "../traces/mod.ts";

/** What a piece of a conversation is. */
export type PieceKind = "system" | "user" | "assistant" | "thinking" | "tool call" | "tool result" | "tool error";

/** One piece of a conversation: a message, a thought, a call of a tool or its result. */
export interface Piece {
  /** The model call, from 1, that brought it. */
  call: number;
  kind: PieceKind;
  /** The tool's name, where it is one's. */
  name: string | null;
  text: string;
}

/** One model call in numbers. */
export interface CallFacts {
  /** From 1. */
  call: number;
  model: string | null;
  /** Seconds since the first call's start. */
  startS: number | null;
  seconds: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  error: string | null;
  /** Whether texts were recorded. */
  recorded: boolean;
}

/** A session to be read. */
export interface ViewConversation {
  task: string | null;
  calls: CallFacts[];
  pieces: Piece[];
}

/** A recorded session as a person reads it: each message once, in order; secrets are taken out of every text. */
export function viewConversation(row: TraceRow): ViewConversation {
  const calls = conversationOf(row);
  const first = calls.reduce((least, { span }) => Math.min(least, timeUs(span.startTime) ?? Infinity), Infinity);
  const clean = (text: string): string => redactSecrets(text.toWellFormed()).text;
  const pieces = turnsOf(calls).flatMap(({ call, message }): Piece[] => {
    const found: Piece[] = [];
    const add = (kind: PieceKind, text: string, name: string | null = null) => {
      if (text !== "") found.push({ call, kind, name: name === null ? null : clean(name), text: clean(text) });
    };
    if (message.reasoning) add("thinking", message.reasoning);
    add(kindOf(message.role, message.is_error === true), message.content ?? "");
    for (const { function: { name, arguments: given } } of message.tool_calls ?? []) {
      add("tool call", given || "{}", name);
    }
    return found;
  });
  const task = taskOf(row, calls);
  return {
    task: task === null ? null : clean(task),
    calls: calls.map((call, i) => factsOf(call, i + 1, first)),
    pieces,
  };
}

function kindOf(role: string, isError: boolean): PieceKind {
  if (role === "tool" || role === "function") return isError ? "tool error" : "tool result";
  if (role === "system" || role === "developer") return "system";
  return role === "assistant" ? "assistant" : "user";
}

function factsOf({ span, inputRecorded, outputRecorded }: Call, call: number, firstUs: number): CallFacts {
  const [start, end] = [timeUs(span.startTime), timeUs(span.endTime)];
  return {
    call,
    model: span.responseModel ?? span.requestModel,
    startS: start === null ? null : (start - firstUs) / 1e6,
    seconds: start === null || end === null || end < start ? null : (end - start) / 1e6,
    inputTokens: span.inputTokens,
    outputTokens: span.outputTokens,
    error: span.status.code === 2 ? redactSecrets(span.status.message || "error").text : null,
    recorded: inputRecorded || outputRecorded,
  };
}
