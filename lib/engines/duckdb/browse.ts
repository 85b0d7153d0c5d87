import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { valueRedactor } from "../../traces/redaction/value.ts";
import { FILTER_COLUMNS, type Session, SESSION_COLUMNS, type SessionFilter, sessionOfRow } from "../../model/mod.ts";
import { EngineError } from "../engine.ts";
import { explainedDuckDb } from "./duckdb.ts";
import { openDuckDbSink } from "./sink.ts";

/** Which rows of a table come first. */
export interface Sort {
  /** By which column. */
  column: string;
  /** The largest first. */
  descending: boolean;
}

/** Sessions of one group, counted. */
export interface GroupCount {
  /** The group's name; null where sessions have none. */
  key: string | null;
  /** How many sessions. */
  sessions: number;
  /** How many of them have a verdict. */
  scored: number;
  /** How many of them are solved. */
  solved: number;
}

/** Sessions whose value lies in [lo, hi), counted; the last bin has its upper bound in it. */
export interface Bin {
  /** From here. */
  lo: number;
  /** To here, and not beyond. */
  hi: number;
  /** How many sessions. */
  sessions: number;
  /** How many of them are solved. */
  solved: number;
  /** How many of them are not. */
  failed: number;
}

/** Neighbours of a session in some order. */
export interface Around {
  /** The id before it; null where it is the first. */
  before: string | null;
  /** The id after it; null where it is the last. */
  after: string | null;
  /** Its place, from 1; 0 where it is not among them. */
  place: number;
  /** How many there are. */
  of: number;
}

/** A session as a line of a table: to read all of it takes as long again. */
export type SessionLine = Pick<
  Session,
  | "sessionId"
  | "success"
  | "benchmark"
  | "harness"
  | "model"
  | "totalTokens"
  | "calls"
  | "durationS"
  | "topics"
  | "judgeReasoning"
>;

const SHOWN: readonly (keyof SessionLine)[] = [
  "sessionId",
  "success",
  "benchmark",
  "harness",
  "model",
  "totalTokens",
  "calls",
  "durationS",
  "topics",
  "judgeReasoning",
];

/** A table of sessions that is looked through: a page at a time, counted by groups and bins under any filter. */
export interface SessionBrowser {
  /** All sessions, whatever the filter. */
  total: number;
  /** How many sessions a filter leaves. */
  count(filter: SessionFilter): Promise<number>;
  /** Some sessions that a filter leaves; ties are in order of id. */
  page(filter: SessionFilter, sort: Sort | null, offset: number, limit: number): Promise<SessionLine[]>;
  /** Counted by a column of names, most sessions first. */
  groups(filter: SessionFilter, column: string, limit: number): Promise<GroupCount[]>;
  /** Counted by equal bins of a column of numbers, of logarithms where `log`; sessions that do not know it are in none. */
  bins(filter: SessionFilter, column: string, bins: number, log: boolean): Promise<Bin[]>;
  /** Sessions by id, those that are there. */
  sessions(ids: readonly string[]): Promise<Session[]>;
  /** The sessions before and after one among those that a filter leaves, and its place; 0 where it is none of them. */
  around(id: string, filter: SessionFilter, sort: Sort | null): Promise<Around>;
  /** Lets go of the database. */
  close(): Promise<void>;
}

/** What is browsed: sessions in memory, or a DuckDB database of `deno task import --to`. */
export type Browsed = { sessions: readonly Session[] } | { database: string };

const PART = 20_000;

/** Rows beyond these are found by the order of all, which is kept; it is made when nothing was asked for so long. */
const NEAR = 2_000, REST_MS = 500;

/** Answers by what was asked, the last few of them kept. */
function lately<T>(most = 4): (key: string, ask: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, ask) => {
    const found = known.get(key) ?? ask();
    known.delete(key);
    known.set(key, found);
    found.catch(() => known.delete(key));
    for (const old of [...known.keys()].slice(0, -most)) known.delete(old);
    return found;
  };
}

/** What a question may take: a page that asks for more is told so, and the next is answered. */
const MOST_SECONDS = 30;
const MOST_MEMORY = "2GB";

/**
 * Opens sessions for browsing. Those in memory are put into a table of a temporary database, which is removed at the end; a
 * database is opened for reading alone. Columns are known names and values are bound: no text of a user becomes SQL.
 *
 * A question that takes longer than `seconds`, or more memory than 2 GB, is broken off; rows beyond `near` are found by an order
 * that is kept.
 *
 * @throws {EngineError} for a database that has no table of sessions
 */
export async function browseSessions(
  of: Browsed,
  { seconds = MOST_SECONDS, near = NEAR } = {},
): Promise<SessionBrowser> {
  const folder = "sessions" in of ? await Deno.makeTempDir() : null;
  const path = "sessions" in of ? `${folder}/sessions.duckdb` : of.database;
  const remove = async () => {
    if (folder !== null) await Deno.remove(folder, { recursive: true });
  };
  if ("sessions" in of) {
    const sink = await openDuckDbSink(path);
    const redact = valueRedactor();
    for (let at = 0; at < of.sessions.length; at += PART) {
      await sink.add("sessions", of.sessions.slice(at, at + PART).map((session) => redact(session).value));
    }
    await sink.close();
  }
  const name = `duckdb:${path}`;
  const limits = { access_mode: "READ_ONLY", enable_external_access: "false", memory_limit: MOST_MEMORY };
  const instance = await DuckDBInstance.create(path, limits)
    .catch(async (error: Error) => {
      await remove();
      throw new EngineError(name, explainedDuckDb(error), { cause: error });
    });
  const connection = await instance.connect();
  // One query after another: a connection has one result at a time.
  let last: Promise<unknown> = Promise.resolve();
  const rows = (sql: string, values: DuckDBValue[] = []) => {
    const mine = last.then(() => read(connection, name, sql, values, seconds));
    last = mine.catch(() => {});
    return mine;
  };
  const [first] = await rows(`SELECT count(*) AS n FROM sessions`);
  const where = (filter: SessionFilter) => conditionOf(filter);
  const counts = lately<number>();
  const orders = lately<Uint32Array | null>();
  let resting: ReturnType<typeof setTimeout> | undefined;
  /** All rows that a filter leaves, in an order, by their places in the table; null for what is no table (a view, say). */
  const placesInOrder = (filter: SessionFilter, sort: Sort | null) =>
    orders(JSON.stringify([filter, sort]), async () => {
      const { sql, values } = where(filter);
      const asked = `SELECT CAST(rowid AS UINTEGER) FROM sessions ${sql} ORDER BY ${orderOf(sort)}`;
      const beside = await instance.connect();
      try {
        return Uint32Array.from((await beside.runAndReadAll(asked, values)).getColumns()[0] as number[]);
      } catch {
        return null;
      } finally {
        beside.closeSync();
      }
    });
  const counted = "count(*) AS sessions, count(success) AS scored, coalesce(sum(success), 0) AS solved";
  return {
    total: Number(first!["n"]),
    count(filter) {
      return counts(JSON.stringify(filter), async () => {
        const { sql, values } = where(filter);
        const [row] = await rows(`SELECT count(*) AS n FROM sessions ${sql}`, values);
        return Number(row!["n"]);
      });
    },
    async page(filter, sort, offset, limit) {
      clearTimeout(resting);
      const { sql, values } = where(filter);
      // The first rows are found by themselves; those far down by their places, which are found once, while the first are read.
      const isLarge = Number(first!["n"]) > near;
      const far = isLarge && offset + limit > near ? await placesInOrder(filter, sort) : null;
      if (far) {
        const wanted = far.subarray(offset, offset + limit);
        const found = await rows(
          `SELECT ${LINE}, rowid AS place FROM sessions WHERE rowid IN (${wanted.join(", ") || "NULL"})`,
        );
        const byPlace = new Map(found.map((row) => [Number(row["place"]), lineOf(row)]));
        return Array.from(wanted, (place) => byPlace.get(place)!);
      }
      const found = await rows(
        `SELECT ${LINE} FROM sessions ${sql} ORDER BY ${orderOf(sort)} LIMIT ${whole(limit)} OFFSET ${whole(offset)}`,
        values,
      );
      if (isLarge) resting = setTimeout(() => void placesInOrder(filter, sort), REST_MS);
      return found.map(lineOf);
    },
    async groups(filter, column, limit) {
      const { sql, values } = where(filter);
      const found = await rows(
        `SELECT ${columnSql(column)} AS key, ${counted} FROM sessions ${sql} GROUP BY 1 ORDER BY 2 DESC, 1 ` +
          `LIMIT ${whole(limit)}`,
        values,
      );
      return found.map((row) => ({
        key: row["key"] === null ? null : String(row["key"]),
        sessions: Number(row["sessions"]),
        scored: Number(row["scored"]),
        solved: Number(row["solved"]),
      }));
    },
    async bins(filter, column, bins, log) {
      const { sql, values } = where(filter);
      const x = log ? `log10(greatest(${columnSql(column)}, 1))` : columnSql(column);
      const known = `${sql === "" ? "WHERE" : `${sql} AND`} ${columnSql(column)} IS NOT NULL`;
      const [bounds] = await rows(
        `SELECT min(${x}) AS lo, max(${x}) AS hi FROM sessions WHERE ${columnSql(column)} IS NOT NULL`,
      );
      if (bounds!["lo"] === null) return [];
      const [lo, hi] = [Number(bounds!["lo"]), Number(bounds!["hi"])];
      const width = hi > lo ? (hi - lo) / whole(bins) : 1;
      const found = await rows(
        `SELECT least(floor((${x} - ${lo}) / ${width}), ${
          whole(bins) - 1
        }) AS bin, ${counted} FROM sessions ${known} GROUP BY 1`,
        values,
      );
      const at = (i: number) => log ? 10 ** (lo + i * width) : lo + i * width;
      return Array.from({ length: hi > lo ? whole(bins) : 1 }, (_, i): Bin => {
        const row = found.find(({ bin }) => Number(bin) === i);
        const [solved, scored] = [Number(row?.["solved"] ?? 0), Number(row?.["scored"] ?? 0)];
        return { lo: at(i), hi: at(i + 1), sessions: Number(row?.["sessions"] ?? 0), solved, failed: scored - solved };
      });
    },
    async sessions(ids) {
      if (ids.length === 0) return [];
      const list = ids.map((_, i) => `$${i + 1}`).join(", ");
      const found = await rows(`SELECT * FROM sessions WHERE session_id IN (${list}) ORDER BY session_id`, [...ids]);
      return found.map((row) => sessionOfRow(row, name, String(row["session_id"])));
    },
    async around(id, filter, sort) {
      const { sql, values } = where(filter);
      const [of] = await rows(`SELECT count(*) AS n FROM sessions ${sql}`, values);
      const inside = `${sql === "" ? "WHERE" : `${sql} AND`}`;
      const key = sort === null ? ID : columnSql(sort.column);
      const [own] = await rows(
        `SELECT ${key} AS key FROM sessions ${inside} ${ID} = $${values.length + 1}`,
        [...values, id],
      );
      if (!own) return { before: null, after: null, place: 0, of: Number(of!["n"]) };
      const { earlier, later } = sidesOf(sort, own["key"] === null, values.length);
      const bound = [...values, id, ...(sort === null || own["key"] === null ? [] : [own["key"] as DuckDBValue])];
      const [before] = await rows(
        `SELECT ${ID} AS id FROM sessions ${inside} (${earlier}) ORDER BY ${orderOf(sort, true)} LIMIT 1`,
        bound,
      );
      const [after] = await rows(
        `SELECT ${ID} AS id FROM sessions ${inside} (${later}) ORDER BY ${orderOf(sort)} LIMIT 1`,
        bound,
      );
      const [place] = await rows(`SELECT count(*) AS n FROM sessions ${inside} (${earlier})`, bound);
      return {
        before: before ? String(before["id"]) : null,
        after: after ? String(after["id"]) : null,
        place: Number(place!["n"]) + 1,
        of: Number(of!["n"]),
      };
    },
    async close() {
      clearTimeout(resting);
      connection.closeSync();
      instance.closeSync();
      await remove();
    },
  };
}

const LINE = SHOWN.map((field) => `"${SESSION_COLUMNS[field].name}"`).join(", ");

function lineOf(row: Record<string, unknown>): SessionLine {
  return Object.fromEntries(SHOWN.map((field) => {
    const value = row[SESSION_COLUMNS[field].name] ?? null;
    return [field, typeof value === "bigint" ? Number(value) : value];
  })) as unknown as SessionLine;
}

async function read(
  connection: DuckDBConnection,
  name: string,
  sql: string,
  values: DuckDBValue[],
  seconds: number,
): Promise<Record<string, unknown>[]> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, 1000 * seconds);
  try {
    const result = await connection.runAndReadAll(sql, values);
    return result.getRowObjects() as Record<string, unknown>[];
  } catch (error) {
    const why = late ? `took more than ${seconds} s and was broken off; filter first` : explainedDuckDb(error as Error);
    throw new EngineError(name, why, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** A column as SQL; only names of the list come in. */
function columnSql(name: string): string {
  if (!FILTER_COLUMNS.has(name)) throw new RangeError(`sessions have no column "${name}"`);
  return name === "config" ? `(harness || ' · ' || model)` : `"${name}"`;
}

const ID = `"${SESSION_COLUMNS.sessionId.name}"`;

/** Unknown values come last, ties are in order of id; or all of it turned around. */
function orderOf(sort: Sort | null, turned = false): string {
  const id = turned ? `${ID} DESC` : ID;
  if (sort === null) return id;
  const direction = sort.descending === turned ? "ASC" : "DESC";
  return `${columnSql(sort.column)} ${direction} NULLS ${turned ? "FIRST" : "LAST"}, ${id}`;
}

/** What comes before a session in an order, and what after: its id is bound behind `bound` values, its key behind that. */
function sidesOf(sort: Sort | null, isUnknown: boolean, bound: number): { earlier: string; later: string } {
  const id = `$${bound + 1}`;
  if (sort === null) return { earlier: `${ID} < ${id}`, later: `${ID} > ${id}` };
  const column = columnSql(sort.column);
  if (isUnknown) {
    return {
      earlier: `${column} IS NOT NULL OR ${ID} < ${id}`,
      later: `${column} IS NULL AND ${ID} > ${id}`,
    };
  }
  const key = `$${bound + 2}`;
  const [less, more] = sort.descending ? [">", "<"] : ["<", ">"];
  return {
    earlier: `${column} ${less} ${key} OR (${column} = ${key} AND ${ID} < ${id})`,
    later: `${column} ${more} ${key} OR (${column} = ${key} AND ${ID} > ${id}) OR ${column} IS NULL`,
  };
}

/** WHERE with its bound values; empty where there is no condition. */
function conditionOf(filter: SessionFilter): { sql: string; values: DuckDBValue[] } {
  const values: DuckDBValue[] = [];
  const bound = (value: DuckDBValue) => `$${values.push(value)}`;
  const parts = Object.entries(filter).flatMap(([name, wanted]) => {
    const column = columnSql(name);
    const conditions: string[] = [];
    if (wanted.in) {
      const known = wanted.in.filter((value) => value !== null);
      const listed = known.length ? `${column} IN (${known.map(bound).join(", ")})` : "false";
      conditions.push(wanted.in.includes(null) ? `(${listed} OR ${column} IS NULL)` : listed);
    }
    if (wanted.min !== undefined) conditions.push(`${column} >= ${bound(wanted.min)}`);
    if (wanted.max !== undefined) conditions.push(`${column} <= ${bound(wanted.max)}`);
    if (wanted.has) conditions.push(`contains(lower(CAST(${column} AS VARCHAR)), ${bound(wanted.has.toLowerCase())})`);
    return conditions;
  });
  return { sql: parts.length ? `WHERE ${parts.join(" AND ")}` : "", values };
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`expected a whole number, found ${value}`);
  return value;
}
