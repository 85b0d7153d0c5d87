import type jsonata from "jsonata";
import { fisherExact, newcombe, quantile, tasksNeeded, wilson, Z95 } from "../../stats/mod.ts";

/** Scored sessions and successes among them, as rows of the results have them. */
interface Counted {
  n: number;
  k: number;
}

/** An estimate with its interval, as effects of claims are. */
interface Told {
  estimate: number;
  lo: number;
  hi: number;
}

/** One row, several, or none: what an expression selects. */
type Selected<T> = T | readonly T[] | undefined;

/**
 * What expressions of claims can call beside JSONata's own functions. Each gives nothing where a side has no session.
 *
 * - `$rate(rows)`: their successes over their sessions, `{ estimate, lo, hi, n }` (Wilson).
 * - `$contrast(first, second)`: first rate less second, with Newcombe's interval, Fisher's p, `flips` (how many verdicts
 *   would have to be others until 0 is in the interval) or `needs` (sessions a side that would tell it, at 80% power).
 * - `$over(rows, bound)`: their rate less a bound, such as the rate that a build must keep.
 * - `$balanced(rows)`: the mean of the rows' rates, each counting the same.
 * - `$spread(rows)`: the standard deviation of the rows' rates, for new sessions of the same rows.
 * - `$minus(first, second)`: the difference of two independent estimates.
 * - `$median(values)`: with its interval by order statistics, where there are six values or more.
 * - `$perSuccess(perSession, row)`: what a success costs at the row's rate.
 */
export function registerClaimFunctions(expression: jsonata.Expression): void {
  const add = (name: string, implementation: (...given: never[]) => unknown) =>
    expression.registerFunction(name, implementation as (...given: unknown[]) => unknown);
  add("rate", rate);
  add("contrast", contrast);
  add("over", over);
  add("balanced", balanced);
  add("spread", spread);
  add("minus", minus);
  add("median", median);
  add("perSuccess", perSuccess);
}

function counted(selected: Selected<Counted>): Counted[] {
  const rows = selected === undefined || selected === null ? [] : Array.isArray(selected) ? [...selected] : [selected];
  return rows.filter((row): row is Counted => row.n > 0);
}

function pooled(selected: Selected<Counted>): Counted | null {
  const rows = counted(selected);
  return rows.length ? rows.reduce((a, b) => ({ n: a.n + b.n, k: a.k + b.k }), { n: 0, k: 0 }) : null;
}

function rate(selected: Selected<Counted>): (Told & { n: number }) | undefined {
  const of = pooled(selected);
  return of ? { ...wilson(of.k, of.n), n: of.n } : undefined;
}

function over(selected: Selected<Counted>, bound: number) {
  const of = pooled(selected);
  if (!of) return undefined;
  const { estimate, lo, hi } = wilson(of.k, of.n);
  const counts = { k1: of.k, n1: of.n, k2: null, n2: null, bound };
  return { estimate: estimate - bound, lo: lo - bound, hi: hi - bound, n: of.n, counts };
}

function contrast(first: Selected<Counted>, second: Selected<Counted>) {
  const [a, b] = [pooled(first), pooled(second)];
  if (!a || !b) return undefined;
  const rates = { k1: a.k, n1: a.n, k2: b.k, n2: b.n };
  const found = newcombe(rates), p = fisherExact(rates).pValue;
  const told = (found.lo > 0 || found.hi < 0) && p < 0.05;
  return {
    ...found,
    p,
    n: a.n + b.n,
    counts: { ...rates, bound: null },
    ...(told ? { flips: flips(a, b) } : needed(a, b)),
  };
}

/** Verdicts of either side changed one at a time, each where it takes most from the difference, until 0 is in the interval. */
function flips(a: Counted, b: Counted): number {
  const sign = a.k / a.n > b.k / b.n ? 1 : -1;
  let [first, second] = [a.k, b.k];
  for (let changed = 0; changed < a.n + b.n; changed++) {
    const { lo, hi } = newcombe({ k1: first, n1: a.n, k2: second, n2: b.n });
    if (lo <= 0 && hi >= 0) return changed;
    // A change in the smaller sample moves its rate further.
    const canFirst = sign > 0 ? first > 0 : first < a.n;
    if (canFirst && (a.n <= b.n || (sign > 0 ? second >= b.n : second <= 0))) first -= sign;
    else second += sign;
  }
  return a.n + b.n;
}

function needed(a: Counted, b: Counted): { needs?: number } {
  const [p1, p2] = [a.k / a.n, b.k / b.n], middle = (p1 + p2) / 2;
  if (p1 === p2 || middle <= 0 || middle >= 1) return {};
  const needs = tasksNeeded({ rate: middle }, { paired: false }, Math.abs(p1 - p2));
  return needs === null ? {} : { needs };
}

/** Variance of a rate that is never 0: one success and one failure are added to a side without either. */
function varianceOf({ n, k }: Counted): number {
  const p = k === 0 || k === n ? (k + 1) / (n + 2) : k / n;
  return p * (1 - p) / n;
}

function around(estimate: number, variance: number): Told {
  const reach = Z95 * Math.sqrt(variance);
  return { estimate, lo: estimate - reach, hi: estimate + reach };
}

function balanced(selected: Selected<Counted>) {
  const rows = counted(selected), m = rows.length;
  if (!m) return undefined;
  const variance = rows.reduce((sum, row) => sum + varianceOf(row), 0) / (m * m);
  return { ...around(rows.reduce((sum, { n, k }) => sum + k / n, 0) / m, variance), n: total(rows) };
}

function spread(selected: Selected<Counted>) {
  const rows = counted(selected), m = rows.length;
  if (m < 2) return undefined;
  const rates = rows.map(({ n, k }) => k / n), mean = rates.reduce((a, b) => a + b, 0) / m;
  const sd = Math.sqrt(rates.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (m - 1));
  if (sd === 0) return undefined;
  const variance = rows.reduce((sum, row, i) => sum + ((rates[i]! - mean) / ((m - 1) * sd)) ** 2 * varianceOf(row), 0);
  const { lo, hi } = around(sd, variance);
  return { estimate: sd, lo: Math.max(0, lo), hi, n: total(rows) };
}

const total = (rows: readonly Counted[]) => rows.reduce((sum, { n }) => sum + n, 0);

function minus(first: Told | undefined, second: Told | undefined): Told | undefined {
  if (!first || !second) return undefined;
  const estimate = first.estimate - second.estimate;
  return {
    estimate,
    lo: estimate - Math.hypot(first.estimate - first.lo, second.hi - second.estimate),
    hi: estimate + Math.hypot(first.hi - first.estimate, second.estimate - second.lo),
  };
}

/** Order statistics r and n + 1 - r hold the median with 95%: the largest r with P(Binomial(n, 1/2) < r) <= 2.5%. */
function median(selected: Selected<number>) {
  const values = (Array.isArray(selected) ? [...selected] : selected === undefined ? [] : [selected as number])
    .sort((a, b) => a - b);
  const n = values.length;
  if (!n) return undefined;
  let [below, term, r] = [0, 0.5 ** n, 0];
  while (below + term <= 0.025) {
    below += term;
    term *= (n - r) / (r + 1);
    r++;
  }
  const estimate = quantile(values, 0.5);
  return { estimate, n, ...(r > 0 ? { lo: values[r - 1]!, hi: values[n - r]! } : {}) };
}

function perSuccess(perSession: number | undefined, row: Selected<Counted>) {
  const of = rate(row);
  if (!of || perSession === undefined || perSession === null || of.estimate === 0) return undefined;
  return { estimate: perSession / of.estimate, lo: perSession / of.hi, hi: perSession / of.lo, n: of.n };
}
