import { wordsOf } from "./words.ts";

/** A row of a matrix that is mostly zero: the columns that are not, ascending, and their values. */
export interface SparseRow {
  columns: number[];
  values: number[];
}

/** Texts as weighted words. */
export interface WeightedWords {
  /** One row a text, of length 1; a text without any word of the vocabulary has no columns. */
  rows: SparseRow[];
  /** The columns' words, by name. */
  vocabulary: string[];
  /** How much a word weighs for being rare, by column. */
  rarity: number[];
}

/** Which words count. */
export interface VocabularyOptions {
  /** A word must occur in so many texts; 3 by default. */
  minTexts?: number;
  /** A word in more than this share of the texts tells nothing apart; 0.6 by default. */
  maxShare?: number;
}

/**
 * Weights each word of each text by how often the text has it and how few texts do: (1 + ln count) x
 * (ln((1 + texts) / (1 + texts with the word)) + 1), each row then divided by its length.
 *
 * @see Manning, Raghavan, Schütze (2008), Introduction to Information Retrieval, chapter 6
 */
export function weighWords(
  texts: readonly string[],
  { minTexts = 3, maxShare = 0.6 }: VocabularyOptions = {},
): WeightedWords {
  const counted = texts.map((text) => counts(wordsOf(text)));
  const inTexts = new Map<string, number>();
  for (const words of counted) for (const word of words.keys()) inTexts.set(word, (inTexts.get(word) ?? 0) + 1);
  const vocabulary = [...inTexts].filter(([, n]) => n >= minTexts && n <= maxShare * texts.length)
    .map(([word]) => word).sort();
  const rarity = vocabulary.map((word) => Math.log((1 + texts.length) / (1 + (inTexts.get(word) ?? 0))) + 1);
  return { rows: rowsOf(counted, vocabulary, rarity), vocabulary, rarity };
}

/** Other texts by a vocabulary and its weights; words that are not in it do not count. */
export function weighByVocabulary(
  texts: readonly string[],
  { vocabulary, rarity }: Pick<WeightedWords, "vocabulary" | "rarity">,
): SparseRow[] {
  return rowsOf(texts.map((text) => counts(wordsOf(text))), vocabulary, rarity);
}

function rowsOf(
  counted: readonly ReadonlyMap<string, number>[],
  vocabulary: readonly string[],
  rarity: readonly number[],
): SparseRow[] {
  const column = new Map(vocabulary.map((word, i) => [word, i]));
  return counted.map((words): SparseRow => {
    const entries = [...words].flatMap(([word, n]): [number, number][] => {
      const at = column.get(word);
      return at === undefined ? [] : [[at, (1 + Math.log(n)) * rarity[at]!]];
    }).sort(([a], [b]) => a - b);
    const length = Math.sqrt(entries.reduce((sum, [, value]) => sum + value * value, 0));
    return { columns: entries.map(([at]) => at), values: entries.map(([, value]) => value / length) };
  });
}

function counts(words: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}
