/** Sessions whose values of a field are wanted in order. */
export interface Group {
  /** The session's field. */
  column: "totalTokens" | "calls" | "toolErrors";
  /** Condition on the verdict: what many groups have in common. */
  scope: string;
  /** Further condition, such as on the harness, that several groups have in common; null for none. */
  shared: string | null;
  /** Condition of this group alone, such as on the benchmark; null for none. */
  own: string | null;
  /** How many sessions these are, one at least. */
  n: number;
  /** Which quantiles are wanted. */
  qs: readonly number[];
}

/** Most groups that are asked for in one query: what keeps it well below the length that servers take. */
const GROUPS_A_QUERY = 200;

/** The conditions that are there, all of which have to hold. */
export function allOf(...conditions: (string | null)[]): string {
  return conditions.filter((condition) => condition !== null).join(" AND ");
}

/**
 * Works through what has the same condition together, so that the engine reads those rows once, and gives the results in the
 * order of what was asked.
 */
export async function inParts<T, R>(
  all: readonly T[],
  whereOf: (one: T) => string,
  work: (part: readonly T[], where: string) => Promise<R[]>,
): Promise<R[]> {
  const results = new Map<T, R>();
  for (const [where, of] of Map.groupBy(all, whereOf)) {
    for (let at = 0; at < of.length; at += GROUPS_A_QUERY) {
      const part = of.slice(at, at + GROUPS_A_QUERY);
      const found = await work(part, where);
      part.forEach((one, i) => results.set(one, found[i]!));
    }
  }
  return all.map((one) => results.get(one)!);
}
