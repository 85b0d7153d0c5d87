import { type Label, RowError } from "../../model/mod.ts";
import { timeUs } from "../../traces/mod.ts";
import { newNotes } from "../mapping/notes.ts";
import { toNumber, verdictIn } from "../mapping/values.ts";
import { quoted } from "../../traces/json_text.ts";

/** What questions and columns are called in a tool, where that is not told by their names. */
export interface LabelNames {
  /** The one that asks whether the session is solved. */
  verdict?: string | undefined;
  /** The one that asks how it failed. */
  mode?: string | undefined;
  /** The one that takes remarks. */
  comment?: string | undefined;
  /** The field that holds a session's id. */
  session?: string | undefined;
}

/** What people call them, the most telling first. */
const CALLED = {
  verdict: ["verdict", "solved", "success", "outcome", "correct", "correctness", "passed", "label"],
  mode: ["mode", "failure_mode", "failure", "how_it_failed", "category"],
  comment: ["comment", "comments", "remark", "notes", "note", "explanation"],
  session: ["session_id", "sessionid", "session", "trace_id", "traceid", "conversation_id", "external_id"],
  rater: ["rater", "annotator", "annotated_by", "reviewer", "completed_by", "user", "user_id"],
  at: ["at", "updated_at", "created_at", "created", "timestamp", "time", "date"],
  chance: ["sampling_probability"],
  stratum: ["stratum"],
} as const;

/** The name among some that means a thing; undefined where none does. */
export function nameFor(
  what: keyof typeof CALLED,
  among: readonly string[],
  names: LabelNames = {},
): string | undefined {
  const asked = names[what as keyof LabelNames];
  if (asked !== undefined) return among.includes(asked) ? asked : undefined;
  const plain = (name: string) => name.trim().toLowerCase().replaceAll(/[\s-]+/g, "_");
  for (const called of CALLED[what]) {
    const found = among.find((name) => plain(name) === called);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Words of people for a verdict, beside those that any source may have. */
const CANNOT_TELL = new Set([
  "cannot tell",
  "can't tell",
  "unsure",
  "unknown",
  "unclear",
  "not sure",
  "?",
  "n/a",
  "skip",
]);

/** What a verdict is written as for people. */
export const VERDICT_WORDS = { 1: "solved", 0: "not solved", null: "cannot tell" } as const;

/** @throws {RowError} for what is there and no verdict */
export function verdictOf(value: unknown, path: string, row: number, field: string): Label["verdict"] {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const text = typeof one === "string" ? one.trim().toLowerCase().replaceAll("_", " ") : null;
  if (text !== null && (text === "" || CANNOT_TELL.has(text))) return null;
  if (text === "not solved") return 0;
  const verdict = verdictIn(text === null ? one : text);
  if (verdict !== "neither") return verdict;
  throw new RowError(
    path,
    row,
    field,
    `expected a verdict (solved, not solved, cannot tell, or 1, 0 and nothing), found ${quoted(value)}`,
  );
}

/** A text that is none when it is empty. */
export function textOf(value: unknown): string | null {
  const one = Array.isArray(value) ? value.filter((part) => typeof part === "string").join("\n") : value;
  if (typeof one === "string" && one !== "") return one.toWellFormed();
  return typeof one === "bigint" || (typeof one === "number" && !Number.isNaN(one)) ? String(one) : null;
}

/** A chance; null where there is none. @throws {RowError} where it is none */
export function chanceOf(value: unknown, path: string, row: number): number | null {
  const notes = newNotes();
  const chance = toNumber(value, "sampling_probability", notes);
  if (chance === null && notes.unreadable.size === 0) return null;
  if (chance !== null && chance > 0 && chance <= 1) return chance;
  throw new RowError(
    path,
    row,
    "sampling_probability",
    `expected a number above 0, at most 1; found ${quoted(value)}`,
  );
}

/**
 * A time as ISO 8601, UTC, to the millisecond: texts of one length are in order. Where there is none, the earliest, so that
 * whatever is said later replaces it.
 */
export function timeOf(value: unknown): string {
  const us = timeUs(value);
  return new Date(us === null ? 0 : Math.floor(us / 1000)).toISOString();
}

/** @throws {RowError} where a record names no session */
export function sessionOf(value: unknown, path: string, row: number): string {
  const id = textOf(value);
  if (id !== null) return id;
  throw new RowError(path, row, "session_id", "expected a session's id, found none; name its field with --session");
}

/** Values by key of an unknown thing; empty where it is no record. */
export function recordOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value as Record<string, unknown> : {};
}

/** A list of an unknown thing; empty where it is none. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
