import { quoted } from "./query.ts";

/** One value, or any of several. */
export type Either = string | readonly string[];

/** Which sessions of a project; a field that is not given keeps everything. */
export interface BraintrustWhere {
  /** ISO 8601: sessions that began at or after it; all until now unless told. */
  from?: string;
  /** ISO 8601: sessions that began before it. */
  to?: string;
  /** By names as logged. */
  benchmark?: Either;
  /** By names as logged. */
  harness?: Either;
  /** By model strings as logged. */
  deployment?: Either;
  /** By names of runs. */
  run?: Either;
  /** A further condition in the service's SQL, on fields of root rows. */
  sql?: string;
}

const FIELDS = ["benchmark", "harness", "deployment", "run"] as const;

/** Before any trace: what a query begins with when nothing is said, since `created` has to be bounded. */
const EARLIEST = "1970-01-01T00:00:00.000Z";

/**
 * The condition of `where` in SQL. `created` is always bounded on both sides.
 *
 * @param nowMs for the upper bound when none is given: a day after it, whatever the clocks
 * @throws {TypeError} when a bound is no time
 */
export function conditionOf(where: BraintrustWhere, nowMs: number): string {
  const to = where.to ?? new Date(nowMs + 86_400_000).toISOString();
  return [
    `created >= ${quoted(iso(where.from ?? EARLIEST, "from"))}`,
    `created < ${quoted(iso(to, "to"))}`,
    ...FIELDS.flatMap((field) => {
      const wanted = where[field];
      if (wanted === undefined) return [];
      return `metadata.${field} IN (${[wanted].flat().map(quoted).join(", ")})`;
    }),
    ...(where.sql === undefined ? [] : [`(${where.sql})`]),
  ].join(" AND ");
}

function iso(text: string, name: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new TypeError(`${name}: expected a date such as 2026-01-31, found "${text}"`);
  return new Date(ms).toISOString();
}

/** The root rows of a project's logs that are sessions, as FROM and WHERE. */
export function sessionRows(projectId: string, where: BraintrustWhere, nowMs: number): string {
  return `FROM project_logs(${quoted(projectId)}) WHERE is_root = true AND metadata.session_id IS NOT NULL ` +
    `AND ${conditionOf(where, nowMs)}`;
}
