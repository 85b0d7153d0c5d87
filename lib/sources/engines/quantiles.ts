import type { CountedBox } from "../../model/mod.ts";
import { quotedName } from "./columns.ts";
import { ChangedError, type Engine } from "./engine.ts";

/** Rows whose values of a column are wanted in order: those that fit both conditions, `n` of them, one at least. */
export interface Group {
  column: "totalTokens" | "calls" | "toolErrors";
  /** Groups with the same `where` are asked for together: the engine reads those rows once. */
  where: string;
  /** What tells the group from others with the same `where`. */
  condition: string | null;
  n: number;
}

/** Most groups that are asked for in one query: what keeps it well below the length that servers take. */
const GROUPS_A_QUERY = 200;

/** Where the q-quantile of `n` values lies: between two zero-based ranks, and how far (type 7 of Hyndman and Fan). */
function placeOf(n: number, q: number): { below: number; above: number; share: number } {
  const position = (n - 1) * q;
  const below = Math.floor(position);
  return { below, above: Math.min(below + 1, n - 1), share: position - below };
}

/**
 * Quantiles by linear interpolation, exact whatever the engine: it is asked for the values at the two ranks next to each,
 * and the interpolation is done here, in the same order of operations as `lib/stats` does it.
 *
 * @returns per group the quantiles in the order of `qs`
 * @throws {ChangedError} when a group has no rows any more
 */
export async function quantilesOf(
  engine: Engine,
  groups: readonly Group[],
  qs: readonly number[],
): Promise<number[][]> {
  return await inParts(groups, ({ where }) => where, async (part, where) => {
    const lists = part.map(({ column, condition, n }, i) => {
      const ranks = qs.flatMap((q) => [placeOf(n, q).below, placeOf(n, q).above]);
      return `${engine.dialect.ranks(quotedName(column), ranks, n, condition)} AS v_${i}`;
    });
    const [row = {}] = await engine.rows(`SELECT ${lists.join(", ")} FROM ${engine.table} WHERE ${where}`);
    return part.map(({ n }, i) => {
      const found = row[`v_${i}`];
      const values = Array.isArray(found) ? found.map(Number) : [];
      if (values.length !== 2 * qs.length || values.some(Number.isNaN)) {
        throw new ChangedError(engine.name, `${n} sessions were counted, and are not there any more`);
      }
      return qs.map((q, k) => {
        const { below, share } = placeOf(n, q);
        const [low, high] = [values[2 * k]!, values[2 * k + 1]!];
        return (n - 1) * q === below || low === high ? low : low + (high - low) * share;
      });
    });
  });
}

/** Box statistics of each group: {@link quantilesOf} for the box, then the most extreme values within its reach. */
export async function boxesOf(engine: Engine, groups: readonly Group[]): Promise<CountedBox[]> {
  const quartiles = await quantilesOf(engine, groups, [0.25, 0.5, 0.75]);
  const boxes = groups.map((group, i) => {
    const [q1, median, q3] = quartiles[i] as [number, number, number];
    return { group, q1, median, q3, reach: 1.5 * (q3 - q1) };
  });
  return await inParts(boxes, ({ group }) => group.where, async (part, where) => {
    const ends = part.map(({ group: { column, condition }, q1, q3, reach }, i) => {
      const name = quotedName(column);
      const within = condition === null ? "" : `${condition} AND `;
      return `min(CASE WHEN ${within}${name} >= ${q1 - reach} THEN ${name} END) AS lo_${i}, ` +
        `max(CASE WHEN ${within}${name} <= ${q3 + reach} THEN ${name} END) AS hi_${i}`;
    });
    const [row = {}] = await engine.rows(`SELECT ${ends.join(", ")} FROM ${engine.table} WHERE ${where}`);
    return part.map(({ group: { n }, q1, median, q3 }, i) => ({
      n,
      q1,
      median,
      q3,
      whiskerLo: Number(row[`lo_${i}`] ?? q1),
      whiskerHi: Number(row[`hi_${i}`] ?? q3),
    }));
  });
}

/** Works through what has the same `where` together, and gives the results in the order of what was asked. */
async function inParts<T, R>(
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
