import { checkCounts } from "../counts.ts";
import { studentTQuantile } from "../distributions/student_t.ts";

/** A rate whose observations come in clusters. Ends are null where one cluster alone cannot tell how clusters differ. */
export interface ClusteredRate {
  /** Of all observations together, or the mean of the values. */
  estimate: number;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end of the 95% interval. */
  hi: number | null;
  /** Independent clusters. */
  clusters: number;
  /** As many independent observations would say as much. */
  effectiveN: number | null;
  /** What is missing; null where nothing is. */
  why: string | null;
}

/**
 * A success rate over sessions that come in clusters (runs, tasks), for new clusters like these: Wilson's interval at the
 * effective number of sessions, with Student's t for the number of clusters. With strata (cells), it is for new clusters of
 * the same strata: what strata differ by is not chance then, and clusters are compared within them.
 *
 * With G clusters, p = sum k / sum n and d_g = k_g - p n_g, the variance is G/(G-1) sum d_g^2 / (sum n)^2, by stratum and
 * added up where there are strata (those with a single cluster are taken as one together), and the effective
 * number p(1-p) over it, never more than the sessions there are; where clusters do not differ at all (every one solved all,
 * or none) it is the number of clusters.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { clusteredRate, wilson } from "agent-trace-lab/stats";
 * const runs = [{ n: 20, k: 18 }, { n: 20, k: 9 }, { n: 20, k: 14 }, { n: 20, k: 11 }, { n: 20, k: 17 }];
 * const { lo, hi } = clusteredRate(runs);
 * const naive = wilson(69, 100);
 * ok(hi! - lo! > naive.hi - naive.lo); // five runs say less than a hundred sessions
 * ```
 *
 * @throws {RangeError} when there is no cluster, or counts are not whole or k is not in 0..n
 * @see Dean and Pagano (2015), Statistics and Public Policy 2, 1-15 (Wilson with effective sample size); Korn and Graubard
 *   (1998), Survey Methodology 24, 193-201 (t for the number of clusters)
 */
export function clusteredRate(clusters: readonly { n: number; k: number; stratum?: string }[]): ClusteredRate {
  const own = clusters.filter((c) => c.n !== 0);
  own.forEach(({ n, k }, i) => checkCounts(k, n, `clusteredRate, cluster ${i}`));
  return ofClusters(own);
}

/**
 * The mean of shares between 0 and 1, one a unit (a task), for new units like these: the interval of {@link clusteredRate}
 * with each unit a cluster of one.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { meanShare } from "agent-trace-lab/stats";
 * const { estimate, lo, hi } = meanShare([1, 0.75, 0.5, 1, 0, 0.25]);
 * ok(lo! < estimate && estimate < hi! && hi! < 1);
 * ```
 *
 * @throws {RangeError} when there is no value or one is not from 0 to 1
 */
export function meanShare(values: readonly number[]): ClusteredRate {
  const bad = values.findIndex((v) => !(v >= 0 && v <= 1));
  if (bad >= 0) throw new RangeError(`meanShare: expected shares from 0 to 1, found ${values[bad]} at ${bad}`);
  return ofClusters(values.map((k) => ({ n: 1, k })));
}

function ofClusters(clusters: readonly { n: number; k: number; stratum?: string }[]): ClusteredRate {
  const G = clusters.length;
  if (G === 0) throw new RangeError("a clustered rate needs at least one cluster with a trial, found none");
  const n = clusters.reduce((sum, c) => sum + c.n, 0);
  const estimate = clusters.reduce((sum, c) => sum + c.k, 0) / n;
  if (G === 1) {
    const why = "one cluster: how clusters differ cannot be told";
    return { estimate, lo: null, hi: null, clusters: G, effectiveN: null, why };
  }
  const strata = strataOf(clusters);
  const variance = strata.reduce((sum, own) => sum + squaredDeviations(own), 0) / (n * n), df = G - strata.length;
  const effectiveN = variance > 0 ? Math.min(n, estimate * (1 - estimate) / variance) : G;
  return {
    estimate,
    ...scoreInterval(estimate, effectiveN, studentTQuantile(0.975, df)),
    clusters: G,
    effectiveN,
    why: null,
  };
}

/** Clusters by stratum; strata of one cluster, which say nothing of how clusters differ, together, or with the smallest. */
function strataOf<T extends { stratum?: string }>(clusters: readonly T[]): T[][] {
  const strata = new Map<string, T[]>();
  for (const c of clusters) strata.set(c.stratum ?? "", [...strata.get(c.stratum ?? "") ?? [], c]);
  const all = [...strata.values()], several = all.filter((own) => own.length > 1);
  const single = all.filter((own) => own.length === 1).flat();
  if (single.length === 1) {
    several.sort((a, b) => a.length - b.length)[0]!.push(...single);
    return several;
  }
  return single.length > 1 ? [...several, single] : several;
}

/** G/(G-1) times the sum of squared deviations of clusters from the rate of all of them. */
function squaredDeviations(clusters: readonly { n: number; k: number }[]): number {
  const G = clusters.length, n = clusters.reduce((sum, c) => sum + c.n, 0);
  const rate = clusters.reduce((sum, c) => sum + c.k, 0) / n;
  return G / (G - 1) * clusters.reduce((sum, c) => sum + (c.k - rate * c.n) ** 2, 0);
}

/** Wilson's interval of a rate over a number of trials that need not be whole. */
function scoreInterval(p: number, n: number, z: number): { lo: number; hi: number } {
  const scale = 1 + z * z / n;
  const centre = (p + z * z / (2 * n)) / scale;
  const half = z / scale * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return { lo: p === 0 ? 0 : Math.max(0, centre - half), hi: p === 1 ? 1 : Math.min(1, centre + half) };
}
