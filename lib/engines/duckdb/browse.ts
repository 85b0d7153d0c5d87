import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { valueRedactor } from "../../traces/redaction/value.ts";
import { type Session, SESSION_COLUMNS, type SessionFilter, sessionOfRow } from "../../model/mod.ts";
import { EngineError } from "../engine.ts";
import { type Bin, SESSION_LINE, type SessionBrowser, type SessionLine } from "../session_browser.ts";
import { asking } from "./asking.ts";
import { columnSql, conditionOf, ID, orderOf, sidesOf, whole } from "./browse_sql.ts";
import { explainedDuckDb } from "./duckdb.ts";
import { keptOrders, lately } from "./kept_orders.ts";
import { openDuckDbSink } from "./sink.ts";

/** What is browsed: sessions in memory, or a DuckDB database of `deno task import --to`. */
export type Browsed = { sessions: readonly Session[] } | { database: string };

const PART = 20_000;

/** What a question may take: a page that asks for more is told so, and the next is answered. */
const MOST_SECONDS = 30;
const MOST_MEMORY = "2GB";

/** Rows beyond these are found by the order of all, which is kept. */
const NEAR = 2_000;

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
  const [connection, beside] = [await asking(instance, name, seconds), await asking(instance, name, seconds)];
  const { rows } = connection;
  const [first] = await rows(`SELECT count(*) AS n FROM sessions`);
  const total = Number(first!["n"]);
  const counts = lately<number>();
  const orders = keptOrders(beside);
  const count = (filter: SessionFilter) =>
    counts(JSON.stringify(filter), async () => {
      const { sql, values } = conditionOf(filter);
      const [row] = await rows(`SELECT count(*) AS n FROM sessions ${sql}`, values);
      return Number(row!["n"]);
    });
  const counted = "count(*) AS sessions, count(success) AS scored, coalesce(sum(success), 0) AS solved";
  return {
    total,
    count,
    async page(filter, sort, offset, limit) {
      orders.busy();
      const { sql, values } = conditionOf(filter);
      // The first rows are found by themselves; those far down by their places, which are found once, while the first are read.
      const far = total > near && offset + limit > near ? await orders.places(filter, sort) : null;
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
      if (total > near) orders.soon(filter, sort);
      return found.map(lineOf);
    },
    async groups(filter, column, limit) {
      const { sql, values } = conditionOf(filter);
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
      const { sql, values } = conditionOf(filter);
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
      const { sql, values } = conditionOf(filter);
      const of = await count(filter);
      const inside = `${sql === "" ? "WHERE" : `${sql} AND`}`;
      const key = sort === null ? ID : columnSql(sort.column);
      const [own] = await rows(
        `SELECT ${key} AS key FROM sessions ${inside} ${ID} = $${values.length + 1}`,
        [...values, id],
      );
      if (!own) return { before: null, after: null, place: 0, of };
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
        of,
      };
    },
    async close() {
      orders.busy();
      await Promise.all([connection.close(), beside.close()]);
      instance.closeSync();
      await remove();
    },
  };
}

const LINE = SESSION_LINE.map((field) => `"${SESSION_COLUMNS[field].name}"`).join(", ");

function lineOf(row: Record<string, unknown>): SessionLine {
  return Object.fromEntries(SESSION_LINE.map((field) => {
    const value = row[SESSION_COLUMNS[field].name] ?? null;
    return [field, typeof value === "bigint" ? Number(value) : value];
  })) as unknown as SessionLine;
}
