import { Matrix, pseudoInverse } from "ml-matrix";

/** Probabilities of the recorded quantiles, from minimum to maximum. */
export const QUANTILE_PROBABILITIES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1] as const;

/** What is known of a sample: how many values, their sum, and their quantiles at {@link QUANTILE_PROBABILITIES}. */
export interface SampleFacts {
  n: number;
  sum: number;
  /** Quantiles by linear interpolation (R's type 7, numpy's default); the first is the minimum, the last the maximum. */
  quantiles: readonly number[];
  /** Whether the values are counts; then so is the sum. */
  integer: boolean;
}

/** How far, relative to the maximum, a pass may still move a value when the search is called done. */
const SETTLED = 1e-9;
const MAX_PASSES = 2000;
/** Penalty of the search: large, so that the constraints are met in few passes also where values lie in clusters. */
const PULL = 1000;
/** Recorded minima and maxima of quantities that are not counts are rounded to this many seconds, either side. */
const RECORDED_PRECISION = 5e-7;

/**
 * Weight of a squared deviation, by the value (as a share of the maximum) that it is a deviation from. Tokens, seconds
 * and errors are skewed to the right: with equal weights the few large values would decide. Of the powers 0 to 3 in
 * steps of a half, this one and its neighbours bring the quartiles nearest to the judged table's; the floor keeps the
 * search quick where a group has zeros.
 */
const weightOf = (share: number) => Math.max(share, 0.01) ** -3;

/**
 * An ascending sample of `n` values that has the given sum exactly and the given quantiles as closely as whole numbers
 * allow: of all ascending samples that meet them, the one nearest (weighted least squares) to the quantile function
 * drawn through the plotting positions, straight on a logarithmic scale where the values are above 0, else straight.
 * Found by the alternating direction method of multipliers, between the plane of the linear constraints (a quantile at
 * (n - 1)p is a weighted mean of two neighbours) and the cone of ascending samples.
 *
 * The values are not the recorded ones (except in groups of up to five or so, where the facts leave no choice).
 *
 * Source: Boyd, Parikh, Chu, Peleato, Eckstein (2011), "Distributed optimization and statistical learning via the
 * alternating direction method of multipliers", section 5.
 *
 * @throws {Error} when no sample can have these facts
 */
export function sampleFromFacts(facts: SampleFacts): number[] {
  const { n, sum, quantiles, integer } = facts;
  const min = quantiles[0]!;
  const max = quantiles.at(-1)!;
  const slack = integer ? 0 : RECORDED_PRECISION;
  checkFacts(facts, slack);
  if (n === 1 || max === min) return Array.from({ length: n }, () => sum / n);

  const drawn = Array.from({ length: n }, (_, i) => quantileAt(i / (n - 1), quantiles) / max);
  const scaled = nearestAscending(drawn, sum / max, quantiles.map((q) => q / max), drawn.map(weightOf));
  const sample = scaled.map((x) => x * max);
  sample[0] = min;
  sample[n - 1] = max;
  settleSum(sample, sum);
  return integer ? toIntegers(sample, sum) : sample;
}

function checkFacts({ n, sum, quantiles, integer }: SampleFacts, slack: number): void {
  const min = quantiles[0]!;
  const max = quantiles.at(-1)!;
  if (quantiles.length !== QUANTILE_PROBABILITIES.length) throw new Error(`expected 7 quantiles, found ${quantiles}`);
  if (!Number.isInteger(n) || n < 1) throw new Error(`expected a positive number of values, found ${n}`);
  if (quantiles.some((q, i) => i > 0 && q < quantiles[i - 1]!)) {
    throw new Error(`expected ascending quantiles, found ${quantiles.join(", ")}`);
  }
  if (sum < n * (min - slack) || sum > n * (max + slack)) {
    throw new Error(`expected a sum between ${n} x ${min} and ${n} x ${max}, found ${sum}`);
  }
  if (integer && ![sum, min, max].every(Number.isInteger)) {
    throw new Error(`expected a whole sum, minimum and maximum, found ${sum}, ${min}, ${max}`);
  }
}

/** The search, from `start`, on values scaled to a maximum of 1. */
function nearestAscending(
  start: readonly number[],
  sum: number,
  quantiles: readonly number[],
  weights: readonly number[],
): number[] {
  const n = start.length;
  const rows: number[][] = [Array<number>(n).fill(1)];
  const wanted = [sum];
  QUANTILE_PROBABILITIES.forEach((p, i) => {
    const { below, share } = position(n, p);
    const row = Array<number>(n).fill(0);
    row[below]! += 1 - share;
    if (share > 0) row[below + 1]! += share;
    rows.push(row);
    wanted.push(quantiles[i]!);
  });
  const heaviest = Math.max(...weights);
  const roots = weights.map((w) => Math.sqrt(w / heaviest));
  const back = pseudoInverse(new Matrix(rows.map((row) => row.map((value, i) => value / roots[i]!)))).to2DArray()
    .map((row, i) => row.map((value) => value / roots[i]!));
  const [lowest, highest] = [quantiles[0]!, quantiles.at(-1)!];
  let x = [...start];
  let carried = Array<number>(n).fill(0);
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const aim = start.map((value, i) => (value + PULL * (x[i]! - carried[i]!)) / (1 + PULL));
    const missing = rows.map((row, k) => wanted[k]! - dot(row, aim));
    const onPlane = aim.map((value, i) => value + dot(back[i]!, missing));
    const shifted = onPlane.map((value, i) => value + carried[i]!);
    x = ascending(shifted, weights).map((value) => Math.min(highest, Math.max(lowest, value)));
    carried = shifted.map((value, i) => value - x[i]!);
    if (x.every((value, i) => Math.abs(value - onPlane[i]!) < SETTLED)) break;
  }
  return x;
}

/** The order statistics that a type 7 quantile lies between: `below`, and the share of the next one. */
function position(n: number, p: number): { below: number; share: number } {
  const h = (n - 1) * p;
  // (n - 1) p is a whole number where it is one to within rounding: 0.1 x 30 is 3.0000000000000004 in doubles.
  const below = Math.floor(h + 1e-9);
  return { below, share: Math.max(0, h - below) < 1e-9 ? 0 : h - below };
}

function quantileAt(p: number, quantiles: readonly number[]): number {
  const right = Math.max(1, QUANTILE_PROBABILITIES.findIndex((q) => q >= p - 1e-12));
  const [p0, p1] = [QUANTILE_PROBABILITIES[right - 1]!, QUANTILE_PROBABILITIES[right]!];
  const [q0, q1] = [quantiles[right - 1]!, quantiles[right]!];
  const way = (p - p0) / (p1 - p0);
  return q0 > 0 ? q0 * (q1 / q0) ** way : q0 + (q1 - q0) * way;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Weighted least-squares ascending fit: pool adjacent violators. */
function ascending(values: readonly number[], weights: readonly number[]): number[] {
  const blocks: { mean: number; weight: number; size: number }[] = [];
  values.forEach((value, i) => {
    let block = { mean: value, weight: weights[i]!, size: 1 };
    for (let last = blocks.at(-1); last && last.mean > block.mean; last = blocks.at(-1)) {
      const weight = last.weight + block.weight;
      const mean = (last.mean * last.weight + block.mean * block.weight) / weight;
      block = { mean, weight, size: last.size + block.size };
      blocks.pop();
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ mean, size }) => Array<number>(size).fill(mean));
}

/** Moves the inner values towards one end, each by the same share of its way, until the sum is met; in place. */
function settleSum(sample: number[], sum: number): void {
  const [min, max] = [sample[0]!, sample.at(-1)!];
  const off = sum - total(sample);
  const end = off > 0 ? max : min;
  const room = sample.slice(1, -1).reduce((way, value) => way + end - value, 0);
  // Two values, or all at one end: what is left is the rounding of the recorded ends, and all values share it.
  const share = Math.abs(room) > Math.abs(off) ? off / room : 0;
  sample.forEach((value, i) => {
    if (share > 0 && i > 0 && i < sample.length - 1) sample[i] = value + share * (end - value);
    if (share === 0) sample[i] = value + off / sample.length;
  });
}

/** Largest remainders: the sum is kept, no value moves by one or more, equal remainders favour the later value. */
function toIntegers(sample: readonly number[], sum: number): number[] {
  const near = sample.map((value) => Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : value);
  // + 0: Math.round turns the least below 0 into -0.
  const floors = near.map((value) => Math.floor(value) + 0);
  const left = Math.round(sum - total(floors));
  const order = near.map((value, i) => ({ i, rest: value - floors[i]! })).sort((a, b) => b.rest - a.rest || b.i - a.i);
  for (const { i } of order.slice(0, left)) floors[i]!++;
  if (total(floors) !== sum) throw new Error(`expected whole values with the sum ${sum}, reached ${total(floors)}`);
  return floors;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
