import type { DuckDBValue } from "@duckdb/node-api";
import { FILTER_COLUMNS, SESSION_COLUMNS, type SessionFilter } from "../../model/mod.ts";
import type { Sort } from "../session_browser.ts";

/** A column as SQL; only names of the list come in. */
export function columnSql(name: string): string {
  if (!FILTER_COLUMNS.has(name)) throw new RangeError(`sessions have no column "${name}"`);
  return name === "config" ? `(harness || ' · ' || model)` : `"${name}"`;
}

/** The column of ids. */
export const ID = `"${SESSION_COLUMNS.sessionId.name}"`;

/** Unknown values come last, ties are in order of id; or all of it turned around. */
export function orderOf(sort: Sort | null, turned = false): string {
  const id = turned ? `${ID} DESC` : ID;
  if (sort === null) return id;
  const direction = sort.descending === turned ? "ASC" : "DESC";
  return `${columnSql(sort.column)} ${direction} NULLS ${turned ? "FIRST" : "LAST"}, ${id}`;
}

/** What comes before a session in an order, and what after: its id is bound behind `bound` values, its key behind that. */
export function sidesOf(sort: Sort | null, isUnknown: boolean, bound: number): { earlier: string; later: string } {
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
export function conditionOf(filter: SessionFilter): { sql: string; values: DuckDBValue[] } {
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

/** A count as SQL. @throws {RangeError} for what is none */
export function whole(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`expected a whole number, found ${value}`);
  return value;
}
