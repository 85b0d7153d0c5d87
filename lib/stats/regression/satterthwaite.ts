import { adjusted, type Adjustment, applyBlock, type ClusterScore } from "./cluster_scores.ts";
import { product } from "./dependencies.ts";
import { dot } from "../dot.ts";

/**
 * Degrees of freedom of a CR2 or CR3 variance of one coefficient: those of the chi-square with the same mean
 * and variance, if errors were independent with one variance. Small when few clusters, or one large one, carry the
 * coefficient.
 *
 * The variance is a sum over clusters of (a_g'e)^2, a_g = (I - H_gg)^+ Q_g d for CR3 and its
 * square root for CR2. With P the matrix of a_g'(I - H)a_h,
 * df = (trace P)^2 / (sum of P_gh^2). P is diagonal less S'S with the columns s_g = Q_g'a_g, so neither P nor any
 * observation is ever laid out.
 *
 * @param d the row of R^-1 of the coefficient
 * @see Bell and McCaffrey (2002), Survey Methodology 28, 169-181; Pustejovsky and Tipton (2018), JBES 36, 672-683
 */
export function satterthwaiteDf(clusters: readonly ClusterScore[], d: readonly number[], kind: Adjustment): number {
  const width = d.length;
  const outer = Array.from({ length: width }, () => new Float64Array(width));
  let [trace, squares] = [0, 0];
  for (const cluster of clusters) {
    const left = adjusted(cluster, d, kind);
    const s = applyBlock(cluster, left);
    const own = dot(left, s);
    const shared = dot(s, s);
    trace += own - shared;
    squares += own * own - 2 * own * shared;
    for (let i = 0; i < width; i++) {
      const [row, along] = [outer[i]!, s[i]!];
      if (along === 0) continue;
      for (let j = 0; j <= i; j++) row[j]! += along * s[j]!;
    }
  }
  outer.forEach((row, i) => squares += 2 * product(row, row) - row[i]! ** 2);
  return trace * trace / squares;
}
