import { incompleteBeta } from "./incomplete_beta.ts";
import { invertCdf } from "./invert_cdf.ts";

/**
 * P(X <= x) of the beta distribution with parameters a, b > 0.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { betaCdf } from "agent-trace-lab/stats";
 * equal(betaCdf(0.5, 3, 3).toFixed(12), "0.500000000000");
 * ```
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return incompleteBeta(x, a, b);
}

/**
 * The x with P(X <= x) = p of the beta distribution with parameters a, b > 0.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { betaQuantile } from "agent-trace-lab/stats";
 * ok(Math.abs(betaQuantile(0.5, 3, 3) - 0.5) < 1e-12);
 * ```
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return invertCdf((x) => betaCdf(x, a, b), p, 0, 1);
}

/**
 * P(X <= k) of the binomial distribution with n trials of probability p, through the beta distribution.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { binomialCdf } from "agent-trace-lab/stats";
 * ok(Math.abs(binomialCdf(1, 3, 0.5) - 0.5) < 1e-12);
 * ```
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betaCdf(1 - p, n - k, k + 1);
}
