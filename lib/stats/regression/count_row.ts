/** One combination of levels, its trials and its successes. Rows may repeat a combination; they are added up. */
export interface LevelCounts {
  /** The level of each factor by the factor's name; factors that a model does not use may be there too. */
  levels: Record<string, string>;
  /** Scored sessions; a row with 0 says that the level exists and was not observed. */
  n: number;
  /** Successes among them. */
  k: number;
}

/** What a regression with clustered errors reads. */
export interface CountRow extends LevelCounts {
  /** What observations may share an error with: here the run. */
  cluster: string;
}

/** A categorical regressor. */
export interface Factor {
  /** Key of the rows' `levels`. */
  name: string;
  /** The level that the others are compared with; the first by name when not given. */
  reference?: string;
}

/** Which factors a model has, and which of their products. */
export interface ModelSpec {
  /** Main effects. */
  factors: readonly Factor[];
  /** Products of two factors that are terms too; none by default. */
  interactions?: readonly (readonly [string, string])[];
}

/**
 * Checks rows against the factors a model uses.
 *
 * @throws {RangeError} naming the row and the field, or when no row has a trial
 */
export function checkCountRows(rows: readonly LevelCounts[], factors: readonly string[]): void {
  let trials = 0;
  rows.forEach((row, i) => {
    if (!Number.isInteger(row.n) || row.n < 0) {
      throw new RangeError(`count row ${i}, field "n": expected a whole number of trials, found ${row.n}`);
    }
    if (!Number.isInteger(row.k) || row.k < 0 || row.k > row.n) {
      throw new RangeError(`count row ${i}, field "k": expected a whole number from 0 to n = ${row.n}, found ${row.k}`);
    }
    for (const factor of factors) {
      if (typeof row.levels[factor] !== "string") {
        const known = Object.keys(row.levels).join(", ");
        throw new RangeError(`count row ${i}, field "levels.${factor}": expected a level's name, the row has ${known}`);
      }
    }
    trials += row.n;
  });
  if (trials === 0) {
    throw new RangeError(
      `a regression needs scored sessions: the ${rows.length} count rows hold none; widen the filter`,
    );
  }
}
