import { checkCountRows, type CountRow, type ModelSpec } from "./count_row.ts";
import { dependencies } from "./dependencies.ts";
import { type Confounding, confounding, type FactorLevels, factorLevels, type Reference } from "./levels.ts";

/** Distinct combinations of levels with their counts: all that a regression needs to know of its observations. */
export interface Pattern {
  /** `harness=a, model=b` */
  label: string;
  /** One value a kept term: 0 or 1. */
  x: number[];
  n: number;
  k: number;
}

/** Counts of one cluster by position of the pattern. */
export type ClusterCounts = { pattern: number; n: number; k: number }[];

/** A term that the data cannot estimate, and why. */
export interface DroppedTerm {
  term: string;
  reason: "empty" | "collinear";
  /** The kept terms it is a combination of; none for an empty level. */
  with: string[];
}

/** The design of a regression on counts. */
export interface Design {
  n: number;
  k: number;
  terms: string[];
  references: Record<string, Reference>;
  dropped: DroppedTerm[];
  confounded: Confounding[];
  patterns: Pattern[];
  clusters: Map<string, ClusterCounts>;
  /** In how many clusters a term's levels occur, and the levels they are compared with, whichever is fewer. */
  clustersOf: Record<string, { level: string; clusters: number }>;
}

interface Column {
  term: string;
  /** Level by factor; the column is 1 where all hold. */
  when: [string, string][];
}

/**
 * Turns count rows into patterns, indicator columns and clusters. Columns that are empty or depend on earlier ones are
 * left out and named.
 *
 * @throws {RangeError} when a row is not right, no row has a trial, or an interaction names a factor that is not there
 */
export function buildDesign(rows: readonly CountRow[], spec: ModelSpec): Design {
  const names = spec.factors.map((f) => f.name);
  checkSpec(names, spec);
  checkCountRows(rows, names);
  const factors = spec.factors.map((factor) => factorLevels(rows, factor));
  const { patterns, clusters } = count(rows, names);
  const dropped: DroppedTerm[] = factors.flatMap(({ name, empty }) =>
    empty.map((level): DroppedTerm => ({ term: `${name}=${level}`, reason: "empty", with: [] }))
  );
  const candidates = columnsOf(factors, spec.interactions ?? []);
  const columns = candidates.filter(({ term, when }) => {
    const seen = patterns.some((p) => when.every(([factor, level]) => p.levels[factor] === level));
    if (!seen) dropped.push({ term, reason: "empty", with: [] });
    return seen;
  });
  const x = patterns.map((p) => columns.map(({ when }) => when.every(([f, level]) => p.levels[f] === level) ? 1 : 0));
  const { kept, dependent } = dependencies(x, columns.length);
  for (const { column, on } of dependent) {
    dropped.push({
      term: columns[column]!.term,
      reason: "collinear",
      with: [...on.keys()].map((j) => columns[j]!.term),
    });
  }
  return {
    n: patterns.reduce((total, p) => total + p.n, 0),
    k: patterns.reduce((total, p) => total + p.k, 0),
    terms: kept.map((j) => columns[j]!.term),
    references: Object.fromEntries(factors.map((f) => [f.name, f.reference])),
    dropped,
    confounded: confounding(rows, factors),
    patterns: patterns.map(({ levels, n, k }, i) => ({
      label: names.map((name) => `${name}=${levels[name]}`).join(", "),
      x: kept.map((j) => x[i]![j]!),
      n,
      k,
    })),
    clusters,
    clustersOf: Object.fromEntries(kept.map((j) => [columns[j]!.term, fewestClusters(rows, columns[j]!, factors)])),
  };
}

function checkSpec(names: string[], spec: ModelSpec): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`factor "${twice}" is named twice; name each factor once`);
  for (const pair of spec.interactions ?? []) {
    const missing = pair.find((name) => !names.includes(name));
    if (missing !== undefined) {
      throw new RangeError(`interaction ${pair.join(":")}: "${missing}" is not among the factors ${names.join(", ")}`);
    }
    if (pair[0] === pair[1]) throw new RangeError(`interaction ${pair.join(":")}: expected two different factors`);
  }
}

function count(rows: readonly CountRow[], names: readonly string[]) {
  const index = new Map<string, number>();
  const patterns: { levels: Record<string, string>; n: number; k: number }[] = [];
  const clusters = new Map<string, Map<number, { pattern: number; n: number; k: number }>>();
  for (const { levels, cluster, n, k } of rows) {
    if (n === 0) continue;
    const key = JSON.stringify(names.map((name) => levels[name]));
    const pattern = index.get(key) ?? patterns.push({ levels, n: 0, k: 0 }) - 1;
    index.set(key, pattern);
    patterns[pattern]!.n += n;
    patterns[pattern]!.k += k;
    if (!clusters.has(cluster)) clusters.set(cluster, new Map());
    const counts = clusters.get(cluster)!;
    const old = counts.get(pattern);
    counts.set(pattern, { pattern, n: n + (old?.n ?? 0), k: k + (old?.k ?? 0) });
  }
  return { patterns, clusters: new Map([...clusters].map(([name, counts]) => [name, [...counts.values()]])) };
}

function columnsOf(factors: readonly FactorLevels[], interactions: readonly (readonly [string, string])[]): Column[] {
  const main = (name: string): Column[] => {
    const factor = factors.find((f) => f.name === name)!;
    return factor.observed.filter((level) => level !== factor.reference.level)
      .map((level) => ({ term: `${name}=${level}`, when: [[name, level]] }));
  };
  const products = interactions.flatMap(([a, b]) =>
    main(a).flatMap((left) =>
      main(b).map((right) => ({ term: `${left.term}:${right.term}`, when: [...left.when, ...right.when] }))
    )
  );
  return [{ term: "Intercept", when: [] }, ...factors.flatMap((f) => main(f.name)), ...products];
}

/** A contrast is no better supported than the thinner of its two sides: a level and its reference. */
function fewestClusters(rows: readonly CountRow[], { term, when }: Column, factors: readonly FactorLevels[]) {
  const clustersWith = (levels: [string, string][]) => {
    const seen = rows.filter((row) => row.n > 0 && levels.every(([f, level]) => row.levels[f] === level));
    return new Set(seen.map((row) => row.cluster)).size;
  };
  let fewest = { level: term, clusters: clustersWith(when) };
  for (const [name] of when) {
    const { level } = factors.find((f) => f.name === name)!.reference;
    const clusters = clustersWith([[name, level]]);
    if (clusters < fewest.clusters) fewest = { level: `${name}=${level}`, clusters };
  }
  return fewest;
}
