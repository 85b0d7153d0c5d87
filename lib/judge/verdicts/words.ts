const words = new Intl.Segmenter(undefined, { granularity: "word" });
/** Scripts that put no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/**
 * Words of a text: what white space separates; where a script has none, by Unicode's word boundaries. A dash or other mark
 * that stands alone is no word.
 */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/u).flatMap((piece) => {
    if (!UNSPACED.test(piece)) return /[\p{L}\p{N}]/u.test(piece) ? [piece] : [];
    return [...words.segment(piece)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
  });
}

/** The beginning of a text with at most `n` words; the text itself when it has no more. */
export function firstWords(text: string, n: number): string {
  if (wordsOf(text).length <= n) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (wordsOf(text.slice(0, middle)).length <= n) low = middle;
    else high = middle - 1;
  }
  // The last word may be the beginning of a longer one.
  const cut = text.slice(0, low);
  return (UNSPACED.test(cut.at(-1) ?? "") || /\s/u.test(text[low] ?? " ") ? cut : cut.replace(/\S+$/u, "")).trim();
}
