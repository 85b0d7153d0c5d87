const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", a: "\x07", "0": "\0" };
const WORDS: Record<string, unknown> = { None: null, True: true, False: false, nan: null };
const DEEPEST = 200;

/**
 * The value of a list or an object as Python writes it (`[{'role': 'user', 'ok': True}]`), which is what its data frames
 * put into a CSV. Tuples are lists.
 *
 * @returns undefined where the text is no such literal
 */
export function pythonLiteral(text: string): unknown {
  let at = 0;
  try {
    const value = read(0);
    space();
    return at === text.length ? value : undefined;
  } catch {
    return undefined;
  }

  function read(depth: number): unknown {
    space();
    const char = text[at];
    if (depth > DEEPEST) throw new SyntaxError("nests too deep");
    if (char === "[" || char === "(") return list(char === "[" ? "]" : ")", depth);
    if (char === "{") return object(depth);
    if (char === "'" || char === '"') return string(char);
    const [word] = /^[\w.+-]+/.exec(text.slice(at, at + 40)) ?? [];
    if (word === undefined) throw new SyntaxError("no value");
    at += word.length;
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) throw new SyntaxError("no number");
    return /^[+-]?\d+$/.test(word) && !Number.isSafeInteger(Number(word)) ? BigInt(word) : Number(word);
  }

  function list(end: string, depth: number): unknown[] {
    const values: unknown[] = [];
    for (at++; !ends(end); comma(end)) values.push(read(depth + 1));
    return values;
  }

  function object(depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    for (at++; !ends("}"); comma("}")) {
      const key = read(depth + 1);
      space();
      if (text[at++] !== ":") throw new SyntaxError("no colon");
      entries.push([String(key), read(depth + 1)]);
    }
    return Object.fromEntries(entries);
  }

  function string(quote: string): string {
    let value = "";
    for (at++; text[at] !== quote; at++) {
      if (at >= text.length) throw new SyntaxError("no end");
      value += text[at] === "\\" ? escaped() : text[at];
    }
    at++;
    return value;
  }

  function escaped(): string {
    const char = text[++at] ?? "";
    const digits = { x: 2, u: 4, U: 8 }[char];
    if (digits === undefined) return ESCAPES[char] ?? (/['"\\\n]/.test(char) ? char : `\\${char}`);
    const code = text.slice(at + 1, at + 1 + digits);
    at += digits;
    return String.fromCodePoint(Number.parseInt(code, 16));
  }

  /** Whether the list ends here, which is then behind. */
  function ends(end: string): boolean {
    space();
    if (text[at] !== end) return false;
    at++;
    return true;
  }

  function comma(end: string): void {
    space();
    if (text[at] === ",") at++;
    else if (text[at] !== end) throw new SyntaxError("no comma");
  }

  function space(): void {
    while (/\s/.test(text[at] ?? "")) at++;
  }
}
