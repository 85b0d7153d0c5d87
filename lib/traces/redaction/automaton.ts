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

/** What is looked for. */
export interface Word {
  /** In lower case. */
  word: string;
  /**
   * How its first three letters are written, where case matters: the others are passed by without a look. Any way unless
   * told.
   */
  exact?: readonly string[] | undefined;
}

const LINE_BREAK = 255;
const BACKSLASH = 254;
/** Of a state, what says that a word ends there. */
const ENDS = 0x8000;
/** In the place of a state: a character that is no part of a word and does not end one. */
const SPECIAL = 0xffff;

/**
 * Builds the automaton of words of two letters or more.
 *
 * @throws {RangeError} where they have more than 32,766 beginnings
 */
export function automatonOf(sought: readonly Word[]): Automaton {
  const words = sought.map(({ word }) => word);
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
  return scanner({
    next: inOrder(next, shift, classes, order, outputs),
    ends: order.map((s) => outputs[s]!),
    deep: 1 + new Set(words.map((word) => word[0])).size + new Set(words.map((word) => word.slice(0, 2))).size,
    ...beginningsOf(sought),
  });
}

/** What tells by its first characters that no word begins somewhere. */
interface Beginnings {
  /** A bit for each three ASCII characters, 7 bits each: a word begins so, or ends where it has two; or a special. */
  triples: Uint32Array;
  /** A bit for the {@link hashOf} of three and the one after them. */
  quads: Uint32Array;
}

const SPECIALS = [10, 13, 92];
const ASCII = Array.from({ length: 128 }, (_, code) => code);

function hashOf(triple: number, next: number): number {
  return Math.imul(triple << 7 | next, 0x9e3779b1) >>> 16;
}

function beginningsOf(sought: readonly Word[]): Beginnings {
  const [triples, quads] = [new Uint32Array(1 << 16), new Uint32Array(1 << 11)];
  const set = (bits: Uint32Array, at: number) => bits[at >> 5]! |= 1 << (at & 31);
  const add = (triple: number, nexts: readonly number[]) => {
    set(triples, triple);
    for (const next of nexts) set(quads, hashOf(triple, next));
  };
  for (const { word, exact } of sought) {
    for (const begin of exact?.map((text) => text.slice(0, 4)) ?? casesOf(word.slice(0, 4))) {
      const [a, b, c, d] = Array.from(begin, (char) => char.charCodeAt(0));
      if (c !== undefined) add(a! << 14 | b! << 7 | c, d === undefined ? ASCII : [d, ...SPECIALS]);
      else for (const before of ASCII) add(before << 14 | a! << 7 | b!, ASCII);
    }
  }
  for (const special of SPECIALS) for (let before = 0; before < 1 << 14; before++) set(triples, before << 7 | special);
  return { triples, quads };
}

/** Every way to write letters, small or capital. */
function casesOf(letters: string): string[] {
  if (letters === "") return [""];
  const rest = casesOf(letters.slice(1));
  return [...new Set([letters[0]!, letters[0]!.toUpperCase()])].flatMap((first) => rest.map((more) => first + more));
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

interface Tables extends Beginnings {
  /** The state that follows a state and a character. */
  next: Uint16Array;
  /** The words that end in a state. */
  ends: readonly (readonly number[])[];
  /** The first state that lies three characters deep. */
  deep: number;
}

function scanner({ next, ends, deep, triples, quads }: Tables): Automaton {
  let room = new Uint8Array(1 << 16);

  /** The characters of a text as bytes, 0 for what is not ASCII: they are read several times as fast as those of a text. */
  function bytesOf(text: string): Uint8Array {
    const { length } = text;
    if (3 * length > room.length) room = new Uint8Array(6 * length);
    if (length <= 64) {
      for (let i = 0; i < length; i++) {
        const code = text.charCodeAt(i);
        room[i] = code < 128 ? code : 0;
      }
      return room;
    }
    const { written } = encoder.encodeInto(text, room);
    if (written === length) return room;
    // Of a character's bytes one stays, of the four that are a surrogate pair two.
    let at = 0;
    for (let i = 0; i < written; i++) {
      const byte = room[i]!;
      if (byte < 128) room[at++] = byte;
      else if (byte >= 192) {
        room[at++] = 0;
        if (byte >= 240) room[at++] = 0;
      }
    }
    return room;
  }

  // The last three characters that were read.
  let last = 0;

  /** Where the next beginning of a word has its third character, or a special stands; nearly all of a text is neither. */
  function nextBeginning(bytes: Uint8Array, from: number, length: number): number {
    let before = last;
    for (let i = from; i < length; i++) {
      const code = bytes[i]!;
      const triple = (before << 7 | code) & 0x1fffff;
      if ((triples[triple >> 5]! >> (triple & 31) & 1) !== 0) {
        if (code === 10 || code === 13) continue;
        const quad = hashOf(triple, bytes[i + 1]!);
        if (code === 92 || (quads[quad >> 5]! >> (quad & 31) & 1) !== 0) {
          last = before;
          return i;
        }
      }
      before = triple;
    }
    return length;
  }

  return {
    scan(text, found) {
      const bytes = bytesOf(text);
      const { length } = text;
      let state = 0;
      last = 0;
      for (let i = 0; i < length; i++) {
        if (state < deep) {
          i = nextBeginning(bytes, i, length);
          if (i === length) return;
          state = next[next[last >> 7 & 127]! << 7 | last & 127]! & ~ENDS;
        }
        const code = bytes[i]!;
        const to = next[(state << 7) | code]!;
        if (to === SPECIAL) {
          if (code === 92) {
            const skipped = escapedLength(text, i);
            if (skipped === 0) state = last = 0;
            else i += skipped - 1;
          }
          continue;
        }
        last = (last << 7 | code) & 0x1fffff;
        state = to & ~ENDS;
        if (to < ENDS) continue;
        const goOn = found(ends[state]!, i + 1);
        if (goOn > i + 1) {
          i = goOn - 1;
          state = last = 0;
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
