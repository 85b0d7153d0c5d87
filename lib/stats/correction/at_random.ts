import { normalPValue } from "../distributions/normal.ts";
import { studentTPValue } from "../distributions/student_t.ts";
import type { LabelCluster } from "./clustered.ts";
import { confusionSize } from "./confusion.ts";

/** Whether labels look like a random sample of the judged sessions. */
export interface LabelSampling {
  /** Labelled share of all sessions. */
  share: number;
  /** Judged success rate of labelled sessions less that of the others, within strata, weighted as the test is. */
  gap: number;
  /** Of the test that labelled sessions are judged like the others of their stratum; null where nothing can be compared. */
  pValue: number | null;
  /** Strata with sessions but no label: their rate rests on the verdicts alone. */
  withoutLabels: string[];
  /** Smallest and largest labelled share of a stratum. */
  shares: { least: number; most: number };
  /** What to make of it. */
  sentence: string;
}

/**
 * A test whether labels are a random sample within strata: are labelled sessions judged solved as often as the others of
 * their stratum? Cochran-Mantel-Haenszel's test where each session was chosen by itself; where clusters were labelled as a
 * whole, the same statistic with a variance over clusters and Student's t. A small p-value says that they are no random
 * sample; a large one does not prove that they are, as labels can be chosen by what the judge does not see.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { labelSampling } from "agent-trace-lab/stats";
 * const chosen = [{
 *   stratum: "a",
 *   cluster: "a",
 *   labelled: { tp: 45, fp: 25, fn: 0, tn: 10 }, // 70 of 80 judged solved
 *   unlabelled: { n: 200, k: 100 },
 * }];
 * ok(labelSampling(chosen, { by: "session" }).pValue! < 0.001);
 * ```
 *
 * @param by what was chosen to be labelled: single sessions or whole clusters
 * @see Mantel and Haenszel (1959), J. National Cancer Institute 22, 719-748
 */
export function labelSampling(
  clusters: readonly LabelCluster[],
  { by }: { by: "session" | "cluster" },
): LabelSampling {
  const strata = new Map<string, LabelCluster[]>();
  for (const c of clusters) strata.set(c.stratum, [...strata.get(c.stratum) ?? [], c]);
  let [score, byChance, weight, labels, sessions] = [0, 0, 0, 0, 0];
  const perCluster = new Map<string, number>();
  const withoutLabels: string[] = [], shares: number[] = [];
  for (const [stratum, own] of strata) {
    const sum = (of: (c: LabelCluster) => number) => own.reduce((total, c) => total + of(c), 0);
    const n = sum((c) => confusionSize(c.labelled)), total = n + sum((c) => c.unlabelled.n);
    const judged = sum((c) => c.labelled.tp + c.labelled.fp), all = judged + sum((c) => c.unlabelled.k);
    if (total === 0) continue;
    labels += n;
    sessions += total;
    shares.push(n / total);
    if (n === 0) withoutLabels.push(stratum);
    const [chosen, rate] = [n / total, all / total];
    score += judged - n * rate;
    weight += n * (total - n) / total;
    if (total > 1) byChance += total * chosen * (1 - chosen) * rate * (1 - rate) * total / (total - 1);
    // The sum over sessions of (labelled - share)(judged solved - rate), cluster by cluster.
    for (const { cluster, labelled: l, unlabelled: u } of own) {
      const part = (1 - chosen) * (l.tp + l.fp - rate * confusionSize(l)) - chosen * (u.k - rate * u.n);
      perCluster.set(cluster, (perCluster.get(cluster) ?? 0) + part);
    }
  }
  const G = perCluster.size;
  const overClusters = G > 1 ? G / (G - 1) * [...perCluster.values()].reduce((sum, v) => sum + v * v, 0) : 0;
  const variance = by === "session" ? byChance : overClusters;
  const statistic = score / Math.sqrt(variance);
  const pValue = !(variance > 0) ? null : by === "session" ? normalPValue(statistic) : studentTPValue(statistic, G - 1);
  const gap = weight > 0 ? score / weight : 0;
  return {
    share: sessions > 0 ? labels / sessions : 0,
    gap,
    pValue,
    withoutLabels,
    shares: { least: Math.min(...shares), most: Math.max(...shares) },
    sentence: sentenceOf(labels, gap, pValue, withoutLabels),
  };
}

function sentenceOf(labels: number, gap: number, pValue: number | null, without: readonly string[]): string {
  if (labels === 0) return "No session is labelled.";
  const none = without.length ? ` No session of ${without.join(", ")} is labelled.` : "";
  if (pValue === null) return `Labelled sessions cannot be compared with others.${none}`;
  const points = `${Math.abs(100 * gap).toFixed(1)} points ${gap < 0 ? "less" : "more"}`;
  return pValue < 0.05
    ? `Labelled sessions are judged solved ${points} often than the others of their stratum (p = ${
      pValue.toPrecision(2)
    }): ` +
      `they are no random sample.${none}`
    : `Nothing speaks against labels being a random sample within strata (judged solved ${points} often, p = ` +
      `${pValue.toPrecision(2)}); that they are, only who chose them knows.${none}`;
}
