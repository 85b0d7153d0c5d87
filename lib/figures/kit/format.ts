/** Numbers as readers see them. A missing value is "n/a", never zero. */
import { plural } from "../../model/plural.ts";

export { plural };

const MISSING = "n/a";
const group = (n: number, digits = 0) =>
  n.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−");
const known = (n: number | null | undefined): n is number => typeof n === "number" && !Number.isNaN(n);

/**
 * A whole number with thousands separators: `1,781`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { int } from "agent-trace-lab/figures";
 * equal(int(12345), "12,345");
 * equal(int(null), "n/a");
 * ```
 */
export function int(n: number | null | undefined): string {
  return known(n) ? group(Math.round(n)) : MISSING;
}

/**
 * A share as percent: `64%`, with digits `64.2%`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { pct } from "agent-trace-lab/figures";
 * equal(pct(0.4567), "46%");
 * equal(pct(0.4567, 1), "45.7%");
 * ```
 */
export function pct(share: number | null | undefined, digits = 0): string {
  if (!known(share)) return MISSING;
  const text = group(share * 100, digits);
  return `${/^−[0.]+$/.test(text) ? text.slice(1) : text}%`;
}

/**
 * A number with so many digits behind the point: `0.31`, `−1.20`; what rounds to zero has no sign.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { fixed } from "agent-trace-lab/figures";
 * equal(fixed(-1.2, 2), "−1.20");
 * equal(fixed(-0.001, 2), "0.00");
 * ```
 */
export function fixed(n: number | null | undefined, digits: number): string {
  if (!known(n)) return MISSING;
  const text = n.toFixed(digits).replace("-", "−");
  return /^−[0.]+$/.test(text) ? text.slice(1) : text;
}

/**
 * A difference of shares in percentage points with its sign: `+12 pp`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { points } from "agent-trace-lab/figures";
 * equal(points(0.123), "+12 pp");
 * ```
 */
export function points(difference: number | null | undefined, digits = 0): string {
  if (!known(difference)) return MISSING;
  const text = group(Math.abs(difference) * 100, digits);
  const sign = /^[0.]+$/.test(text) ? "" : difference < 0 ? "−" : "+";
  return `${sign}${text} pp`;
}

/**
 * US dollars: cents from $0.01 to $1,000, two significant digits below a cent, whole dollars above.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { usd } from "agent-trace-lab/figures";
 * equal(usd(0.5), "$0.50");
 * equal(usd(null), "n/a"); // not known is not free
 * ```
 */
export function usd(amount: number | null | undefined): string {
  if (!known(amount)) return MISSING;
  if (amount === Infinity) return "no upper bound";
  const size = Math.abs(amount);
  const sign = amount < 0 ? "−" : "";
  if (size > 0 && size < 0.01) return `${sign}$${Number(size.toPrecision(2))}`;
  return `${sign}$${group(size, size >= 1000 ? 0 : 2)}`;
}

/** A share of what was counted: as {@link pct}, but `<1%` where it is not nothing, and `>99%` where it is not all. */
export function share(part: number | null | undefined): string {
  if (!known(part) || part < 1e-9 || part > 1 - 1e-9) return pct(part);
  return chance(part);
}

/** A probability from draws: `75%`; `<1%` and `>99%` where draws found it never or always, which is no certainty. */
export function chance(probability: number): string {
  return probability < 0.005 ? "<1%" : probability > 0.995 ? ">99%" : pct(probability);
}

/**
 * Tokens: `812`, `41k`, `4.2M`, `1.3B`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { tokens } from "agent-trace-lab/figures";
 * equal(tokens(1_234_567), "1.2M");
 * ```
 */
export function tokens(n: number | null | undefined): string {
  if (!known(n)) return MISSING;
  const size = Math.abs(n);
  for (const [unit, suffix] of [[1e9, "B"], [1e6, "M"], [1e3, "k"]] as const) {
    // 999,600 is 1.0M, not 1000k.
    if (size >= unit * 0.9995) return `${group(n / unit, size < unit * 9.95 ? 1 : 0)}${suffix}`;
  }
  return group(Math.round(n));
}

/** A round number of tokens, as axes and rules have them: `2M`, `500k`, `0`. */
export function tokenTick(n: number): string {
  return tokens(n).replace(/\.0(?=[kMB])/, "");
}

/**
 * A duration in seconds: `42 s`, `5.2 min`, `1.4 h`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { seconds } from "agent-trace-lab/figures";
 * equal(seconds(75), "75 s");
 * ```
 */
export function seconds(s: number | null | undefined): string {
  if (!known(s)) return MISSING;
  if (s < 99.5) return `${group(s, s < 9.95 ? 1 : 0)} s`;
  return s < 5970 ? `${group(s / 60, 1)} min` : `${group(s / 3600, 1)} h`;
}

/**
 * A ratio: `1.54×`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { times } from "agent-trace-lab/figures";
 * equal(times(1.5), "1.50×");
 * ```
 */
export function times(ratio: number | null | undefined, digits = 2): string {
  return known(ratio) ? `${group(ratio, digits)}×` : MISSING;
}

/** How many times as much, in words: `2 times`, `1.4 times`; null where it rounds to as much. */
export function timesAsMuch(ratio: number): string | null {
  if (Math.round(ratio) >= 2) return `${int(ratio)} times`;
  const text = group(ratio, 1);
  return text === "1.0" ? null : `${text} times`;
}

/**
 * A p value: `p = 0.031`, `p < 0.001`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { pValue } from "agent-trace-lab/figures";
 * equal(pValue(0.034), "p = 0.034");
 * equal(pValue(0.00001), "p < 0.001");
 * ```
 */
export function pValue(p: number | null | undefined): string {
  if (!known(p)) return `p ${MISSING}`;
  return p < 0.001 ? "p < 0.001" : `p = ${p < 0.1 ? p.toFixed(3) : p.toFixed(2)}`;
}

/** So many of all, to begin a sentence with: `3 of 4 models differ`; of none `No model differs`. */
export function someOf(k: number, n: number, one: string, many: string): string {
  return k === 0 ? `No ${one}` : `${int(k)} of ${plural(n, one, many)}`;
}
