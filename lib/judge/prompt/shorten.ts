import { roughTokensOf, tokensOf } from "../../traces/text_tokens.ts";

/** Share of what is kept that is taken from the start; the rest is from the end. */
const HEAD = 0.6;

/** A text made to fit: all of it in `head`, or its start and its end. */
export interface Shortened {
  head: string;
  tail: string;
  /** Characters between them that were left out. */
  leftOut: number;
}

/**
 * Start and end of a text, in at most `tokens` tokens as `render` writes them. A text that fits is returned whole.
 */
export function shorten(text: string, tokens: number, render: (short: Shortened) => string): Shortened {
  const whole = { head: text, tail: "", leftOut: 0 };
  const has = roughTokensOf(render(whole));
  if (has <= tokens) return whole;
  let chars = Math.floor(text.length * Math.max(0, tokens - MARK_TOKENS) / has);
  for (;;) {
    const short = cut(text, chars);
    if (chars === 0 || tokensOf(render(short)) <= tokens) return short;
    chars = Math.floor(chars * 0.9);
  }
}

/** What saying that something was left out takes. */
const MARK_TOKENS = 10;

function cut(text: string, chars: number): Shortened {
  const head = wholeCharacters(text, Math.round(chars * HEAD), 0);
  const tail = Math.max(head, wholeCharacters(text, text.length - Math.round(chars * (1 - HEAD)), 1));
  return { head: text.slice(0, head), tail: text.slice(tail), leftOut: tail - head };
}

/** A position at which no surrogate pair is cut in two. */
function wholeCharacters(text: string, at: number, step: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xDC00 && code <= 0xDFFF ? at + step : at;
}
