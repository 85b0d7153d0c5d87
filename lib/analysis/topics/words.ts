import stopWords from "./stop_words.json" with { type: "json" };

const STOP_WORDS: ReadonlySet<string> = new Set(stopWords.words);

/** Whether a word says nothing of what a text is about; negations do say something. */
export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);

/**
 * The words of an English text that say what it is about, in order: lower case, of two letters or more, without
 * numbers, the stop words of `stop_words.json` left out, plurals folded into the singular. A name in camelCase or
 * with underscores stays one word.
 */
export function wordsOf(text: string): string[] {
  const found = text.normalize("NFKC").toLowerCase().match(/\p{L}[\p{L}\p{M}\p{N}_]*(?:['’]\p{L}+)?/gu) ?? [];
  return found.map((word) => word.replace(/['’]s$/, "").replaceAll("’", "'"))
    .filter((word) => word.length > 1 && !STOP_WORDS.has(word)).map(singular)
    .filter((word) => !STOP_WORDS.has(word));
}

/**
 * A plural's singular by three endings and their exceptions; other words as they are.
 *
 * @see Harman (1991), How effective is suffixing?, Journal of the American Society for Information Science 42, 7-15
 */
export function singular(word: string): string {
  if (word.length < 4) return word;
  if (/(?<![ae])ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|zz)es$/.test(word)) return word.slice(0, -2);
  if (/(?<![aeo])es$/.test(word)) return word.slice(0, -1);
  return /(?<![usi])s$/.test(word) && !/ies$/.test(word) ? word.slice(0, -1) : word;
}
