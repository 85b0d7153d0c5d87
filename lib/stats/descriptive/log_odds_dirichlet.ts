import { normalPValue } from "../distributions/normal.ts";
import { type Estimate, Z95 } from "../types.ts";

/** How often terms occur in one group of texts. */
export interface TermCounts {
  /** Occurrences by term. */
  counts: Readonly<Record<string, number>>;
  /** What a count is out of: all words, or all texts when a count says in how many texts the term occurs. */
  total: number;
}

/** A term and how much more often the first group uses it; `estimate` is the difference of log odds. */
export interface TermContrast extends Estimate {
  /** The term. */
  term: string;
  /** Its count in the first group. */
  first: number;
  /** Its count in the second group. */
  second: number;
}

/**
 * Words that tell one group of texts from another: the difference of the log odds of each term, both shrunk towards the
 * rate in a prior corpus, over its standard error. Rare words do not win by luck, common ones not by size.
 *
 * With y, n of a group, a_w = priorTotal * (the term's share in the prior) and a_0 = priorTotal:
 * log odds = log((y + a_w) / (n + a_0 - y - a_w)), each with variance 1/(y + a_w) + 1/(n + a_0 - y - a_w). (The paper
 * goes on to drop the second part, which is nothing for a word among many; among texts, terms can be common.) A term in
 * every text of both groups tells nothing: difference 0, standard error infinite.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { logOddsDirichlet } from "agent-trace-lab/stats";
 * const failed = { counts: { loop: 30, the: 90 }, total: 100 };
 * const solved = { counts: { loop: 2, the: 91 }, total: 100 };
 * equal(logOddsDirichlet(failed, solved)[0]!.term, "loop");
 * ```
 *
 * @param prior the corpus the prior's shares are from; both groups together when not given
 * @param priorTotal how many observations the prior is worth; 100 by default
 * @returns terms of either group, those most typical of the first group first; ties by name
 * @throws {RangeError} when a count is negative or above its total, or a term has no weight in the prior
 * @see Monroe, Colaresi, Quinn (2008), Political Analysis 16, 372-403
 */
export function logOddsDirichlet(
  first: TermCounts,
  second: TermCounts,
  { prior = together(first, second), priorTotal = 100 }: { prior?: TermCounts; priorTotal?: number } = {},
): TermContrast[] {
  const terms = new Set([...Object.keys(first.counts), ...Object.keys(second.counts)]);
  const contrasts = [...terms].map((term): TermContrast => {
    const [y1, y2] = [countOf(first, term), countOf(second, term)];
    const weight = priorTotal * countOf(prior, term) / prior.total;
    const without = [first.total - y1, second.total - y2].map((n) => n + priorTotal - weight) as [number, number];
    if (!(weight > 0) || (Math.min(...without) <= 0 && Math.max(...without) > 0)) {
      throw new RangeError(`logOddsDirichlet: expected the prior to give "${term}" a share above 0 and below 1`);
    }
    const everywhere = without[0] <= 0;
    const estimate = everywhere ? 0 : Math.log((y1 + weight) / without[0]) - Math.log((y2 + weight) / without[1]);
    const stdError = everywhere
      ? Infinity
      : Math.sqrt(1 / (y1 + weight) + 1 / without[0] + 1 / (y2 + weight) + 1 / without[1]);
    const [statistic, reach] = [estimate / stdError, Z95 * stdError];
    return {
      term,
      first: y1,
      second: y2,
      estimate,
      stdError,
      statistic,
      pValue: normalPValue(statistic),
      lo: estimate - reach,
      hi: estimate + reach,
    };
  });
  return contrasts.sort((a, b) => b.statistic - a.statistic || (a.term < b.term ? -1 : 1));
}

function countOf({ counts, total }: TermCounts, term: string): number {
  const count = Object.hasOwn(counts, term) ? counts[term]! : 0;
  if (!(count >= 0 && count <= total)) {
    throw new RangeError(`logOddsDirichlet: expected a count of "${term}" from 0 to ${total}, found ${count}`);
  }
  return count;
}

function together(first: TermCounts, second: TermCounts): TermCounts {
  const counts = new Map<string, number>(Object.entries(first.counts));
  for (const [term, n] of Object.entries(second.counts)) counts.set(term, (counts.get(term) ?? 0) + n);
  return { counts: Object.fromEntries(counts), total: first.total + second.total };
}
