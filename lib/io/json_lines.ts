import { isUtf8 } from "node:buffer";
import { checkRow, RowError, type Schema } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { piecesOf, piecesOfOpen } from "./pieces.ts";
import { writeAll } from "./write.ts";

/** One line of a text, with its place in bytes. */
export interface Line {
  text: string;
  /** From 1. */
  number: number;
  start: number;
  /** Position after the line, its line feed included. */
  end: number;
  /** Whether it ends in a line feed; only the last may not. */
  complete: boolean;
}

/** A line of a JSONL file: its value, or why it has none. Lines count from 0; empty ones are passed over. */
export type JsonLine = { line: number; value: unknown } | { line: number; fault: string };

const LINE_FEED = 10;

/**
 * Lines of a text that comes in pieces (or of an open file, from its start), without their ends; a line may be any number of
 * pieces long, and memory does not grow with the text. A byte order mark before a line is no part of it. What is not UTF-8
 * becomes U+FFFD.
 */
export async function* linesOf(text: AsyncIterable<Uint8Array> | Deno.FsFile): AsyncGenerator<Line> {
  let [number, before] = [0, 0];
  for await (const bytes of wholeLines(text instanceof Deno.FsFile ? piecesOfOpen(text) : text)) {
    let at = 0;
    for (const text of textsIn(bytes)) {
      const feed = bytes.indexOf(LINE_FEED, at), end = feed < 0 ? bytes.length : feed + 1;
      yield { text, number: ++number, start: before + at, end: before + end, complete: feed >= 0 };
      at = end;
    }
    before += bytes.length;
  }
}

/** The texts of the same lines, those that end in one piece at once: for a reader of many short ones. */
export async function* linesAtOnce(
  pieces: AsyncIterable<Uint8Array>,
  onBroken?: (line: number) => void,
): AsyncGenerator<string[]> {
  let line = 0;
  for await (const bytes of wholeLines(pieces)) {
    const texts = textsIn(bytes);
    if (onBroken) { for (const at of brokenIn(texts, bytes)) onBroken(line + at); }
    line += texts.length;
    yield texts;
  }
}

/** Places of the texts whose bytes are not all UTF-8; U+FFFD itself may have been written. */
function brokenIn(texts: readonly string[], bytes: Uint8Array): number[] {
  const marked = texts.flatMap((text, at) => text.includes(REPLACED) ? [at] : []);
  if (marked.length === 0) return [];
  const ends = [-1];
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, end + 1)) ends.push(end);
  return marked.filter((at) => !isUtf8(bytes.subarray(ends[at]! + 1, ends[at + 1] ?? bytes.length)));
}

/** The same bytes in pieces that end where a line does, each good until the next; only the last may end elsewhere. */
async function* wholeLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // The beginning of a line whose end is in a later piece is copied; the rest of a piece is not.
  let [held, filled] = [new Uint8Array(), 0];
  const hold = (bytes: Uint8Array) => {
    if (filled + bytes.length > held.length) {
      const larger = new Uint8Array(2 * (filled + bytes.length));
      larger.set(held.subarray(0, filled));
      held = larger;
    }
    held.set(bytes, filled);
    filled += bytes.length;
  };
  for await (const piece of pieces) {
    let begun = 0;
    if (filled) {
      begun = piece.indexOf(LINE_FEED) + 1;
      hold(begun > 0 ? piece.subarray(0, begun) : piece);
      if (begun === 0) continue;
      yield held.subarray(0, filled);
      filled = 0;
    }
    const ended = piece.lastIndexOf(LINE_FEED) + 1;
    if (ended > begun) yield piece.subarray(begun, ended);
    hold(piece.subarray(Math.max(begun, ended)));
  }
  if (filled) yield held.subarray(0, filled);
}

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });
const MARK = "\ufeff";
const REPLACED = "\ufffd";

/** Lines as texts, decoded together: to decode each takes longer than to find it. */
function textsIn(bytes: Uint8Array): string[] {
  const whole = UTF8.decode(bytes);
  const texts = (whole.endsWith("\n") ? whole.slice(0, -1) : whole).split("\n");
  return whole.includes(MARK) ? texts.map((text) => text.startsWith(MARK) ? text.slice(1) : text) : texts;
}

/**
 * Parses a text of one JSON value a line; a line that is not JSON is told as a fault, and the next ones go on.
 *
 * @param parse for text that is not quite JSON, or numbers that a double does not hold
 */
export async function* jsonLines(
  pieces: AsyncIterable<Uint8Array>,
  parse: (text: string) => unknown = JSON.parse,
): AsyncGenerator<JsonLine> {
  for await (const { text, number } of linesOf(pieces)) {
    if (text.trim() === "") continue;
    const line = number - 1;
    try {
      yield { line, value: parse(text) };
    } catch (error) {
      yield { line, fault: `not JSON: ${jsonFault(error)}` };
    }
  }
}

/**
 * The objects of a file of our own, one a line, each checked; empty lines are passed over.
 *
 * @param remedy what to do about a line that is not JSON
 * @param torn whether the last line may be one that is still being written, and is passed over
 * @throws {RowError} naming file, line and field
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { checkedLines } from "agent-trace-lab/braintrust";
 * import { labelSchema } from "agent-trace-lab/model";
 * const path = "data/examples/labels.jsonl";
 * for await (const label of checkedLines(path, labelSchema, "mend it")) equal(typeof label.rater, "string");
 * ```
 */
export async function* checkedLines<T>(
  path: string,
  schema: Schema<T>,
  remedy: string,
  { torn = false }: { torn?: boolean } = {},
): AsyncGenerator<T> {
  for await (const { text, number, complete } of linesOf(piecesOf(path))) {
    if (text.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      if (torn && !complete) return;
      throw new RowError(path, `line ${number}`, "", `not JSON (${jsonFault(error)}); ${remedy}`);
    }
    yield checkRow(schema, value, path, `line ${number}`);
  }
}

/** Writes a text whole. @returns its length in bytes */
export async function writeText(file: Deno.FsFile, text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  await writeAll(file, bytes);
  return bytes.length;
}
