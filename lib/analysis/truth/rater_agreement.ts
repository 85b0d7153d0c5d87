import { type Label, latestLabels, type Verdict } from "../../model/mod.ts";
import { cohenKappa } from "../../stats/mod.ts";

/** How far two people agree on the sessions that both labelled. */
export interface RaterPair {
  /** Their names, in alphabetical order. */
  raters: [string, string];
  /** Sessions that both labelled. */
  n: number;
  /** Sessions of which both say the same. */
  agree: number;
  /** Cohen's kappa; null where one of them only ever says one and the same thing. */
  kappa: { estimate: number; lo: number; hi: number } | null;
}

/** Every two people who labelled sessions in common; who cannot tell counts as a word of its own. */
export function raterAgreement(labels: readonly Label[]): RaterPair[] {
  const latest = latestLabels(labels);
  const raters = [...new Set(latest.map(({ rater }) => rater))].sort();
  const of = (rater: string) => new Map(latest.filter((l) => l.rater === rater).map((l) => [l.session_id, l.verdict]));
  const words: Verdict[] = [1, 0, null];
  return raters.flatMap((a, i) =>
    raters.slice(i + 1).flatMap((b): RaterPair[] => {
      const [first, second] = [of(a), of(b)];
      const both = [...first.keys()].filter((id) => second.has(id));
      if (both.length === 0) return [];
      const table = words.map((x) =>
        words.map((y) => both.filter((id) => first.get(id) === x && second.get(id) === y).length)
      );
      const { estimate, stdError, lo, hi } = cohenKappa(table);
      // Who only ever says one and the same agrees as chance has it, whatever was labelled: that is no measurement.
      const isMeasured = Number.isFinite(estimate) && (stdError > 0 || estimate === 1);
      return [{
        raters: [a, b],
        n: both.length,
        agree: table.reduce((sum, row, k) => sum + row[k]!, 0),
        kappa: isMeasured ? { estimate, lo, hi } : null,
      }];
    })
  );
}
