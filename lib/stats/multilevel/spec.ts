import type { Factor } from "../regression/count_row.ts";

/** What a multilevel model is made of. */
export interface MultilevelSpec {
  /**
   * Factors whose levels are a sample of more: each level has its own shift of the log odds, drawn from a normal
   * distribution whose standard deviation is estimated. A list of names is their interaction: its levels are the
   * combinations that occur. Crossed and nested terms go together in any number.
   */
  random: readonly (string | readonly string[])[];
  /** Factors whose levels are of interest for themselves; none by default. */
  fixed?: readonly Factor[];
  /** Products of two fixed factors; none by default. */
  interactions?: readonly (readonly [string, string])[];
}

/** A random term with its levels as observed. */
export interface RandomTerm {
  /** `harness`, or `harness:model` for an interaction. */
  name: string;
  /** The factors it combines. */
  factors: string[];
  /** The levels of its factors, a combination each, in the order of the unknowns. */
  levels: Record<string, string>[];
  /** Index of the first level among the unknowns. */
  first: number;
}

/** The name of a random term: its factors joined by a colon. */
export function termName(term: string | readonly string[]): string {
  return typeof term === "string" ? term : term.join(":");
}
