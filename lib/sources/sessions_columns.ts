import { type Session, SESSION_FIELDS } from "../model/mod.ts";

const COLUMNS = new Map(SESSION_FIELDS);

/** Fields whose columns a table of sessions has and no table of traces has. */
const TELLING = ["sessionId", "durationS", "errorSpans"] as const;
/** Of a table of one's own: the sessions, how many calls each took, and one of what there is to ask about. */
const OWN = ["sessionId", "calls"] as const;
const ASKED = ["success", "officialSuccess", "totalTokens", "durationS", "recordedUsd"] as const;
/** Columns that hold the calls themselves: such a table is one of traces. */
const OF_TRACES = ["spans", "messages", "trajectory", "conversation", "conversations", "events", "steps", "history"];

/**
 * Whether a table is one of sessions, one row summed up each: as `deno task import` writes it, or one's own with a count of
 * calls and something to ask about.
 *
 * @param names its columns
 * @param first its first row, where that is at hand: its `calls` is no list of them
 */
export function isSessionsTable(names: readonly string[], first?: Record<string, unknown>): boolean {
  const has = (field: keyof Session) => columnOf(field, names) !== undefined;
  if (TELLING.every(has)) return true;
  const calls = first?.["calls"] ?? null, counted = calls === null || typeof calls !== "object";
  return OWN.every(has) && ASKED.some(has) && !OF_TRACES.some((name) => names.includes(name)) && counted;
}

/** The column that holds a field: its own name, or the field's as tables of version 1 had it. */
export function columnOf(field: keyof Session, names: readonly string[]): string | undefined {
  const column = COLUMNS.get(field)!;
  return names.includes(column.name) ? column.name : names.includes(field) ? field : undefined;
}

/** What a row that looks like one of a table of sessions is told: that it is one, or what it lacks; null where it does not. */
export function sessionsAdvice(row: Record<string, unknown>): string | null {
  const names = Object.keys(row);
  if (isSessionsTable(names, row)) {
    return "it is a table of sessions, one row summed up each, which numbers, report, notebooks and view read as it is";
  }
  const has = (field: keyof Session) => columnOf(field, names) !== undefined;
  const isPlain = Object.values(row).every((value) => typeof value !== "object" || value === null);
  if (!isPlain || OF_TRACES.some((name) => names.includes(name)) || !SESSION_FIELDS.some(([field]) => has(field))) {
    return null;
  }
  const asked = ASKED.map((field) => COLUMNS.get(field)!.name).join(", ");
  const missing = [
    has("sessionId") ? "" : "no session_id",
    has("calls") ? "" : "no calls, the number of model calls of each",
    ASKED.some(has) ? "" : `none of ${asked}`,
  ].filter(Boolean);
  return `for a table of sessions there is ${missing.join("; ")}`;
}
