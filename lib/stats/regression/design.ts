import { type Column, columnsOf, holds } from "./columns.ts";
import { checkCountRows, type CountRow, type ModelSpec } from "./count_row.ts";
import { dependencies } from "./dependencies.ts";
import { type Confounding, confounding, type FactorLevels, factorLevels, type Reference } from "./levels.ts";
import { type ClusterCounts, type LevelPattern, patternsOf } from "./patterns.ts";

/** Distinct combinations of levels with their counts: all that a regression needs to know of its observations. */
export interface Pattern {
  /** `harness=a, model=b` */
  label: string;
  /** One value a kept term: 0 or 1. */
  x: number[];
  /** Trials. */
  n: number;
  /** Successes. */
  k: number;
}

/** A term that the data cannot estimate, and why. */
export interface DroppedTerm {
  /** Its name, as in the model's `terms`. */
  term: string;
  /** Never observed, or a combination of others. */
  reason: "empty" | "collinear";
  /** The kept terms it is a combination of; none for an empty level. */
  with: string[];
}

/** The design of a regression on counts. */
export interface Design {
  /** Trials. */
  n: number;
  /** Successes. */
  k: number;
  /** Estimated terms, in the order of the columns. */
  terms: string[];
  /** By factor. */
  references: Record<string, Reference>;
  /** What the data cannot estimate. */
  dropped: DroppedTerm[];
  /** Levels seen with one level only of another factor. */
  confounded: Confounding[];
  /** Distinct combinations of levels. */
  patterns: Pattern[];
  /** Counts of each cluster by pattern. */
  clusters: Map<string, ClusterCounts>;
  /** In how many clusters a term's levels occur, or the levels they are compared with, whichever is fewer. */
  clustersOf: Record<string, { level: string; clusters: number }>;
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
  const { patterns, clusters } = patternsOf(rows, names);
  const dropped: DroppedTerm[] = factors.flatMap(({ name, empty }) =>
    empty.map((level): DroppedTerm => ({ term: `${name}=${level}`, reason: "empty", with: [] }))
  );
  const columns = columnsOf(factors, spec.interactions ?? []).filter((column) => {
    const seen = patterns.some((p) => holds(column, p.levels));
    if (!seen) dropped.push({ term: column.term, reason: "empty", with: [] });
    return seen;
  });
  const x = patterns.map((p) => columns.map((column) => holds(column, p.levels) ? 1 : 0));
  const { kept, dependent } = dependencies(x, columns.length);
  for (const { column, on } of dependent) {
    const others = [...on.keys()].map((j) => columns[j]!.term);
    dropped.push({ term: columns[column]!.term, reason: "collinear", with: others });
  }
  return {
    n: patterns.reduce((total, p) => total + p.n, 0),
    k: patterns.reduce((total, p) => total + p.k, 0),
    terms: kept.map((j) => columns[j]!.term),
    references: Object.fromEntries(factors.map((f) => [f.name, f.reference])),
    dropped,
    confounded: confounding(patterns, factors),
    patterns: patterns.map(({ levels, n, k }, i) => ({
      label: names.map((name, f) => `${name}=${levels[f]}`).join(", "),
      x: dependent.length === 0 ? x[i]! : kept.map((j) => x[i]![j]!),
      n,
      k,
    })),
    clusters,
    clustersOf: thinnest(kept.map((j) => columns[j]!), factors, patterns, clusters),
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

/** A contrast is no better supported than the thinner of its two sides: a level and its reference. */
function thinnest(
  columns: readonly Column[],
  factors: readonly FactorLevels[],
  patterns: readonly LevelPattern[],
  clusters: Map<string, ClusterCounts>,
): Design["clustersOf"] {
  const side = (term: string, when: Column["when"]) => {
    const inside = patterns.map((p) => holds({ when }, p.levels));
    let count = 0;
    for (const counts of clusters.values()) if (counts.some((c) => inside[c.pattern])) count++;
    return { level: term, clusters: count };
  };
  const references = factors.map(({ name, reference: { level } }, f) => side(`${name}=${level}`, [[f, level]]));
  return Object.fromEntries(columns.map(({ term, when }) => {
    const sides = [side(term, when), ...when.map(([f]) => references[f]!)];
    return [term, sides.reduce((a, b) => b.clusters < a.clusters ? b : a)];
  }));
}
