import { ChangedError, EngineError, type SqlEngine } from "./engine.ts";
import { allOf, type Group } from "./quantile_groups.ts";
import { column } from "./sql.ts";

/** Sums that one query asks for: some 150 kB of SQL. */
const SUMS_A_QUERY = 800;

/** What is known of the value at a rank: it is a whole number from `lo` to `hi`. */
interface Bracket {
  rank: number;
  lo: number;
  hi: number;
}

/** One group of the search. */
interface Search {
  group: Group;
  brackets: Bracket[];
}

/**
 * The values at these ranks of each group, exact, from an engine that can only count: how many values are at most `t`, for
 * several `t` within the bracket of each value at once, until every bracket holds one whole number. Of values up to 10^7
 * in some forty groups that takes about a dozen queries, whatever the number of sessions; more groups take more. Few
 * queries matter here more than how much one reads: a service may allow only so many a minute.
 *
 * @param ranks zero-based, per group
 * @throws {ChangedError} when a group has other rows than were counted
 * @throws {EngineError} when a value is not a whole number
 */
export async function countedRanks(
  engine: SqlEngine,
  groups: readonly Group[],
  ranks: readonly (readonly number[])[],
): Promise<number[][]> {
  const searches = await begun(engine, groups, ranks);
  for (;;) {
    const open = searches.flatMap((search) => openBrackets(search).map((bracket) => ({ search, bracket })));
    if (open.length === 0) break;
    const each = Math.max(1, Math.floor(SUMS_A_QUERY / open.length));
    const limits = open.flatMap(({ search, bracket }) =>
      thresholds(bracket, each).map((limit) => ({ search, bracket, limit }))
    );
    const counts = await counted(
      engine,
      limits.map(({ search, limit }) => ({ group: search.group, test: `<= ${limit}` })),
    );
    limits.forEach(({ search, bracket: { lo, hi }, limit }, i) => {
      for (const one of search.brackets) {
        if (one.lo < lo || one.hi > hi) continue;
        if (counts[i]! > one.rank) one.hi = Math.min(one.hi, limit);
        else one.lo = Math.max(one.lo, limit + 1);
      }
    });
  }
  await confirm(engine, searches);
  return searches.map(({ brackets }, i) => {
    const values = new Map(brackets.map(({ rank, lo }) => [rank, lo]));
    return ranks[i]!.map((rank) => values.get(rank)!);
  });
}

/** Every rank lies between the group's least and largest value. */
async function begun(
  engine: SqlEngine,
  groups: readonly Group[],
  ranks: readonly (readonly number[])[],
): Promise<Search[]> {
  const ends = await sumsOf(
    engine,
    groups.map((group) => {
      const value = `CASE WHEN ${conditionOf(group)} THEN ${column(engine.dialect, group.column)} END`;
      return [`min(${value})`, `max(${value})`, `count(${value})`];
    }),
  );
  return groups.map((group, i) => {
    const [lo, hi, n] = ends[i] as [number, number, number];
    if (n !== group.n) throw new ChangedError(engine.name, `${group.n} sessions were counted, now there are ${n}`);
    if (!Number.isSafeInteger(lo) || !Number.isSafeInteger(hi)) throw notWhole(engine, group);
    return { group, brackets: [...new Set(ranks[i])].map((rank) => ({ rank, lo, hi })) };
  });
}

/** Brackets that hold more than one number, each once. */
function openBrackets({ brackets }: Search): Bracket[] {
  const open = brackets.filter(({ lo, hi }) => lo < hi);
  return [...new Map(open.map((bracket) => [`${bracket.lo} ${bracket.hi}`, { ...bracket }])).values()];
}

/** At most `count` numbers from `lo` to below `hi` that part the bracket evenly. */
function thresholds({ lo, hi }: Bracket, count: number): number[] {
  const parts = Math.min(count, hi - lo) + 1;
  return Array.from({ length: parts - 1 }, (_, i) => lo + Math.floor((hi - lo) * ((i + 1) / parts)));
}

/**
 * A bracket narrows to a whole number even if the value is a fraction just below it. So each number is tried: no more values
 * may be below it than its rank says.
 */
async function confirm(engine: SqlEngine, searches: readonly Search[]): Promise<void> {
  const found = searches.flatMap(({ group, brackets }) => brackets.map(({ rank, lo }) => ({ group, rank, lo })));
  const below = await counted(engine, found.map(({ group, lo }) => ({ group, test: `< ${lo}` })));
  const at = found.findIndex(({ rank }, i) => below[i]! > rank);
  if (at >= 0) throw notWhole(engine, found[at]!.group);
}

/** How many values of each group pass a test. */
async function counted(engine: SqlEngine, asked: readonly { group: Group; test: string }[]): Promise<number[]> {
  const sums = asked.map(({ group, test }) => {
    const passes = `${conditionOf(group)} AND ${column(engine.dialect, group.column)} ${test}`;
    return [`sum(CASE WHEN ${passes} THEN 1 ELSE 0 END)`];
  });
  return (await sumsOf(engine, sums)).map(([count]) => count!);
}

const conditionOf = ({ scope, shared, own }: Group) => allOf(scope, shared, own);

/** Asks for sums over all rows, as many at a time as a query takes; lists come back as they were given. */
async function sumsOf(engine: SqlEngine, lists: readonly (readonly string[])[]): Promise<number[][]> {
  const all = lists.flat();
  const values: number[] = [];
  for (let at = 0; at < all.length; at += SUMS_A_QUERY) {
    const some = all.slice(at, at + SUMS_A_QUERY);
    const list = some.map((sum, i) => `${sum} AS v_${i}`).join(", ");
    const [row = {}] = await engine.rows(`SELECT ${list} ${engine.from(null)}`);
    for (const i of some.keys()) values.push(Number(row[`v_${i}`] ?? 0));
  }
  let at = 0;
  return lists.map((list) => values.slice(at, at += list.length));
}

function notWhole(engine: SqlEngine, { column }: Group): EngineError {
  return new EngineError(engine.name, `field "${column}": expected whole numbers, and not all of them are`);
}
