import type { CountedBox } from "../model/mod.ts";
import { ChangedError, type SqlEngine } from "./engine.ts";
import { allOf, type Group, inParts } from "./quantile_groups.ts";
import { countedRanks } from "./ranks_by_counting.ts";
import { column } from "./sql.ts";

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
 * @returns per group the quantiles in the order of its `qs`
 * @throws {ChangedError} when a group has no rows any more
 */
export async function quantilesOf(engine: SqlEngine, groups: readonly Group[]): Promise<number[][]> {
  const places = groups.map(({ n, qs }) => qs.map((q) => placeOf(n, q)));
  const ranks = places.map((some) => some.flatMap(({ below, above }) => [below, above]));
  const values = await (engine.dialect.ranks === null ? countedRanks : askedRanks)(engine, groups, ranks);
  return groups.map(({ n, qs }, i) =>
    qs.map((q, k) => {
      const { below, share } = places[i]![k]!;
      const [low, high] = [values[i]![2 * k]!, values[i]![2 * k + 1]!];
      return (n - 1) * q === below || low === high ? low : low + (high - low) * share;
    })
  );
}

/** The values at these ranks of each group, by the engine's own quantile. */
async function askedRanks(
  engine: SqlEngine,
  groups: readonly Group[],
  ranks: readonly (readonly number[])[],
): Promise<number[][]> {
  const wanted = groups.map((group, i) => ({ group, ranks: ranks[i]! }));
  return await inParts(wanted, ({ group }) => allOf(group.scope, group.shared), async (part, where) => {
    const lists = part.map(({ group, ranks }, i) => {
      const field = column(engine.dialect, group.column);
      return `${engine.dialect.ranks!(field, ranks, group.n, group.own)} AS v_${i}`;
    });
    const [row = {}] = await engine.rows(`SELECT ${lists.join(", ")} ${engine.from(where)}`);
    return part.map(({ group, ranks }, i) => {
      const found = row[`v_${i}`];
      const values = Array.isArray(found) ? found.map(Number) : [];
      if (values.length !== ranks.length || values.some(Number.isNaN)) {
        throw new ChangedError(engine.name, `${group.n} sessions were counted, and are not there any more`);
      }
      return values;
    });
  });
}

/** The quantiles of a box. */
export const QUARTILES = [0.25, 0.5, 0.75] as const;

/**
 * Box statistics of each group: the box, then the most extreme values within its reach.
 *
 * @param quartiles of each group, as {@link quantilesOf} gives them
 */
export async function boxesOf(
  engine: SqlEngine,
  groups: readonly Group[],
  quartiles: readonly (readonly number[])[],
): Promise<CountedBox[]> {
  const boxes = groups.map((group, i) => {
    const [q1, median, q3] = quartiles[i] as [number, number, number];
    return { group, q1, median, q3, reach: 1.5 * (q3 - q1) };
  });
  return await inParts(boxes, ({ group }) => group.scope, async (part, scope) => {
    const ends = part.map(({ group, q1, q3, reach }, i) => {
      const field = column(engine.dialect, group.column);
      const within = (edge: string) => allOf(group.shared, group.own, edge);
      return `min(CASE WHEN ${within(`${field} >= ${q1 - reach}`)} THEN ${field} END) AS lo_${i}, ` +
        `max(CASE WHEN ${within(`${field} <= ${q3 + reach}`)} THEN ${field} END) AS hi_${i}`;
    });
    const [row = {}] = await engine.rows(`SELECT ${ends.join(", ")} ${engine.from(scope)}`);
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
