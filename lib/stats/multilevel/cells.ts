import { columnsOf, holds } from "../regression/columns.ts";
import { checkCountRows, type LevelCounts } from "../regression/count_row.ts";
import { dependencies } from "../regression/dependencies.ts";
import type { DroppedTerm } from "../regression/design.ts";
import { factorLevels, type Reference } from "../regression/levels.ts";
import { countPatterns, keyOf } from "../regression/patterns.ts";
import { type MultilevelSpec, type RandomTerm, termName } from "./spec.ts";

/**
 * The binomial cells of a multilevel model and how they rest on its unknowns: first the levels of the random terms, the
 * term with most levels first (its levels occur with fewest others, which keeps the factorization sparse), then the
 * fixed coefficients.
 */
export interface MultilevelCells {
  /** Trials of each distinct combination of levels. */
  n: Float64Array;
  /** Its successes. */
  k: Float64Array;
  /** Random terms, the one with most levels first. */
  terms: RandomTerm[];
  /** Fixed terms, the intercept first. */
  fixed: string[];
  /** The levels at which each fixed term is 1, a factor each. */
  fixedLevels: Record<string, string>[];
  /** Observed levels of each fixed factor. */
  known: Record<string, string[]>;
  /** How many levels the random terms have together; fixed coefficients come after. */
  levels: number;
  /** Unknowns of each cell: its level of each term, by cell and term. */
  levelOf: Int32Array;
  /** Fixed columns of each cell, by cell and column. */
  x: Float64Array;
  /** Of the fixed factors. */
  references: Record<string, Reference>;
  /** Fixed terms that the data cannot estimate. */
  dropped: DroppedTerm[];
}

/**
 * Adds rows up to the cells of a model.
 *
 * @throws {RangeError} when a row is not right, no row has a trial, a term is named twice, a factor is fixed and random,
 *   or every session has the same outcome (no finite intercept)
 */
export function multilevelCells(rows: readonly LevelCounts[], spec: MultilevelSpec): MultilevelCells {
  const fixedFactors = spec.fixed ?? [];
  const fixedNames = fixedFactors.map((f) => f.name);
  const randomTerms = spec.random.map((term) => ({ name: termName(term), factors: [term].flat() }));
  checkTerms(randomTerms, fixedNames);
  const names = [...new Set([...fixedNames, ...randomTerms.flatMap((t) => t.factors)])];
  checkCountRows(rows, names);
  const { patterns } = countPatterns(rows, names);
  const solved = patterns.reduce((total, p) => total + p.k, 0), trials = patterns.reduce((total, p) => total + p.n, 0);
  if (solved === 0 || solved === trials) {
    throw new RangeError(
      `a multilevel logit needs both outcomes: ${solved} of ${trials} sessions are successes, so no intercept is finite`,
    );
  }
  const at = new Map(names.map((name, i) => [name, i]));
  const indexed = randomTerms.map((term) => indexLevels(term, patterns, at)).sort((a, b) =>
    b.levels.length - a.levels.length
  );
  let first = 0;
  const terms = indexed.map(({ name, factors, levels }): RandomTerm => {
    const term = { name, factors, levels, first };
    first += levels.length;
    return term;
  });
  const levelOf = new Int32Array(patterns.length * terms.length);
  indexed.forEach(({ of }, t) =>
    of.forEach((level, cell) => levelOf[cell * terms.length + t] = terms[t]!.first + level)
  );
  const fixed = fixedColumns(rows, spec, patterns, at);
  return {
    n: Float64Array.from(patterns, (p) => p.n),
    k: Float64Array.from(patterns, (p) => p.k),
    terms,
    levels: first,
    levelOf,
    ...fixed,
  };
}

type Pattern = { levels: string[] };

function indexLevels(term: { name: string; factors: string[] }, patterns: readonly Pattern[], at: Map<string, number>) {
  const index = new Map<string, number>();
  const levels: Record<string, string>[] = [];
  const of = Int32Array.from(patterns, (p) => {
    const own = Object.fromEntries(term.factors.map((f) => [f, p.levels[at.get(f)!]!]));
    const key = keyOf(own, term.factors);
    let level = index.get(key);
    if (level === undefined) index.set(key, level = levels.push(own) - 1);
    return level;
  });
  return { ...term, levels, of };
}

/** Indicator columns of the fixed factors, without those that are empty or depend on earlier ones. */
function fixedColumns(
  rows: readonly LevelCounts[],
  { fixed = [], interactions = [] }: MultilevelSpec,
  patterns: readonly Pattern[],
  at: Map<string, number>,
): Pick<MultilevelCells, "fixed" | "fixedLevels" | "known" | "x" | "references" | "dropped"> {
  const factors = fixed.map((factor) => factorLevels(rows, factor));
  const own = patterns.map((p) => fixed.map((f) => p.levels[at.get(f.name)!]!));
  const columns = columnsOf(factors, interactions);
  const design = own.map((levels) => columns.map((column) => holds(column, levels) ? 1 : 0));
  const distinct = [...new Map(design.map((x) => [x.join(""), x])).values()];
  const { kept, dependent } = dependencies(distinct, columns.length);
  const dropped = dependent.map(({ column, on }): DroppedTerm => {
    const others = [...on.keys()].map((j) => columns[j]!.term);
    return { term: columns[column]!.term, reason: others.length ? "collinear" : "empty", with: others };
  });
  return {
    fixed: kept.map((j) => columns[j]!.term),
    fixedLevels: kept.map((j) => Object.fromEntries(columns[j]!.when.map(([f, level]) => [fixed[f]!.name, level]))),
    known: Object.fromEntries(factors.map(({ name, observed }) => [name, observed])),
    x: Float64Array.from(design.flatMap((x) => kept.map((j) => x[j]!))),
    references: Object.fromEntries(factors.map((f) => [f.name, f.reference])),
    dropped,
  };
}

function checkTerms(terms: readonly { name: string; factors: string[] }[], fixed: readonly string[]): void {
  const seen = new Set<string>();
  for (const { name, factors } of terms) {
    const key = [...factors].sort().join("\n");
    if (factors.length === 0 || new Set(factors).size < factors.length) {
      throw new RangeError(`random term "${name}": expected different factors, found ${JSON.stringify(factors)}`);
    }
    if (seen.has(key)) throw new RangeError(`random term "${name}" is named twice; name each once`);
    if (factors.length === 1 && fixed.includes(name)) {
      throw new RangeError(`factor "${name}" is both fixed and random; choose one`);
    }
    seen.add(key);
  }
}
