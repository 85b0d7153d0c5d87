import type { RecordedTime } from "./times.ts";
import { SharedMessages } from "../../model/mod.ts";
import type { SpanParts } from "../mapping/row.ts";

/** A message of the chat format, or one with parts, as `lib/traces` reads it. */
export interface ChatMessage {
  role: string;
  content?: unknown;
  [key: string]: unknown;
}

/** A model call that is being put together: later lines may still add to its answer. */
export interface OpenCall {
  parts: SpanParts;
  answer: ChatMessage;
}

/** One conversation with the model: what has been said, and the calls, whose input is all that was said before. */
export class Thread {
  readonly calls: OpenCall[] = [];
  /** What every call is given from here on besides the messages, as text. */
  readonly given: { systemInstructions?: string; toolDefinitions?: string } = {};
  #said: ChatMessage[] = [];
  #time: RecordedTime = null;

  /** Messages so far. */
  get length(): number {
    return this.#said.length;
  }

  /** Adds what the model is given: a user's message, a tool's result, instructions. */
  hear(message: ChatMessage, time: RecordedTime = null): void {
    this.#said.push(message);
    this.#time = time ?? this.#time;
  }

  /** Begins a call, whose answer is the message; it started when the message before it was complete, unless told. */
  answer(message: ChatMessage, parts: SpanParts): OpenCall {
    const call: OpenCall = {
      parts: {
        spanId: String(this.calls.length),
        name: "chat",
        startTime: this.#time,
        inputMessages: new SharedMessages(this.#said, this.#said.length),
        outputMessages: new SharedMessages([message]),
        ...this.given,
        ...parts,
      },
      answer: message,
    };
    this.calls.push(call);
    this.#said.push(message);
    return call;
  }

  /** A call that failed, or whose texts are not recorded: nothing is said. */
  silent(parts: SpanParts): OpenCall {
    const input = this.#said.length ? new SharedMessages(this.#said, this.#said.length) : null;
    const answer: ChatMessage = { role: "assistant" };
    const own = { spanId: String(this.calls.length), name: "chat", startTime: this.#time };
    const call = { parts: { ...own, inputMessages: input, outputMessages: null, ...parts }, answer };
    this.calls.push(call);
    return call;
  }

  /** The time of the last thing said. */
  at(time: RecordedTime): void {
    this.#time = time ?? this.#time;
  }

  /** Begins the context anew, with these messages: it was compacted, or went back to an earlier point. */
  restart(messages: readonly ChatMessage[]): void {
    this.#said = [...messages];
  }

  /** The first messages of the context as it is now. */
  first(count: number): ChatMessage[] {
    return this.#said.slice(0, count);
  }
}
