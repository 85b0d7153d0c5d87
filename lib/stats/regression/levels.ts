import type { Factor, LevelCounts } from "./count_row.ts";
import type { LevelPattern } from "./patterns.ts";

/** The level that a factor's other levels are compared with. */
export interface Reference {
  /** The level that is used. */
  level: string;
  /** The level that was asked for, null when none was. */
  requested: string | null;
  /** Why it is not the requested one; null when it is, or none was requested. */
  note: string | null;
}

/** A factor's levels as observed. */
export interface FactorLevels {
  name: string;
  /** Levels with at least one trial, by name; the reference is among them. */
  observed: string[];
  /** Levels named in rows without a single trial. */
  empty: string[];
  reference: Reference;
}

/** A level seen together with a single level of another factor: their effects cannot be told apart from it alone. */
export interface Confounding {
  /** `harness=a` */
  term: string;
  /** `benchmark=b` */
  only: string;
}

/** Code unit order, so that results do not depend on the machine's language. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Levels and reference of one factor; an absent reference is replaced by the level with most trials, and that is said. */
export function factorLevels(rows: readonly LevelCounts[], { name, reference }: Factor): FactorLevels {
  const trials = new Map<string, number>();
  for (const row of rows) trials.set(row.levels[name]!, (trials.get(row.levels[name]!) ?? 0) + row.n);
  const all = [...trials.keys()].sort(byName);
  const observed = all.filter((level) => trials.get(level)! > 0);
  const empty = all.filter((level) => trials.get(level) === 0);
  if (reference === undefined) {
    return { name, observed, empty, reference: { level: observed[0]!, requested: null, note: null } };
  }
  if (observed.includes(reference)) {
    return { name, observed, empty, reference: { level: reference, requested: reference, note: null } };
  }
  const largest = observed.reduce((a, b) => trials.get(b)! > trials.get(a)! ? b : a);
  const note = `${name}=${reference} has no scored session here; the largest level, ${largest} ` +
    `(n = ${trials.get(largest)}), is the reference instead`;
  return { name, observed, empty, reference: { level: largest, requested: reference, note } };
}

/** Every level that occurs with one level only of another factor that has several. */
export function confounding(patterns: readonly LevelPattern[], factors: readonly FactorLevels[]): Confounding[] {
  const found: Confounding[] = [];
  factors.forEach((factor, f) => {
    factors.forEach((other, o) => {
      if (o === f || other.observed.length < 2) return;
      const only = new Map<string, string | null>();
      for (const { levels } of patterns) {
        const [level, partner] = [levels[f]!, levels[o]!];
        const before = only.get(level);
        if (before === undefined) only.set(level, partner);
        else if (before !== partner) only.set(level, null);
      }
      for (const level of factor.observed) {
        const partner = only.get(level);
        if (partner != null) found.push({ term: `${factor.name}=${level}`, only: `${other.name}=${partner}` });
      }
    });
  });
  return found;
}
