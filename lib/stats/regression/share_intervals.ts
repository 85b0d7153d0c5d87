import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { fCdf } from "../distributions/f.ts";
import { adjusted, type ClusterScore, hatBlocks } from "./cluster_scores.ts";
import { columnsOf, holds } from "./columns.ts";
import type { CountRow } from "./count_row.ts";
import { newDirection } from "./dependencies.ts";
import { factorLevels } from "./levels.ts";
import { dot } from "../dot.ts";
import { fitLinear, type LinearModel } from "./linear_model.ts";
import { countPatterns } from "./patterns.ts";
import { satterthwaiteDf } from "./satterthwaite.ts";

/** A factor's share of R2, and what of it is not chance. */
export interface ShareOfR2 {
  /** As it is in the sample: chance always explains something, so it is too large on average. */
  share: number;
  /** Less what differences between clusters would explain without any effect; 0 where that is all of it. */
  corrected: number;
  /** Lower end of the 95% interval of the share without chance; 0 where the factor may explain nothing. */
  lo: number;
  /** Upper end. */
  hi: number;
  /** Of the hypothesis that the factor explains nothing. */
  pValue: number;
}

/** Shares with intervals. */
export interface ShareIntervals {
  /** Clusters whose differences the intervals rest on. */
  clusters: number;
  /** R2 lost when the factor alone is left out. */
  incremental: Record<string, ShareOfR2>;
  /** R2 gained when the factor enters, averaged over all orders of entry. */
  lmg: Record<string, ShareOfR2>;
}

/**
 * Shares of R2 with intervals that let sessions of a cluster be alike. A share is a sum of squares over the total; what it
 * is by chance follows from how clusters differ (CR2), and its distribution is taken as noncentral F, scaled, with degrees
 * of freedom of the first two moments. The interval is of the noncentrality: it starts at 0 where the sum of squares is no
 * larger than chance makes it, and covers where resampling does not.
 *
 * Clusters say what the shares are about: cells for new cells of these levels, runs for new runs of these cells.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { shareIntervals } from "agent-trace-lab/stats";
 * const rows = Array.from({ length: 24 }, (_, i) => ({
 *   levels: { harness: `h${i % 2}`, model: `m${i % 3}` },
 *   cluster: `run ${i}`,
 *   n: 30,
 *   k: 10 + 9 * (i % 2) + i * 7 % 5,
 * }));
 * const { incremental } = shareIntervals(rows, ["harness", "model"])!;
 * ok(incremental["harness"]!.lo > 0.02);
 * ok(incremental["model"]!.lo === 0 && incremental["model"]!.pValue > 0.05);
 * ```
 *
 * @returns null where every outcome is the same, there is one cluster, or clusters say nothing of chance
 * @throws {RangeError} when a row is not right, no row has a trial, or there are more than 12 factors
 * @see Steiger (2004), Psychological Methods 9, 164-182 (intervals of noncentrality); Bell and McCaffrey (2002), Survey
 *   Methodology 28, 169-181 (CR2); Box (1954), Annals of Mathematical Statistics 25, 290-302 (scaled F)
 */
export function shareIntervals(rows: readonly CountRow[], factors: readonly string[]): ShareIntervals | null {
  if (factors.length > MOST_FACTORS) {
    throw new RangeError(`shareIntervals: expected at most ${MOST_FACTORS} factors, found ${factors.length}`);
  }
  const model = fitLinear(rows, { factors: factors.map((name) => ({ name })) });
  if (Number.isNaN(model.rSquared) || model.clusters.size < 2) return null;
  const clusters = hatBlocks(model);
  const outcome = new Array<number>(model.terms.length).fill(0);
  for (const { q, k } of model.patterns) q.forEach((v, j) => outcome[j]! += v * k);
  const total = model.k * (1 - model.k / model.n);
  const forms = shareForms(rows, factors, model);
  const of = (form: readonly number[][]) => describe(form, clusters, outcome, total);
  const entries = <T>(one: (factor: string) => T) => Object.fromEntries(factors.map((f) => [f, one(f)]));
  const incremental = entries((f) => of(forms.incremental.get(f)!)), lmg = entries((f) => of(forms.lmg.get(f)!));
  const all = [...Object.values(incremental), ...Object.values(lmg)];
  return all.some((s) => s === null) ? null : {
    clusters: clusters.length,
    incremental: incremental as Record<string, ShareOfR2>,
    lmg: lmg as Record<string, ShareOfR2>,
  };
}

const MOST_FACTORS = 12;

/** The sum of squares is that of the outcome's products with these vectors, in the coordinates of Q. */
function describe(
  form: readonly number[][],
  clusters: readonly ClusterScore[],
  outcome: readonly number[],
  total: number,
): ShareOfR2 | null {
  if (form.length === 0) return { share: 0, corrected: 0, lo: 0, hi: 0, pValue: 1 };
  const observed = form.reduce((sum, direction) => sum + dot(direction, outcome) ** 2, 0);
  const scores = clusters.map((c) => {
    const own = adjusted(c, c.score, "CR2");
    return form.map((direction) => dot(direction, own));
  });
  const variances = form.map((_, i) => scores.reduce((sum, s) => sum + s[i]! ** 2, 0));
  const byChance = variances.reduce((a, b) => a + b, 0);
  if (!(byChance > 1e-12 * total)) return null;
  let squares = 0;
  form.forEach((_, i) => form.forEach((_, j) => squares += scores.reduce((sum, s) => sum + s[i]! * s[j]!, 0) ** 2));
  const df1 = byChance * byChance / squares;
  const df2 = byChance * byChance /
    form.reduce((sum, direction, i) => sum + variances[i]! ** 2 / satterthwaiteDf(clusters, direction, "CR2"), 0);
  const ratio = observed / byChance;
  const below = (effect: number) => fCdf(ratio, df1, df2, df1 * effect / byChance);
  const most = total * 4;
  const end = (p: number) => below(0) <= p ? 0 : whereFalls(below, p, most) / total;
  return {
    share: observed / total,
    corrected: Math.max(0, observed - byChance) / total,
    lo: Math.min(1, end(0.975)),
    hi: Math.min(1, end(0.025)),
    pValue: 1 - below(0),
  };
}

/** Where a falling function passes p, from 0 to `most`. */
function whereFalls(f: (x: number) => number, p: number, most: number): number {
  let [low, high] = [0, most];
  // To a ten-thousandth of a point: no reader sees more, and each step is a sum of beta distributions.
  for (let step = 0; step < 22; step++) {
    const middle = (low + high) / 2;
    if (f(middle) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Vectors whose products with the outcome, squared and added up, are a factor's incremental and order-free share. */
function shareForms(rows: readonly CountRow[], factors: readonly string[], model: LinearModel) {
  const { patterns } = countPatterns(rows, factors);
  const columns = columnsOf(factors.map((name) => factorLevels(rows, { name })), []).map(({ when }) => {
    const values = new Float64Array(model.terms.length);
    patterns.forEach((p, i) => {
      if (holds({ when }, p.levels)) model.patterns[i]!.q.forEach((v, j) => values[j]! += p.n * v);
    });
    return { factor: when[0]?.[0] ?? -1, values };
  });
  const m = factors.length, width = model.terms.length;
  const squares = factors.map(() => Matrix.zeros(width, width));
  const incremental = new Map<string, number[][]>();
  const directionsOf = (basis: readonly Float64Array[], factor: number) => {
    const wider = [...basis];
    for (const column of columns) {
      const direction = column.factor === factor ? newDirection(column.values, wider) : null;
      if (direction !== null) wider.push(direction);
    }
    return wider.slice(basis.length);
  };
  const visit = (basis: readonly Float64Array[], next: number, members: readonly number[]): void => {
    if (next < m) {
      visit(basis, next + 1, members);
      visit([...basis, ...directionsOf(basis, next)], next + 1, [...members, next]);
      return;
    }
    const weight = 1 / (m * choose(m - 1, members.length));
    factors.forEach((name, f) => {
      if (members.includes(f)) return;
      const own = directionsOf(basis, f);
      for (const d of own) {
        const column = Matrix.columnVector([...d]);
        squares[f]!.add(column.mmul(column.transpose()).mul(weight));
      }
      if (members.length === m - 1) incremental.set(name, own.map((d) => [...d]));
    });
  };
  visit([newDirection(columns[0]!.values, [])!], 0, []);
  return { incremental, lmg: new Map(factors.map((name, f) => [name, rootOf(squares[f]!)])) };
}

/** Vectors v with the sum of v v' the given matrix. */
function rootOf(square: Matrix): number[][] {
  const symmetric = Matrix.add(square, square.transpose()).mul(0.5);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const least = 1e-9 * Math.max(...realEigenvalues, 0);
  return realEigenvalues.flatMap((value, e) =>
    value > least ? [eigenvectorMatrix.getColumn(e).map((v) => v * Math.sqrt(value))] : []
  );
}

function choose(n: number, k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value *= (n - i) / (i + 1);
  return value;
}
