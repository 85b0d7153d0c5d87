/** A run of characters that goes on over line breaks, and where each character of it came from. */
export interface Lines {
  text: string;
  /** Position in the whole text of each character, and after the last. */
  at: number[];
  /** Lengths of `text` where a line break was left out. */
  breaks: number[];
}

const BREAK = /[ \t]{0,8}\\{0,8}(?:\r?\n|\\{1,8}r\\{1,8}n|\\{1,8}n)(?:[ \t>|]|\\{1,8}t){0,40}/y;

/** Length of a line break at a position and of the white space and marks of quotation around it, 0 where there is none. */
export function breakLength(text: string, at: number): number {
  BREAK.lastIndex = at;
  return BREAK.test(text) ? BREAK.lastIndex - at : 0;
}

/** The characters of one set from a position on, line breaks (also `\n` in JSON text) and what comes with them left out; so
 * many characters and breaks at most. */
export function linesOfSet(text: string, from: number, chars: Uint8Array, atMost: number, most: number): Lines {
  let run = "";
  const at: number[] = [];
  const breaks: number[] = [];
  let i = from;
  while (i < text.length && run.length < atMost) {
    const code = text.charCodeAt(i);
    const gap = code <= 32 || code === 92 ? breakLength(text, i) : 0;
    if (gap > 0 && breaks.length === most) break;
    if (gap > 0) {
      breaks.push(run.length);
      i += gap;
    } else if (chars[code] === 1) {
      run += text[i];
      at.push(i++);
    } else break;
  }
  at.push(i);
  return { text: run, at, breaks };
}
