import type { FactorLevels } from "./levels.ts";

/** A column of indicators: 1 where all its levels hold. */
export interface Column {
  term: string;
  /** Position of the factor, and its level. */
  when: (readonly [factor: number, level: string])[];
}

/** The intercept, each factor's levels but its reference, and the products asked for. */
export function columnsOf(
  factors: readonly FactorLevels[],
  interactions: readonly (readonly [string, string])[],
): Column[] {
  const main = factors.map(({ name, observed, reference }, f) =>
    observed.filter((level) => level !== reference.level)
      .map((level): Column => ({ term: `${name}=${level}`, when: [[f, level]] }))
  );
  const of = (name: string) => main[factors.findIndex((f) => f.name === name)]!;
  const products = interactions.flatMap(([a, b]) =>
    of(a).flatMap((left) =>
      of(b).map((right) => ({ term: `${left.term}:${right.term}`, when: [...left.when, ...right.when] }))
    )
  );
  return [{ term: "Intercept", when: [] }, ...main.flat(), ...products];
}

/** Whether a combination of levels, in the order of the factors, has a 1 in the column. */
export function holds({ when }: Pick<Column, "when">, levels: readonly string[]): boolean {
  for (const [factor, level] of when) if (levels[factor] !== level) return false;
  return true;
}
