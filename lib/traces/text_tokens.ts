import { countTokens, setMergeCacheSize } from "gpt-tokenizer/encoding/o200k_base";

/** The tokenizer keeps words that it took apart: with its 100,000 memory would grow with every session that is read. */
setMergeCacheSize(10_000);

/** Special tokens in a trace are text like any other: none is disallowed, or `<|endoftext|>` would throw. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/** Unbroken runs make the tokenizer's time grow with their square, so they are counted in pieces. */
const LONG_RUN = /\S{400,}|\s{400,}/g;
const PIECE = 200;

/**
 * Tokens of a text in OpenAI's o200k_base encoding (GPT-4o and later). Runs of 400 and more characters without a
 * break are counted in pieces of 200, which gives at most one token more a piece; so time grows linearly with length.
 */
export function tokensOf(text: string): number {
  let tokens = 0;
  let from = 0;
  for (const match of text.matchAll(LONG_RUN)) {
    tokens += countTokens(text.slice(from, match.index), AS_TEXT);
    from = match.index + match[0].length;
    for (let at = match.index; at < from; at += PIECE) {
      tokens += countTokens(text.slice(at, Math.min(from, at + PIECE)), AS_TEXT);
    }
  }
  return tokens + countTokens(text.slice(from), AS_TEXT);
}

/** Longest text that is counted whole where only an estimate is needed. */
const SAMPLE_CHARS = 40_000;

/** Tokens of a text, counted on its ends and scaled by length where it is long. For texts that will be shortened anyway. */
export function roughTokensOf(text: string): number {
  if (text.length <= 2 * SAMPLE_CHARS) return tokensOf(text);
  const counted = tokensOf(text.slice(0, SAMPLE_CHARS)) + tokensOf(text.slice(-SAMPLE_CHARS));
  return Math.ceil(counted * text.length / (2 * SAMPLE_CHARS));
}
