/** Finds many words in a text at once (Aho and Corasick, 1975), without regard to the case of ASCII letters. */
export interface Automaton {
  /**
   * Calls back at each occurrence, with the words that end there (the longest first) and the position after them. What
   * comes back is where to go on: that position, or a later one. Line breaks inside a word, also as `\n` in JSON text, do
   * not count.
   */
  scan(text: string, found: (words: readonly number[], end: number) => number): void;
}

const LINE_BREAK = 255;
const BACKSLASH = 254;

/** Builds the automaton of lower-case words. */
export function automatonOf(words: readonly string[]): Automaton {
  const { classes, width } = classesOf(words);
  const { children, outputs } = trieOf(words, classes);
  const next = new Int32Array(children.length * width);
  const fail = new Int32Array(children.length);
  const queue: number[] = [...children[0]!.values()];
  for (const [symbol, state] of children[0]!) next[symbol] = state;
  for (const state of queue) {
    for (let symbol = 0; symbol < width; symbol++) {
      const child = children[state]!.get(symbol);
      const otherwise = next[fail[state]! * width + symbol]!;
      next[state * width + symbol] = child ?? otherwise;
      if (child === undefined) continue;
      fail[child] = otherwise;
      outputs[child]!.push(...outputs[otherwise]!);
      queue.push(child);
    }
  }
  for (let i = 0; i < next.length; i++) next[i] = next[i]! * width;
  const ends: (readonly number[] | null)[] = Array(next.length).fill(null);
  outputs.forEach((found, state) => {
    if (found.length) ends[state * width] = found;
  });
  return { scan: scanner(classes, next, ends) };
}

function scanner(classes: Uint8Array, next: Int32Array, ends: readonly (readonly number[] | null)[]) {
  return (text: string, found: (words: readonly number[], end: number) => number): void => {
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const symbol = code < 128 ? classes[code]! : 0;
      if (symbol >= BACKSLASH) {
        if (symbol === BACKSLASH) {
          const skipped = escapedLength(text, i);
          if (skipped === 0) state = 0;
          else i += skipped - 1;
        }
        continue;
      }
      state = next[state + symbol]!;
      const words = ends[state];
      if (!words) continue;
      const goOn = found(words, i + 1);
      if (goOn > i + 1) {
        i = goOn - 1;
        state = 0;
      }
    }
  };
}

/** Length of a line break written as `\n` or `\r` in JSON text, 0 where there is none. */
export function escapedLength(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) === 92 && i < at + 8) i++;
  return text[i] === "n" || text[i] === "r" ? i + 1 - at : 0;
}

function classesOf(words: readonly string[]): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(128);
  let width = 1;
  for (const char of words.join("")) {
    const code = char.charCodeAt(0);
    if (classes[code] === 0) classes[code] = width++;
  }
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32]!;
  classes[10] = classes[13] = LINE_BREAK;
  classes[92] = BACKSLASH;
  return { classes, width };
}

function trieOf(words: readonly string[], classes: Uint8Array) {
  const children: Map<number, number>[] = [new Map()];
  const outputs: number[][] = [[]];
  words.forEach((word, index) => {
    let state = 0;
    for (let i = 0; i < word.length; i++) {
      const symbol = classes[word.charCodeAt(i)]!;
      let child = children[state]!.get(symbol);
      if (child === undefined) {
        child = children.push(new Map()) - 1;
        outputs.push([]);
        children[state]!.set(symbol, child);
      }
      state = child;
    }
    outputs[state]!.push(index);
  });
  return { children, outputs };
}
