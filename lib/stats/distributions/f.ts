import { betaCdf } from "./beta.ts";
import { logFactorial } from "./log_factorial.ts";

/**
 * P(F <= x) of the F distribution with `df1` and `df2` > 0 degrees of freedom (fractions allowed) and noncentrality lambda:
 * a Poisson mixture of beta distributions, added up from its middle outwards.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { fCdf } from "agent-trace-lab/stats";
 * equal(fCdf(3.2388715, 3, 16).toFixed(4), "0.9500");
 * equal(fCdf(3.2388715, 3, 16, 10).toFixed(4), "0.3558");
 * ```
 *
 * @see Johnson, Kotz, Balakrishnan (1995), Continuous Univariate Distributions 2, chapter 30
 */
export function fCdf(x: number, df1: number, df2: number, noncentrality = 0): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : 0;
  const share = df1 * x / (df1 * x + df2), mean = noncentrality / 2;
  const term = (j: number) =>
    Math.exp(j * (mean > 0 ? Math.log(mean) : 0) - mean - logFactorial(j)) *
    betaCdf(share, df1 / 2 + j, df2 / 2);
  if (mean === 0) return betaCdf(share, df1 / 2, df2 / 2);
  const middle = Math.floor(mean), reach = Math.ceil(7 * Math.sqrt(mean) + 16);
  let total = 0;
  for (let j = Math.max(0, middle - reach); j <= middle + reach; j++) total += term(j);
  return Math.min(1, total);
}
