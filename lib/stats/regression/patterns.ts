import type { CountRow } from "./count_row.ts";

/** One combination of levels with its counts. */
export interface LevelPattern {
  /** Levels in the order of the factors. */
  levels: string[];
  n: number;
  k: number;
}

/** Counts of one cluster by position of the pattern. */
export type ClusterCounts = { pattern: number; n: number; k: number }[];

/** Adds rows up to distinct combinations of levels, in order of first occurrence, and each cluster's counts of them. */
export function patternsOf(rows: readonly CountRow[], names: readonly string[]): {
  patterns: LevelPattern[];
  clusters: Map<string, ClusterCounts>;
} {
  const index = new Map<string, number>();
  const patterns: LevelPattern[] = [];
  const clusters = new Map<string, ClusterCounts>();
  for (const { levels, cluster, n, k } of rows) {
    if (n === 0) continue;
    const key = keyOf(levels, names);
    let pattern = index.get(key);
    if (pattern === undefined) {
      pattern = patterns.push({ levels: names.map((name) => levels[name]!), n: 0, k: 0 }) - 1;
      index.set(key, pattern);
    }
    patterns[pattern]!.n += n;
    patterns[pattern]!.k += k;
    let counts = clusters.get(cluster);
    if (counts === undefined) clusters.set(cluster, counts = []);
    const own = counts.find((c) => c.pattern === pattern);
    if (own === undefined) {
      counts.push({ pattern, n, k });
    } else {
      own.n += n;
      own.k += k;
    }
  }
  return { patterns, clusters };
}

/** A text that no other combination of levels has, whatever is in their names. */
export function keyOf(levels: Readonly<Record<string, string>>, names: readonly string[]): string {
  let key = "";
  for (const name of names) {
    const level = levels[name]!;
    key += `${level.length}:${level}`;
  }
  return key;
}
