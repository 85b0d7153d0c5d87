import type { CountRow, LevelCounts } from "./count_row.ts";

/** One combination of levels with its counts. */
export interface LevelPattern {
  /** Levels in the order of the factors. */
  levels: string[];
  n: number;
  k: number;
}

/** Counts of one cluster by position of the pattern. */
export type ClusterCounts = { pattern: number; n: number; k: number }[];

/** Adds rows up to distinct combinations of levels, in order of first occurrence; rows without a trial are left out. */
export function countPatterns(rows: readonly LevelCounts[], names: readonly string[]): {
  patterns: LevelPattern[];
  /** The pattern of each row, -1 where it has no trial. */
  patternOf: Int32Array;
} {
  const index = new Map<string, number>();
  const patterns: LevelPattern[] = [];
  const patternOf = new Int32Array(rows.length).fill(-1);
  rows.forEach(({ levels, n, k }, i) => {
    if (n === 0) return;
    const key = keyOf(levels, names);
    let pattern = index.get(key);
    if (pattern === undefined) {
      pattern = patterns.push({ levels: names.map((name) => levels[name]!), n: 0, k: 0 }) - 1;
      index.set(key, pattern);
    }
    patterns[pattern]!.n += n;
    patterns[pattern]!.k += k;
    patternOf[i] = pattern;
  });
  return { patterns, patternOf };
}

/** Distinct combinations of levels, and each cluster's counts of them. */
export function patternsOf(rows: readonly CountRow[], names: readonly string[]): {
  patterns: LevelPattern[];
  clusters: Map<string, ClusterCounts>;
} {
  const { patterns, patternOf } = countPatterns(rows, names);
  const clusters = new Map<string, Map<number, ClusterCounts[number]>>();
  rows.forEach(({ cluster, n, k }, i) => {
    const pattern = patternOf[i]!;
    if (pattern < 0) return;
    let counts = clusters.get(cluster);
    if (counts === undefined) clusters.set(cluster, counts = new Map());
    const own = counts.get(pattern);
    if (own === undefined) {
      counts.set(pattern, { pattern, n, k });
    } else {
      own.n += n;
      own.k += k;
    }
  });
  return { patterns, clusters: new Map([...clusters].map(([name, counts]) => [name, [...counts.values()]])) };
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
