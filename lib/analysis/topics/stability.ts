import { adjustedRand, quantile, type Random, randomIndex } from "../../stats/mod.ts";
import type { Topics } from "./types.ts";

/** How well clusters are found again. */
export interface Stability {
  overall: NonNullable<Topics["stability"]>;
  /** Mean Jaccard index of each cluster with its nearest one of each run that drew one of its texts; null where none did. */
  clusters: (number | null)[];
}

/**
 * Clusters bootstrap samples anew and compares. A text drawn twice counts once (copies would make dense places of their
 * own), so that a run sees about 63% of the texts; runs are compared on the texts drawn.
 *
 * @param labels cluster of each text, -1 for none
 * @param again clusters the texts of these numbers
 */
export function stabilityOf(
  labels: readonly number[],
  again: (drawn: number[]) => number[],
  { runs, random }: { runs: number; random: Random },
): Stability {
  const clusters = Math.max(-1, ...labels) + 1;
  const jaccards = Array.from({ length: clusters }, () => 0);
  const drawnIn = Array.from({ length: clusters }, () => 0);
  const rands: number[] = [];
  const numbers: number[] = [];
  for (let run = 0; run < runs; run++) {
    const drawn = [...new Set(labels.map(() => randomIndex(random, labels.length)))].sort((a, b) => a - b);
    const found = again(drawn);
    const before = drawn.map((i) => labels[i]!);
    rands.push(adjustedRand(aloneWhereNone(before), aloneWhereNone(found)));
    numbers.push(Math.max(-1, ...found) + 1);
    for (let cluster = 0; cluster < clusters; cluster++) {
      if (!before.includes(cluster)) continue;
      drawnIn[cluster]!++;
      jaccards[cluster]! += nearestJaccard(before, cluster, found);
    }
  }
  const mean = rands.reduce((sum, value) => sum + value, 0) / runs;
  return {
    overall: {
      runs,
      adjusted_rand: mean,
      lo: quantile(rands, 0.025),
      hi: quantile(rands, 0.975),
      clusters_lo: Math.min(...numbers),
      clusters_hi: Math.max(...numbers),
    },
    clusters: jaccards.map((sum, cluster) => drawnIn[cluster] ? sum / drawnIn[cluster] : null),
  };
}

/** Unclustered texts do not belong together, so each gets a label of its own. */
export function aloneWhereNone(labels: readonly number[]): number[] {
  return labels.map((label, i) => label < 0 ? -1 - i : label);
}

function nearestJaccard(before: readonly number[], cluster: number, found: readonly number[]): number {
  const size = before.filter((label) => label === cluster).length;
  const sizes = new Map<number, number>();
  const shared = new Map<number, number>();
  found.forEach((label, i) => {
    if (label < 0) return;
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
    if (before[i] === cluster) shared.set(label, (shared.get(label) ?? 0) + 1);
  });
  return Math.max(0, ...[...shared].map(([label, both]) => both / (size + sizes.get(label)! - both)));
}
