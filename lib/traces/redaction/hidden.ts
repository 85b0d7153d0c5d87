/**
 * Whether a character cannot be seen and may stand inside a secret: soft hyphen, zero-width characters, marks of direction,
 * word joiner, byte order mark, variation selectors.
 */
export function isHidden(code: number): boolean {
  if (code < 0x200b) return code === 0xad || code === 0x180e || code === 0x34f || code === 0x61c;
  return code <= 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x2064) ||
    (code >= 0x2066 && code <= 0x2069) || (code >= 0xfe00 && code <= 0xfe0f) || code === 0xfeff;
}

/** What has to be read before a text is as its reader sees it: invisible characters, `%2D`, `\u002d`. */
const HIDDEN =
  /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]|%(?:2[1-9A-F]|3[A-F]|40|5[BDEF]|7[BDE]|E2%80%8|EF%BB%BF)|\\u(?:00[2-7]|200|206|feff|00ad)/gi;
const LONGEST_WORD = 20_000;

/** A piece of a text as its reader sees it, and where each character of it came from. */
export interface Seen {
  text: string;
  /** Position in the whole text of each character, and after the last. */
  at: number[];
}

/** The words of a text that have something hidden in them, as their reader sees them. */
export function* hiddenWords(text: string): Generator<Seen> {
  HIDDEN.lastIndex = 0;
  for (let found = HIDDEN.exec(text); found; found = HIDDEN.exec(text)) {
    const end = edge(text, found.index, 1, LONGEST_WORD);
    const start = edge(text, found.index, -1, 1000);
    yield unhidden(text, start, end);
    HIDDEN.lastIndex = end;
  }
}

/** Where white space ends a word, looking one way for so many characters at most. */
function edge(text: string, from: number, step: 1 | -1, atMost: number): number {
  let at = from;
  while (Math.abs(at - from) < atMost) {
    const next = step === 1 ? at : at - 1;
    if (next < 0 || next >= text.length || text.charCodeAt(next) <= 32) return at;
    at += step;
  }
  return at;
}

function unhidden(text: string, from: number, to: number): Seen {
  let seen = "";
  const at: number[] = [];
  for (let i = from; i < to;) {
    const code = text.charCodeAt(i);
    const [char, length] = code === 37
      ? percent(text, i)
      : code === 92
      ? escape(text, i)
      : [isHidden(code) ? "" : text[i]!, 1];
    if (char !== "") {
      seen += char;
      at.push(i);
    }
    i += length;
  }
  at.push(to);
  return { text: seen, at };
}

/** The character that a percent escape stands for, an ASCII one only, nothing for an invisible one, and its length. */
function percent(text: string, at: number): [string, number] {
  if (/^(?:%E2%80%8[B-F]|%EF%BB%BF)/i.test(text.slice(at, at + 9))) return ["", 9];
  const hex = text.slice(at + 1, at + 3);
  const code = /^[0-7][0-9A-Fa-f]$/.test(hex) ? Number.parseInt(hex, 16) : 0;
  return code > 32 && code < 127 ? [String.fromCharCode(code), 3] : ["%", 1];
}

/** The character that `\u002d` stands for, nothing for an invisible one, and the escape's length. */
function escape(text: string, at: number): [string, number] {
  const found = /^\\{1,8}u([0-9A-Fa-f]{4})/.exec(text.slice(at, at + 14));
  if (!found) return ["\\", 1];
  const code = Number.parseInt(found[1]!, 16);
  if (isHidden(code)) return ["", found[0].length];
  return code > 32 && code < 127 ? [String.fromCharCode(code), found[0].length] : ["\\", 1];
}
