/** Finds many words in a text at once (Aho and Corasick, 1975), without regard to the case of ASCII letters. */
export interface Automaton {
  /**
   * Calls back at each occurrence, with the words that end there (the longest first) and the position after them. What
   * comes back is where to go on: that position, or a later one. Line breaks inside a word, also as `\n` in JSON text, do
   * not count.
   */
  scan(text: string, found: OnWords): void;
}

type OnWords = (words: readonly number[], end: number) => number;

const LINE_BREAK = 255;
const BACKSLASH = 254;
/** Of a state, what says that a word ends there. */
const ENDS = 0x8000;
/** In the place of a state: a character that is no part of a word and does not end one. */
const SPECIAL = 0xffff;

/**
 * Builds the automaton of lower-case words.
 *
 * @throws {RangeError} where they have more than 32,766 beginnings
 */
export function automatonOf(words: readonly string[]): Automaton {
  const { classes, shift } = classesOf(words);
  const { children, outputs } = trieOf(words, classes);
  if (children.length >= ENDS - 1) throw new RangeError(`expected words of fewer than ${ENDS - 1} beginnings`);
  const next = new Uint16Array(children.length << shift);
  const fail = new Uint16Array(children.length);
  // States are numbered as they come here: those near the root, where nearly all of a text is read, lie side by side.
  const queue: number[] = [...children[0]!.values()];
  for (const [symbol, state] of children[0]!) next[symbol] = state;
  for (const state of queue) {
    for (let symbol = 0; symbol < 1 << shift; symbol++) {
      const child = children[state]!.get(symbol);
      const otherwise = next[(fail[state]! << shift) + symbol]!;
      next[(state << shift) + symbol] = child ?? otherwise;
      if (child === undefined) continue;
      fail[child] = otherwise;
      outputs[child]!.push(...outputs[otherwise]!);
      queue.push(child);
    }
  }
  const order = [0, ...queue];
  return scanner(inOrder(next, shift, classes, order, outputs), order.map((s) => outputs[s]!));
}

/** The table by state and ASCII character, its states in another order, in which those where a word ends are marked. */
function inOrder(
  next: Uint16Array,
  shift: number,
  classes: Uint8Array,
  order: readonly number[],
  outputs: readonly number[][],
): Uint16Array {
  const place = new Uint16Array(order.length);
  order.forEach((state, i) => place[state] = outputs[state]!.length ? i | ENDS : i);
  const sorted = new Uint16Array(order.length << 7);
  order.forEach((state, i) => {
    for (let code = 0; code < 128; code++) {
      const symbol = classes[code]!;
      sorted[(i << 7) | code] = symbol >= BACKSLASH ? SPECIAL : place[next[(state << shift) + symbol]!]!;
    }
  });
  return sorted;
}

const encoder = new TextEncoder();

function scanner(next: Uint16Array, ends: readonly (readonly number[])[]): Automaton {
  let room = new Uint8Array(1 << 16);

  /** The characters of a text as bytes, 0 for what is not ASCII: they are read several times as fast as those of a text. */
  function bytesOf(text: string): Uint8Array {
    const { length } = text;
    if (length > room.length) room = new Uint8Array(2 * length);
    if (length > 64) {
      const { read, written } = encoder.encodeInto(text, room.subarray(0, length));
      if (read === length && written === length) return room;
    }
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      room[i] = code < 128 ? code : 0;
    }
    return room;
  }

  return {
    scan(text, found) {
      const bytes = bytesOf(text);
      let state = 0;
      const { length } = text;
      for (let i = 0; i < length; i++) {
        const to = next[(state << 7) | bytes[i]!]!;
        if (to < ENDS) {
          state = to;
          continue;
        }
        if (to === SPECIAL) {
          if (bytes[i] === 92) {
            const skipped = escapedLength(text, i);
            if (skipped === 0) state = 0;
            else i += skipped - 1;
          }
          continue;
        }
        state = to - ENDS;
        const goOn = found(ends[state]!, i + 1);
        if (goOn > i + 1) {
          i = goOn - 1;
          state = 0;
        }
      }
    },
  };
}

/** Length of a line break written as `\n` or `\r` in JSON text, 0 where there is none. */
export function escapedLength(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) === 92 && i < at + 8) i++;
  return text[i] === "n" || text[i] === "r" ? i + 1 - at : 0;
}

/** A number for each character that is in a word, 0 for all others. */
function classesOf(words: readonly string[]): { classes: Uint8Array; shift: number } {
  const classes = new Uint8Array(128);
  let width = 1;
  for (const char of words.join("")) {
    const code = char.charCodeAt(0);
    if (classes[code] === 0) classes[code] = width++;
  }
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32]!;
  classes[10] = classes[13] = LINE_BREAK;
  classes[92] = BACKSLASH;
  return { classes, shift: Math.ceil(Math.log2(width)) };
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
