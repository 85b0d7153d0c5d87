import { RowError } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { type JsonLine, linesAtOnce } from "./json_lines.ts";
import { JsonSplitter } from "./json_splitter.ts";

/** How {@link jsonValues} reads. */
export interface JsonValuesOptions {
  /** Whether one document is expected rather than one value a line, as a file's name says; a hint, no more. */
  document?: boolean;
  /** For text that is not quite JSON, or numbers that a double does not hold. */
  parse?: (text: string) => unknown;
  /** Told of each line whose bytes are not all UTF-8: each such byte is read as U+FFFD. */
  onBroken?: ((line: number) => void) | undefined;
}

/**
 * The JSON values of a text, however they are set: one a line, one document over many lines, several of these one after the
 * other, or one list, whose elements they then are. What cannot be parsed is told as a fault with its line (or, in a
 * document, its position), and the next ones go on. One value is held at a time.
 */
export async function* jsonValues(
  pieces: AsyncIterable<Uint8Array>,
  { document = false, parse = JSON.parse, onBroken }: JsonValuesOptions = {},
): AsyncGenerator<JsonLine> {
  // The list of all that other files have a line each, where it is all there is.
  let only: unknown[] | null = null;
  let spread: Spread | null = null;
  let [line, first] = [-1, true];
  try {
    for await (const lines of linesAtOnce(pieces, onBroken)) {
      for (const text of lines) {
        line++;
        if (spread) {
          yield* spread.feed(text);
          if (!spread.open) spread = null;
          continue;
        }
        if (text.trim() === "") continue;
        if (only) yield { line: 0, value: only };
        only = null;
        const read = valueOf(text, line, parse);
        if (first && "value" in read && Array.isArray(read.value)) only = read.value;
        else if ("fault" in read && beginsDocument(text, first, document)) {
          spread = new Spread(line, parse);
          yield* spread.feed(text);
          if (!spread.open) spread = null;
        } else if ("fault" in read) yield* severalOf(text, line, parse) ?? [read];
        else yield read;
        first = false;
      }
    }
    if (spread) yield* spread.end();
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    // The file is cut or damaged: what was read of it counts.
    yield { line: line + 1, fault: error.message.replace(`${error.source}: `, "") };
  }
  if (only) yield* only.map((value, line) => ({ line, value }));
}

function valueOf(text: string, line: number, parse: (text: string) => unknown): JsonLine {
  try {
    return { line, value: parse(text) };
  } catch (error) {
    return { line, fault: `not JSON: ${jsonFault(error)}` };
  }
}

/** The values of a line that holds several, with white space, a comma or nothing between them; null where it does not. */
function severalOf(text: string, line: number, parse: (text: string) => unknown): JsonLine[] | null {
  if (!/^\s*\{/.test(text)) return null;
  const splitter = new JsonSplitter();
  const values = Array.from(splitter.feed(text), (one) => valueOf(one.replace(SEPARATORS, ""), line, parse));
  const rest = splitter.rest()?.replace(SEPARATORS, "") ?? "";
  if (rest !== "") values.push(valueOf(rest, line, parse));
  return values.length > 1 && values.some((one) => "value" in one) ? values : null;
}

/** Whether a line that is no JSON may be the first of a document of several lines. */
function beginsDocument(text: string, first: boolean, document: boolean): boolean {
  const line = text.trim();
  if (!first) return line === "{" || line === "[";
  return /^[[{]/.test(line) && (document || /[[{,:]$/.test(line));
}

/** What programs write between values that are no list. */
const SEPARATORS = /^[\s,]+/;

/** Values that go on over several lines. If it turns out that they do not, their lines are read each for itself. */
class Spread {
  readonly #splitter = new JsonSplitter();
  #index = 0;
  /** False once it has turned out that they do not. */
  open = true;

  constructor(readonly start: number, readonly parse: (text: string) => unknown) {}

  *feed(line: string): Generator<JsonLine> {
    for (const text of this.#splitter.feed(`${line}\n`)) {
      yield valueOf(text.replace(SEPARATORS, ""), this.#index++, this.parse);
    }
    // A text within JSON cannot go on in the next line.
    if (this.#splitter.inText && this.#index === 0) yield* this.#asLines();
  }

  *end(): Generator<JsonLine> {
    const rest = this.#splitter.rest();
    if (rest === null || (!this.#splitter.inList && rest.replace(SEPARATORS, "") === "")) return;
    if (this.#index === 0) yield* this.#asLines();
    else yield { line: this.#index, fault: "not JSON: the text ends within a value" };
  }

  *#asLines(): Generator<JsonLine> {
    this.open = false;
    let line = this.start;
    for (const text of (this.#splitter.rest() ?? "").trimEnd().split("\n")) {
      if (text.trim() !== "") yield valueOf(text, line, this.parse);
      line++;
    }
  }
}
