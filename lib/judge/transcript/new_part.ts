/** Texts shorter than this are shown whole: saying that they were seen before takes as much room. */
const MIN_CHARS = 400;
/** Share of a text that must have been shown before for it to be reduced to its new part. */
const MIN_SHARE = 0.5;
/** Shortest stretch worth leaving out, in characters. */
const MIN_STRETCH = 200;

/** What is new in a text. */
export interface NewPart {
  text: string;
  /** Characters left out because they were shown before. */
  repeated: number;
}

/**
 * Lines and long texts that were shown so far, for telling what is new in a text that repeats them: harnesses that
 * rebuild their context put the history into one message, with other words around it each time.
 */
export class ShownText {
  readonly #lines = new Set<string>();
  readonly #last = new Map<string, string>();

  /** Remembers a text that is shown whole; `kind` is its role. */
  add(kind: string, text: string): void {
    for (const line of text.split("\n")) this.#lines.add(line);
    if (text.length >= MIN_CHARS) this.#last.set(kind, text);
  }

  /** Characters of a text in lines shown before. */
  known(text: string): number {
    return text.split("\n").reduce((sum, line) => sum + (this.#lines.has(line) ? line.length + 1 : 0), 0);
  }

  /**
   * The new part of a text: what remains when stretches of lines shown before are left out, or, when lines do not help,
   * what the text does not share with the start and the end of the last long text of its kind. The whole text when less
   * than half of it was shown before. Each stretch left out is marked in its place; stretches under 200 characters stay.
   */
  newPart(kind: string, text: string): NewPart {
    if (text.length < MIN_CHARS) return { text, repeated: 0 };
    const byLines = this.#withoutKnownLines(text);
    if (byLines.repeated >= MIN_SHARE * text.length) return byLines;
    const byEnds = withoutSharedEnds(text, this.#last.get(kind) ?? "");
    return byEnds.repeated >= MIN_SHARE * text.length ? byEnds : { text, repeated: 0 };
  }

  #withoutKnownLines(text: string): NewPart {
    const lines = text.split("\n");
    const kept: string[] = [];
    let repeated = 0;
    for (let from = 0; from < lines.length;) {
      const known = this.#lines.has(lines[from]!);
      let to = from + 1;
      while (to < lines.length && this.#lines.has(lines[to]!) === known) to++;
      const stretch = lines.slice(from, to);
      const chars = stretch.reduce((sum, line) => sum + line.length + 1, 0);
      if (known && chars >= MIN_STRETCH) {
        kept.push(mark(stretch.length, "line"));
        repeated += chars;
      } else {
        for (const line of stretch) kept.push(line);
      }
      from = to;
    }
    return { text: kept.join("\n"), repeated };
  }
}

function withoutSharedEnds(text: string, before: string): NewPart {
  const limit = Math.min(text.length, before.length);
  let head = 0;
  while (head < limit && text.charCodeAt(head) === before.charCodeAt(head)) head++;
  let tail = 0;
  while (
    tail < limit - head && text.charCodeAt(text.length - 1 - tail) === before.charCodeAt(before.length - 1 - tail)
  ) tail++;
  if (head < MIN_STRETCH) head = 0;
  if (tail < MIN_STRETCH) tail = 0;
  const parts = [
    head ? mark(head, "character") : "",
    text.slice(head, text.length - tail),
    tail ? mark(tail, "character") : "",
  ];
  return { text: parts.filter((part) => part !== "").join("\n"), repeated: head + tail };
}

function mark(n: number, unit: string): string {
  return `[… ${n} ${unit}${n === 1 ? "" : "s"} as shown before …]`;
}
