import { roughTokensOf, tokensOf } from "./tokens.ts";

/** Share of what is kept that is taken from the start; the rest is from the end. */
const HEAD = 0.6;

/** A text made to fit. */
export interface Shortened {
  text: string;
  /** Characters of the original that are still there. */
  kept: number;
}

/**
 * A text of at most `tokens` tokens: start and end are kept, and what is between them is replaced by a line that says how
 * many characters were left out. A text that fits is returned as it is.
 */
export function shorten(text: string, tokens: number): Shortened {
  const has = roughTokensOf(text);
  if (has <= tokens) return { text, kept: text.length };
  let chars = Math.floor(text.length * Math.max(0, tokens - MARK_TOKENS) / has);
  for (;;) {
    const short = cut(text, chars);
    if (chars === 0 || tokensOf(short.text) <= tokens) return short;
    chars = Math.floor(chars * 0.9);
  }
}

const MARK_TOKENS = 12;

function cut(text: string, chars: number): Shortened {
  const head = wholeCharacters(text, Math.round(chars * HEAD), 0);
  const tail = Math.max(head, wholeCharacters(text, text.length - Math.round(chars * (1 - HEAD)), 1));
  const left = tail - head;
  return {
    text: `${text.slice(0, head)}\n[… ${left} characters left out …]\n${text.slice(tail)}`.trim(),
    kept: text.length - left,
  };
}

/** A position at which no surrogate pair is cut in two. */
function wholeCharacters(text: string, at: number, step: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xDC00 && code <= 0xDFFF ? at + step : at;
}
