import { applyBlock, type ClusterScore, hatBlocks } from "../regression/cluster_scores.ts";
import { dot } from "../dot.ts";
import type { LinearModel } from "../regression/linear_model.ts";
import { quantileSorted } from "../descriptive/quantile.ts";
import { type Random, randomIndex } from "./random.ts";
import type { Estimate } from "../types.ts";

/** Webb's six points: mean 0, variance 1, and enough distinct draws when clusters are few. */
const WEBB = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)];

/**
 * The wild cluster bootstrap of one coefficient: residuals of whole clusters are multiplied by Webb weights, the model
 * is fitted again, and the CR1 t statistic computed. The p-value imposes the null hypothesis on the residuals (WCR), the
 * interval comes from unrestricted residuals (WCU, bootstrap-t). `stdError` and `statistic` are CR1's. Exact from
 * counts: a draw needs the clusters' scores only.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { fitLinear, seededRandom, wildClusterBootstrap } from "agent-trace-lab/stats";
 * const rows = Array.from({ length: 12 }, (_, i) => ({
 *   levels: { harness: i % 2 ? "a" : "b" },
 *   cluster: `run ${i}`,
 *   n: 20,
 *   k: 8 + i % 3 + (i % 2 ? 0 : 6),
 * }));
 * const model = fitLinear(rows, { factors: [{ name: "harness", reference: "a" }] });
 * const { lo } = wildClusterBootstrap(model, "harness=b", { random: seededRandom(1) });
 * ok(lo > 0);
 * ```
 *
 * @param draws 1,999 by default
 * @throws {RangeError} when the model does not have the term or has a single cluster
 * @see Cameron, Gelbach, Miller (2008), REStat 90, 414-427; Webb (2023), Canadian J. Economics 56, 839-858
 */
export function wildClusterBootstrap(
  model: LinearModel,
  term: string,
  { random, draws = 1999 }: { random: Random; draws?: number },
): Estimate {
  const row = model.rInverse[model.terms.indexOf(term)];
  if (!row) throw new RangeError(`wildClusterBootstrap: no term "${term}"; the model has ${model.terms.join(", ")}`);
  if (model.clusters.size < 2) throw new RangeError("wildClusterBootstrap: expected at least two clusters, found one");
  const clusters = hatBlocks(model);
  const estimate = model.coefficients[term]!;
  const reach = clusters.map((c) => applyBlock(c, row));
  const scale = Math.sqrt(
    clusters.length / (clusters.length - 1) * (model.n - 1) / model.df,
  );
  const stdError = scale * Math.hypot(...clusters.map((c) => dot(row, c.score)));
  const statistic = estimate / stdError;

  const free = clusters.map((c) => c.score);
  // Imposing a zero moves the coefficients along A c (c'Ac)^-1 estimate; in the coordinates of Q that is along `row`.
  const shift = estimate / dot(row, row);
  const restricted = clusters.map((c, g) => c.score.map((v, j) => v + shift * reach[g]![j]!));
  const underNull = draw(clusters, restricted, row, reach, scale, draws, random);
  const around = draw(clusters, free, row, reach, scale, draws, random).sort();
  const asExtreme = underNull.reduce((count, t) => count + (Math.abs(t) >= Math.abs(statistic) ? 1 : 0), 0);
  return {
    estimate,
    stdError,
    statistic,
    pValue: (asExtreme + 1) / (draws + 1),
    lo: estimate - stdError * quantileSorted(around, 0.975),
    hi: estimate - stdError * quantileSorted(around, 0.025),
  };
}

/** t statistics of the bootstrap samples: change of the coefficient over its CR1 standard error. */
function draw(
  clusters: readonly ClusterScore[],
  scores: readonly (readonly number[])[],
  row: readonly number[],
  reach: readonly (readonly number[])[],
  scale: number,
  draws: number,
  random: Random,
): Float64Array {
  const own = scores.map((s) => dot(row, s));
  return Float64Array.from({ length: draws }, () => {
    const weights = clusters.map(() => WEBB[randomIndex(random, WEBB.length)]!);
    const moved = new Array<number>(row.length).fill(0);
    scores.forEach((s, g) => s.forEach((v, j) => moved[j]! += weights[g]! * v));
    const squares = own.reduce((total, v, g) => total + (weights[g]! * v - dot(reach[g]!, moved)) ** 2, 0);
    return dot(row, moved) / (scale * Math.sqrt(squares));
  });
}
