import { binomialCdf } from "../distributions/beta.ts";
import { checkNamedCounts } from "../counts.ts";
import { type Estimate, Z95 } from "../types.ts";

/** Pairs of verdicts on the same things, counted by what each side said. */
export interface PairedCounts {
  /** Both positive. */
  both: number;
  /** First positive, second negative. */
  onlyFirst: number;
  /** First negative, second positive. */
  onlySecond: number;
  /** Both negative. */
  neither: number;
}

/**
 * McNemar's test of two verdicts on the same sessions: do they differ in rate? Only sessions on which they disagree say
 * something.
 *
 * With b = `onlyFirst` and c = `onlySecond` of n pairs: `estimate` is the difference of the paired rates, first - second
 * = (b - c) / n; `statistic` (b - c)^2 / (b + c); `pValue` exact, two-sided, from the binomial distribution of b among
 * b + c; `lo` and `hi` are Bonett and Price's interval (one pair added to each of b and c), `stdError` its standard
 * error. Pairs must be independent: where tasks were tried several times they are not, and {@link pairedDifference} is the one.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { mcnemar } from "agent-trace-lab/stats";
 * const { estimate, pValue } = mcnemar({ both: 40, onlyFirst: 9, onlySecond: 1, neither: 50 });
 * ok(estimate === 0.08 && pValue < 0.03);
 * ```
 *
 * @throws {RangeError} when a count is negative or not whole, or there are no pairs
 * @see McNemar (1947), Psychometrika 12, 153-157; Bonett and Price (2012), JEBS 37, 479-488
 */
export function mcnemar({ both, onlyFirst: b, onlySecond: c, neither }: PairedCounts): Estimate {
  checkNamedCounts({ both, onlyFirst: b, onlySecond: c, neither }, "mcnemar");
  const n = both + b + c + neither;
  if (n === 0) throw new RangeError("mcnemar: expected pairs, found none");
  const [first, second] = [(b + 1) / (n + 2), (c + 1) / (n + 2)];
  const stdError = Math.sqrt((first + second - (first - second) ** 2) / (n + 2));
  return {
    estimate: (b - c) / n,
    stdError,
    statistic: b + c === 0 ? 0 : (b - c) ** 2 / (b + c),
    pValue: Math.min(1, 2 * binomialCdf(Math.min(b, c), b + c, 0.5)),
    lo: Math.max(-1, first - second - Z95 * stdError),
    hi: Math.min(1, first - second + Z95 * stdError),
  };
}
