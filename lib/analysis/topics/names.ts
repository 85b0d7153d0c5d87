import { logOddsDirichlet, type TermCounts } from "../../stats/mod.ts";
import type { TopicTerm } from "./types.ts";
import { wordsOf } from "./words.ts";

/** Terms kept of each topic, and how many of them make its name. */
const TERMS = 10;
const IN_NAME = 3;

/** A word of fewer of a topic's texts than this does not stand for it. */
const MIN_SHARE = 0.15;

/**
 * The words that tell each cluster from all other texts (log odds with an informative Dirichlet prior, a text counting a
 * word once): the most typical first, those in a few of its texts only left out.
 *
 * @param labels cluster of each text, -1 for none
 */
export function distinctiveTerms(texts: readonly string[], labels: readonly number[]): TopicTerm[][] {
  const words = texts.map((text) => new Set(wordsOf(text)));
  const clusters = Math.max(-1, ...labels) + 1;
  const all = countTexts(words);
  return Array.from({ length: clusters }, (_, cluster) => {
    const here = countTexts(words.filter((_, i) => labels[i] === cluster));
    const elsewhere = {
      counts: Object.fromEntries(Object.entries(all.counts).map(([term, n]) => [term, n - countOf(here, term)])),
      total: all.total - here.total,
    };
    return logOddsDirichlet(here, elsewhere)
      .filter(({ first, statistic }) => statistic > 0 && first >= MIN_SHARE * here.total)
      .slice(0, TERMS)
      .map(({ term, first, second, statistic }) => ({ term, texts: first, elsewhere: second, z: statistic }));
  });
}

/** A name made of a topic's most distinctive words; its number where it has none. */
export function nameOfTerms(terms: readonly TopicTerm[], number: number): string {
  return terms.slice(0, IN_NAME).map(({ term }) => term).join(", ") || `topic ${number}`;
}

/** Words such as `constructor` are properties of every object: only its own count. */
const countOf = ({ counts }: TermCounts, term: string) => Object.hasOwn(counts, term) ? counts[term] ?? 0 : 0;

function countTexts(texts: readonly ReadonlySet<string>[]): TermCounts {
  const counts = new Map<string, number>();
  for (const words of texts) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return { counts: Object.fromEntries(counts), total: texts.length };
}
