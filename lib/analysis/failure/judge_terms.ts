import type { Dataset, Session, TermCount } from "../../model/mod.ts";
import { logOddsDirichlet, type TermCounts } from "../../stats/mod.ts";
import { needSessions } from "../counts/need_sessions.ts";
import { groupBy } from "../counts/tally.ts";
import { isStopWord } from "../topics/words.ts";

/** A word that tells one harness's failure reasons from the others' of the same benchmark. */
export interface JudgeTermRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The word. */
  term: string;
  /** Reasons of this harness with the term, of so many failures; the same for the others. */
  reasons: number;
  /** Failed sessions of this harness. */
  failures: number;
  /** Reasons of the other harnesses with the term. */
  reasons_elsewhere: number;
  /** Failed sessions of the other harnesses. */
  failures_elsewhere: number;
  /** Log odds against the other harnesses. */
  log_odds: number;
  /** Log odds over its standard deviation. */
  z: number;
}

/** Failures of a harness on a benchmark from which on its words are told. */
export const MIN_TERM_FAILURES = 10;

/** Reasons of a benchmark x harness in which a word must occur to be counted. */
export const MIN_TERM_REASONS = 3;

/**
 * Words that tell one harness's failure reasons from those of the other harnesses, within one benchmark (across
 * benchmarks they would only name the task): log odds with an informative Dirichlet prior, the most typical first. From
 * the source's own counts where it states them, else from the judge's reasons. Words that say nothing of what a text is about
 * are left out, but not negations; harnesses of fewer than {@link MIN_TERM_FAILURES} failures are among the others alone. A
 * benchmark with one harness has no rows.
 */
export function judgeTerms(dataset: Dataset): JudgeTermRow[] {
  const counts = dataset.distributions.termCounts ?? termCounts(needSessions(dataset));
  return [...groupBy(counts, (c) => c.benchmark)].flatMap(([benchmark, of]) => {
    const harnesses = [...groupBy(of, (c) => c.harness)];
    if (harnesses.length < 2) return [];
    return harnesses.filter(([, own]) => own[0]!.failures >= MIN_TERM_FAILURES).flatMap(([harness, own]) => {
      const others = harnesses.filter(([name]) => name !== harness).map(([, rows]) => rows);
      const [here, elsewhere] = [textsOf([own]), textsOf(others)];
      return logOddsDirichlet(here, elsewhere).filter((c) => Number.isFinite(c.stdError) && !isStopWord(c.term)).map((
        c,
      ): JudgeTermRow => ({
        benchmark,
        harness,
        term: c.term,
        reasons: c.first,
        failures: here.total,
        reasons_elsewhere: c.second,
        failures_elsewhere: elsewhere.total,
        log_odds: c.estimate,
        z: c.statistic,
      }));
    });
  });
}

/**
 * In how many reasons of failed sessions a word occurs, per benchmark and harness: words of three or more letters,
 * lower case, in at least {@link MIN_TERM_REASONS} reasons. Failed sessions without a reason count as failures without
 * words.
 */
export function termCounts(sessions: readonly Session[]): TermCount[] {
  const failed = sessions.filter((s) => s.success === 0);
  return [...groupBy(failed, (s) => JSON.stringify([s.benchmark, s.harness]))].sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([, group]) => {
      const first = group[0];
      if (first === undefined) return [];
      const reasons = new Map<string, number>();
      for (const { judgeReasoning } of group) {
        const words = new Set(judgeReasoning?.toLowerCase().match(/[a-z]{3,}/g));
        for (const word of words) reasons.set(word, (reasons.get(word) ?? 0) + 1);
      }
      return [...reasons].filter(([, n]) => n >= MIN_TERM_REASONS)
        .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
        .map(([term, n]): TermCount => ({
          benchmark: first.benchmark,
          harness: first.harness,
          failures: group.length,
          term,
          reasons: n,
        }));
    });
}

/** Harnesses together as one group of texts. */
function textsOf(harnesses: readonly (readonly TermCount[])[]): TermCounts {
  const counts = new Map<string, number>();
  for (const { term, reasons } of harnesses.flat()) counts.set(term, (counts.get(term) ?? 0) + reasons);
  const total = harnesses.reduce((sum, rows) => sum + (rows[0]?.failures ?? 0), 0);
  return { counts: Object.fromEntries(counts), total };
}
