/** JSON as recorders write it. @module */

/**
 * Parses JSON as recorders write it: an integer that a double does not hold exactly (an id, say) is a bigint; `NaN`,
 * `Infinity` and `-Infinity`, which Python writes, are such numbers; any depth.
 *
 * @throws {SyntaxError} when the text is not JSON otherwise.
 *
 * @example
 * ```ts
 * import { parseRecorded } from "agent-trace-lab/traces";
 * console.log(parseRecorded('{"id":9007199254740993,"score":NaN}')); // { id: 9007199254740993n, score: NaN }
 * ```
 */
export function parseRecorded(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error;
    return new Parser(text).document();
  }
  // Parsing again is for the few texts with such a number; to look for one costs less than a search of the text.
  return holdsLongInteger(value) ? new Parser(text).document() : value;
}

function holdsLongInteger(document: unknown): boolean {
  const open: unknown[] = [document];
  while (open.length) {
    const value = open.pop();
    if (typeof value === "number") {
      if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) return true;
    } else if (Array.isArray(value)) {
      for (const item of value) if (typeof item === "number" || typeof item === "object") open.push(item);
    } else if (typeof value === "object" && value !== null) {
      for (const key in value) {
        const item = (value as Record<string, unknown>)[key];
        if (typeof item === "number" || typeof item === "object") open.push(item);
      }
    }
  }
  return false;
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|Infinity)|NaN/y;
const WORD = /true|false|null/y;
const WORDS: Record<string, boolean | null> = { true: true, false: false, null: null };

/** A list or object that is not closed yet, and the key whose value comes next. */
interface Open {
  value: unknown[] | Record<string, unknown>;
  key: string;
}

/** Goes through a text once, without recursion. */
class Parser {
  #at = 0;

  constructor(readonly text: string) {}

  document(): unknown {
    const open: Open[] = [];
    while (true) {
      let value = this.#value(open);
      // A value that is complete may complete those around it.
      while (value !== PENDING) {
        const around = open.at(-1);
        if (!around) {
          this.#space();
          if (this.#at < this.text.length) this.#fail();
          return value;
        }
        add(around, value);
        const mark = this.#mark();
        if (mark === ",") {
          if (!Array.isArray(around.value)) around.key = this.#key();
          break;
        }
        if (mark !== (Array.isArray(around.value) ? "]" : "}")) this.#fail(-1);
        open.pop();
        value = around.value;
      }
    }
  }

  /** The next value; of a list or object its beginning alone. */
  #value(open: Open[]): unknown {
    this.#space();
    switch (this.text[this.#at]) {
      case "[":
        this.#at++;
        if (this.#closed("]")) return [];
        open.push({ value: [], key: "" });
        return PENDING;
      case "{":
        this.#at++;
        if (this.#closed("}")) return {};
        open.push({ value: {}, key: this.#key() });
        return PENDING;
      case '"':
        return this.#string();
    }
    const word = this.#match(WORD);
    if (word) return WORDS[word[0]];
    const number = this.#match(NUMBER);
    if (!number) this.#fail();
    const [digits, fraction, exponent] = number!;
    const double = Number(digits);
    return Number.isSafeInteger(double) || fraction || exponent || !Number.isFinite(double) && !/^-?\d/.test(digits)
      ? double
      : BigInt(digits);
  }

  #key(): string {
    this.#space();
    if (this.text[this.#at] !== '"') this.#fail();
    const key = this.#string();
    if (this.#mark() !== ":") this.#fail(-1);
    return key;
  }

  #string(): string {
    const start = this.#at;
    let end = start;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end < 0) throw new SyntaxError(`the text that begins at position ${start} has no end`);
    } while (isEscaped(this.text, end));
    this.#at = end + 1;
    // The runtime reads escapes, and refuses what may not stand in a text.
    return JSON.parse(this.text.slice(start, end + 1));
  }

  #closed(mark: string): boolean {
    this.#space();
    if (this.text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #mark(): string | undefined {
    this.#space();
    return this.text[this.#at++];
  }

  #space(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #fail(back = 0): never {
    const at = this.#at + back;
    // What is found is not quoted: it may be a piece of a secret.
    throw new SyntaxError(`unexpected ${at < this.text.length ? "character" : "end"} at position ${at}`);
  }
}

const PENDING = Symbol("pending");

function isEscaped(text: string, at: number): boolean {
  let slash = at;
  while (text.charCodeAt(slash - 1) === 92) slash--;
  return (at - slash) % 2 === 1;
}

function add({ value, key }: Open, item: unknown): void {
  if (Array.isArray(value)) value.push(item);
  else if (key === "__proto__") {
    Object.defineProperty(value, key, { value: item, enumerable: true, configurable: true, writable: true });
  } else value[key] = item;
}
