import { distributionsOf, type Filter, ordered } from "../analysis/counts/mod.ts";
import { type Cell, type Session } from "../model/mod.ts";
import { cellOfGroup, compareCells } from "../model/cell_query.ts";
import { compareSessions } from "../model/session.ts";
import { distributionsIn, thresholdsIn } from "./distributions.ts";
import { type Answer, ChangedError, type Engine, EngineError, type Limits, type SqlEngine } from "./engine.ts";
import { sliceOf } from "./slice.ts";
import { cellsQuery, distinctNamesSql } from "./sql.ts";
import { plural } from "../model/plural.ts";

/** A database as an engine. */
export function sqlEngine<E extends SqlEngine>(database: E): E & Engine {
  return { ...database, answer: (limits, filter) => answerOf(database, limits, filter) };
}

/** How often an engine is asked again whose table changes while it answers. */
const ATTEMPTS = 3;

/**
 * Everything that an analysis needs of a table of sessions: cells, distributions, and the sessions themselves where they
 * are few. A table that is written to in the meantime is read again; if it does not come to rest nothing is returned, since
 * figures of different moments do not belong together.
 *
 * @param filter which part of the table is wanted, by names of cells
 * @throws {EngineError} when the table is empty or does not come to rest, or the filter is of what cells do not have
 * @throws {RowError} for values that no session has
 */
export async function answerOf(engine: SqlEngine, limits: Limits, filter: Filter = {}): Promise<Answer> {
  for (let attempt = 1;; attempt++) {
    const before = await engine.fingerprint();
    try {
      const answer = await ask(engine, limits, filter);
      if (await engine.fingerprint() === before) return answer;
    } catch (error) {
      if (!(error instanceof ChangedError) && await isAsBefore(engine, before)) throw error;
    }
    if (attempt === ATTEMPTS) {
      throw new ChangedError(
        engine.name,
        `the table was written to each of the ${ATTEMPTS} times it was read, so no figure was computed; ` +
          "ask again when the loading is done",
      );
    }
  }
}

/** How many sessions have tokens that were counted by a tokenizer; null where that is known of the whole alone. */
async function estimatedIn(database: SqlEngine, whole: boolean): Promise<number | null> {
  if (database.estimated) return whole ? await database.estimated() : null;
  const flag = database.dialect.column("tokensEstimated");
  const [row] = await database.rows(`SELECT count(*) AS n ${database.from(flag)}`);
  return Number(row?.["n"] ?? 0);
}

/** Whether nothing was written, as far as can be told: then what went wrong is no matter of writing. */
async function isAsBefore(engine: SqlEngine, before: string): Promise<boolean> {
  return await engine.fingerprint().then((now) => now === before, () => true);
}

async function ask(engine: SqlEngine, limits: Limits, filter: Filter): Promise<Answer> {
  const all = await cellsFrom(engine, limits.cells);
  const count = (of: readonly Cell[]) => of.reduce((sum, c) => sum + c.sessions, 0);
  if (count(all) === 0) {
    throw new EngineError(engine.name, "the table holds no session; load some by `deno task import SOURCE --to ...`");
  }
  const repeatedIds = await engine.repeatedIds(count(all));
  if (repeatedIds) {
    throw new EngineError(
      engine.name,
      `${
        plural(repeatedIds, "row has", "rows have")
      } a session id that another row has too, and would count twice; remove them, or give a view ` +
        "that has each session once",
    );
  }
  const { database, cells } = sliceOf(engine, all, filter);
  const total = count(cells);
  const held = total <= limits.sessions;
  const wanted = held ? total : Math.min(total, limits.sample);
  const sessions = wanted === 0 ? (held ? [] : null) : await sessionsFrom(database, held ? null : wanted);
  if (sessions !== null && sessions.length !== wanted) {
    throw new ChangedError(engine.name, `${sessions.length} sessions came, ${wanted} were expected`);
  }
  // A session of a slice keeps its failure mode: the thresholds are those of the whole.
  const thresholds = cells.length === all.length ? undefined : await thresholdsIn(engine, all);
  const counted = {
    cells,
    distributions: await distributionsIn(database, cells, thresholds),
    repeatedIds,
    tokensEstimated: held && sessions
      ? sessions.filter((one) => one.tokensEstimated).length
      : await estimatedIn(database, cells.length === all.length),
  };
  if (sessions === null) return { ...counted, held: "none", sessions };
  if (!held) return { ...counted, held: "sample", sessions };
  // What the database was not asked for its sessions tell.
  const { termCounts, duplicates } = distributionsOf(sessions);
  return {
    ...counted,
    distributions: ordered({ ...counted.distributions, termCounts, duplicates }),
    held: "all",
    sessions,
  };
}

/**
 * The sessions counted into cells by the engine, in the order of `cellsOf`.
 *
 * @throws {EngineError} for more than `limit` cells, naming the column with the most names
 */
export async function cellsFrom(engine: SqlEngine, limit: number): Promise<Cell[]> {
  const cells: Cell[] = [];
  for await (const rows of engine.groups(cellsQuery(engine), limit + 1)) {
    for (const row of rows) cells.push(cellOfGroup(row, engine.name));
    if (cells.length > limit) throw await tooManyCells(engine, limit);
  }
  return cells.sort(compareCells);
}

async function tooManyCells(engine: SqlEngine, limit: number): Promise<EngineError> {
  const [row = {}] = await engine.rows(distinctNamesSql(engine));
  const counts = Object.entries(row).map(([key, n]) => ({ name: key.slice(2), n: Number(n) }));
  const most = counts.toSorted((a, b) => b.n - a.n)[0];
  const n = (value: number) => value.toLocaleString("en");
  return new EngineError(
    engine.name,
    `more than ${n(limit)} cells of benchmark, harness, deployment and run: "${most?.name}" has ${n(most?.n ?? 0)} ` +
      "different values, too many for names; give the engine a view in which it names groups of sessions",
  );
}

async function sessionsFrom(engine: SqlEngine, sample: number | null): Promise<Session[]> {
  const sessions: Session[] = [];
  for await (const some of engine.sessions(sample)) for (const session of some) sessions.push(session);
  return sessions.sort(compareSessions);
}
