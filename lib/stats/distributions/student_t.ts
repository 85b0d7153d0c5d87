import { betaCdf } from "./beta.ts";
import { invertCdf } from "./invert_cdf.ts";
import { normalCdf, normalPValue, normalQuantile } from "./normal.ts";

/**
 * P(T <= t) of Student's t with `df` > 0 degrees of freedom (fractions allowed; infinite: the normal distribution).
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { studentTCdf } from "agent-trace-lab/stats";
 * equal(studentTCdf(0, 5), 0.5);
 * ```
 */
export function studentTCdf(t: number, df: number): number {
  if (df === Infinity) return normalCdf(t);
  const tail = studentTPValue(t, df) / 2;
  return t < 0 ? tail : 1 - tail;
}

/**
 * Two-sided p-value of a t statistic; accurate far into the tails. NaN stays NaN.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { studentTPValue } from "agent-trace-lab/stats";
 * equal(studentTPValue(2.571, 5).toFixed(2), "0.05");
 * ```
 */
export function studentTPValue(t: number, df: number): number {
  if (df === Infinity) return normalPValue(t);
  if (Number.isNaN(t)) return NaN;
  return betaCdf(df / (df + t * t), df / 2, 0.5);
}

/**
 * The t with P(T <= t) = p.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { studentTQuantile } from "agent-trace-lab/stats";
 * equal(studentTQuantile(0.975, 5).toFixed(3), "2.571");
 * ```
 */
export function studentTQuantile(p: number, df: number): number {
  if (df === Infinity) return normalQuantile(p);
  if (p === 0.5) return 0;
  const bothTails = 2 * Math.min(p, 1 - p);
  let above = 2;
  while (studentTPValue(above, df) > bothTails && above < 1e300) above *= 4;
  const t = invertCdf((x) => -studentTPValue(x, df), -bothTails, 0, above);
  return p < 0.5 ? -t : t;
}
