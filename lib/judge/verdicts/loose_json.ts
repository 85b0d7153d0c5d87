/**
 * Reads JSON as models write it where no schema holds them to it: line breaks inside texts, a comma behind the last entry,
 * single quotation marks, Python's True, False and None. None of these can be read in two ways; what is not complete, or not
 * this, is not read.
 *
 * @returns undefined for what cannot be read
 */
export function looseJson(text: string): unknown {
  const reader = new Reader(text);
  try {
    const value = reader.value();
    return reader.atEnd() ? value : undefined;
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class NotJson extends Error {}

const WORDS: Record<string, unknown> = { true: true, false: false, null: null, True: true, False: false, None: null };
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
/** Deeper nesting is no answer. */
const MAX_DEPTH = 100;

class Reader {
  #at = 0;
  #depth = 0;
  constructor(readonly text: string) {}

  atEnd(): boolean {
    this.#space();
    return this.#at === this.text.length;
  }

  value(): unknown {
    this.#space();
    const c = this.text[this.#at];
    if (c === "{" || c === "[") {
      if (++this.#depth > MAX_DEPTH) throw new NotJson();
      const value = c === "{" ? this.#object() : this.#array();
      this.#depth--;
      return value;
    }
    if (c === '"' || c === "'") return this.#string(c);
    const word = /^(?:[A-Za-z]+|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(this.text.slice(this.#at, this.#at + 40))?.[0];
    if (word === undefined) throw new NotJson();
    this.#at += word.length;
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    const number = Number(word);
    if (Number.isNaN(number)) throw new NotJson();
    return number;
  }

  #object(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.#list("}", () => {
      const quote = this.text[this.#at];
      if (quote !== '"' && quote !== "'") throw new NotJson();
      const key = this.#string(quote);
      this.#space();
      if (this.text[this.#at++] !== ":") throw new NotJson();
      entries.push([key, this.value()]);
    });
    return Object.fromEntries(entries);
  }

  #array(): unknown[] {
    const values: unknown[] = [];
    this.#list("]", () => values.push(this.value()));
    return values;
  }

  #list(close: string, entry: () => void): void {
    this.#at++;
    for (;;) {
      this.#space();
      if (this.text[this.#at] === close) break;
      entry();
      this.#space();
      if (this.text[this.#at] === ",") this.#at++;
      else if (this.text[this.#at] !== close) throw new NotJson();
    }
    this.#at++;
  }

  #string(quote: string): string {
    let value = "";
    for (this.#at++; this.#at < this.text.length; this.#at++) {
      const c = this.text[this.#at]!;
      if (c === quote) {
        this.#at++;
        return value;
      }
      if (c !== "\\") value += c;
      else value += this.#escape();
    }
    throw new NotJson();
  }

  #escape(): string {
    const c = this.text[++this.#at] ?? "";
    if (c !== "u") return ESCAPES[c] ?? c;
    const hex = /^[0-9a-f]{4}/i.exec(this.text.slice(this.#at + 1, this.#at + 5))?.[0];
    if (hex === undefined) throw new NotJson();
    this.#at += 4;
    return String.fromCharCode(parseInt(hex, 16));
  }

  #space(): void {
    while (/\s/.test(this.text[this.#at] ?? "")) this.#at++;
  }
}
