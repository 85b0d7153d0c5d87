import type { Message, TraceRow } from "../model/mod.ts";
import { type Call, conversationOf, redactSecrets, taskOf, timeUs, turnsOf } from "../traces/mod.ts";
import { type Picture, picturesIn } from "./images.ts";
import { type JudgeSaw, type Unseen, unseenOf } from "./unseen.ts";

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
  /** Places of its pictures among those of the conversation. */
  pictures: number[];
  /** What a judge was not shown of it; null where it saw all, or it is not known what it saw. */
  unseen: Unseen | null;
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
  /** Null without a price, or without tokens. */
  usd: number | null;
  error: string | null;
  /** Whether texts were recorded. */
  recorded: boolean;
}

/** A session to be read. */
export interface ViewConversation {
  task: string | null;
  calls: CallFacts[];
  pieces: Piece[];
  pictures: Picture[];
}

/** What is known of sessions beside what was recorded. */
export interface ReadingOptions {
  /** What a call cost, USD; null where it is not known. */
  usdOf?: (span: TraceRow["spans"][number]) => number | null;
  /** What a judge was shown of a session; null where no judge saw it. */
  judgeSaw?: (row: TraceRow) => readonly JudgeSaw[] | null;
}

/** A recorded session as a person reads it: each message once, in order; secrets are taken out of every text. */
export function viewConversation(row: TraceRow, { usdOf, judgeSaw }: ReadingOptions = {}): ViewConversation {
  const shown = new WeakMap<Message, Picture[]>();
  const calls = conversationOf(row, {
    onElement(recorded, messages) {
      const found = picturesIn(recorded);
      if (found.length && messages[0]) shown.set(messages[0], found);
    },
  });
  const first = calls.reduce((least, { span }) => Math.min(least, timeUs(span.startTime) ?? Infinity), Infinity);
  const clean = (text: string): string => redactSecrets(text.toWellFormed()).text;
  const pictures: Picture[] = [];
  const turns = turnsOf(calls).flatMap(({ call, message }): Omit<Piece, "unseen">[] => {
    const found: Omit<Piece, "unseen">[] = [];
    const add = (kind: PieceKind, text: string, name: string | null = null) => {
      if (text === "") return;
      found.push({ call, kind, name: name === null ? null : clean(name), text: clean(text), pictures: [] });
    };
    if (message.reasoning) add("thinking", message.reasoning);
    add(kindOf(message.role, message.is_error === true), message.content ?? "");
    const own = shown.get(message) ?? [];
    found.at(-1)?.pictures.push(...own.map((picture) => pictures.push(picture) - 1));
    for (const { function: { name, arguments: given } } of message.tool_calls ?? []) {
      add("tool call", given || "{}", name);
    }
    return found;
  });
  const saw = judgeSaw?.(row) ?? null;
  const unseen = saw === null ? null : unseenOf(turns, saw);
  const task = taskOf(row, calls);
  return {
    task: task === null ? null : clean(task),
    calls: calls.map((call, i) => factsOf(call, i + 1, first, usdOf)),
    pieces: turns.map((piece, i) => ({ ...piece, unseen: unseen?.[i] ?? null })),
    pictures,
  };
}

function kindOf(role: string, isError: boolean): PieceKind {
  if (role === "tool" || role === "function") return isError ? "tool error" : "tool result";
  if (role === "system" || role === "developer") return "system";
  return role === "assistant" ? "assistant" : "user";
}

function factsOf(
  { span, inputRecorded, outputRecorded }: Call,
  call: number,
  firstUs: number,
  usdOf: ReadingOptions["usdOf"],
): CallFacts {
  const [start, end] = [timeUs(span.startTime), timeUs(span.endTime)];
  return {
    call,
    model: span.responseModel ?? span.requestModel,
    startS: start === null ? null : (start - firstUs) / 1e6,
    seconds: start === null || end === null || end < start ? null : (end - start) / 1e6,
    inputTokens: span.inputTokens,
    outputTokens: span.outputTokens,
    usd: usdOf?.(span) ?? null,
    error: span.status.code === 2 ? redactSecrets(span.status.message || "error").text : null,
    recorded: inputRecorded || outputRecorded,
  };
}
