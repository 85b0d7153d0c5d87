import { RowError, SharedMessages } from "../../model/mod.ts";
import { parseRecorded, timeUs } from "../../traces/mod.ts";
import { jsonText, quoted } from "../../traces/json_text.ts";
import { isNoTime, timeTextOf } from "../../traces/time_text.ts";
import { add, type ReadNotes } from "./notes.ts";

/** Where a value was found, for the message of an error. */
export interface Place {
  source: string;
  row: number;
  field: string;
}

/** How deep metadata is kept as such; what is deeper is kept as JSON text. */
const DEEPEST = 100;

/** What recorders write where there is no value. */
const NO_VALUE = /^\s*(?:null|none|nan|nil|undefined|n\/?a|-)?\s*$/i;

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;
const isNothing = (value: unknown) =>
  isNone(value) || (typeof value === "string" && NO_VALUE.test(value)) || (typeof value === "number" && isNaN(value));

/** Text as it is; what a recorder wrote as an object or list becomes its JSON text. A lone surrogate becomes U+FFFD. */
export function toText(value: unknown, notes?: ReadNotes): string | null {
  // What has no value in a column of numbers is no text either.
  if (isNone(value) || Number.isNaN(value)) return null;
  const text = typeof value === "string" ? value : typeof value === "object" ? objectText(value) : String(value);
  return wellFormed(text, notes);
}

/** Text that has to be there. */
export function toName(value: unknown, { source, row, field }: Place, notes?: ReadNotes): string {
  const text = toText(value, notes);
  if (text !== null && text !== "") return text;
  throw new RowError(
    source,
    row,
    field,
    `expected text that is not empty, found ${value === undefined ? "nothing" : quoted(value)}`,
  );
}

/** Recorded messages as they are held: their reader repairs and counts what is wrong with them. */
export function toMessages(value: unknown): string | SharedMessages | null {
  if (isNone(value) || typeof value === "string" || value instanceof SharedMessages) return value ?? null;
  return typeof value === "object" ? objectText(value) : String(value);
}

function wellFormed(text: string, notes?: ReadNotes): string {
  if (text.isWellFormed()) return text;
  if (notes) add(notes.repaired, LONE_SURROGATES);
  return text.toWellFormed();
}

const LONE_SURROGATES = "texts with half of a UTF-16 pair";

const objectText = (value: object) => jsonText(plainTo(value, 0, { longIntegers: "kept" }));

/**
 * A count: an integer, or its digits as text, however written (`1000`, `"1000"`, `1000.0`, `1e3`). What is none (a fraction,
 * a negative number, `1,000`, which may be one or a thousand) is unknown and noted.
 */
export function toCount(value: unknown, field: string, notes: ReadNotes): number | null {
  const count = countIn(value);
  if (count !== "neither") return count;
  add(notes.unreadable, field);
  return null;
}

/** A count as {@link toCount} reads it: `neither` for what is there but is none, null where nothing is there. */
export function countIn(value: unknown): number | null | "neither" {
  const number = numberOf(value);
  if (number === null) return null;
  return Number.isSafeInteger(number) && number >= 0 ? Math.abs(number) : "neither";
}

/** A finite number, or its text. */
export function toNumber(value: unknown, field: string, notes: ReadNotes): number | null {
  const number = numberOf(value);
  if (number === null || Number.isFinite(number)) return number;
  add(notes.unreadable, field);
  return null;
}

/** An amount of money: a number, 0 or more. */
export function toAmount(value: unknown, field: string, notes: ReadNotes): number | null {
  const amount = amountIn(value);
  if (amount !== "neither") return amount;
  add(notes.unreadable, field);
  return null;
}

/** An amount as {@link toAmount} reads it: `neither` for what is there but is none, null where nothing is there. */
export function amountIn(value: unknown): number | null | "neither" {
  const number = numberOf(value);
  return number === null || (Number.isFinite(number) && number >= 0) ? number : "neither";
}

/** The number that a value is; null where there is none, Infinity where it is something else. */
function numberOf(value: unknown): number | null {
  if (isNothing(value)) return null;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value)
    ? Number(value)
    : Infinity;
}

const YES = new Set([
  ...[
    "true",
    "yes",
    "y",
    "t",
    "1",
    "1.0",
    "pass",
    "passed",
    "success",
    "successful",
    "succeeded",
    "solved",
    "resolved",
  ],
  ...["correct", "ok", "right", "win", "won"],
]);
const NO = new Set([
  ...["false", "no", "n", "f", "0", "0.0", "fail", "failed", "failure", "unsuccessful", "unsolved", "unresolved"],
  ...["incorrect", "wrong", "lost"],
]);

/**
 * A yes or no as 1 or 0, as a truth value, a number or a word for it (`pass`, `resolved`, `False`). A grade between the two,
 * and a word that is neither, is unknown and noted.
 */
export function toVerdict(value: unknown, field: string, notes: ReadNotes): 0 | 1 | null {
  const verdict = verdictIn(value);
  if (verdict === "neither") add(notes.unreadable, field);
  return verdict === "neither" ? null : verdict;
}

/**
 * A yes or no as {@link toVerdict} reads it: `neither` for what is there but is none, null where nothing is there.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { verdictIn } from "agent-trace-lab/sources";
 * equal(verdictIn("passed"), 1);
 * equal(verdictIn(0.5), "neither");
 * ```
 */
export function verdictIn(value: unknown): 0 | 1 | null | "neither" {
  if (isNothing(value)) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === 1 || value === 1n) return 1;
  if (value === 0 || value === 0n) return 0;
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  return YES.has(word) ? 1 : NO.has(word) ? 0 : "neither";
}

/** Whether some of the verdicts say yes and others no; what is neither says nothing. */
export function contradict(values: readonly unknown[]): boolean {
  const verdicts = new Set(values.map(verdictIn));
  return verdicts.has(0) && verdicts.has(1);
}

/**
 * The start and the end of a span as ISO 8601. One that cannot be read, or cannot be, is unknown and noted; so is an end
 * that is before the start, by more than clocks are rounded.
 */
export function toTimes(
  startTime: unknown,
  endTime: unknown,
  notes: ReadNotes,
  collectedUs: number | null,
): { startTime: string | null; endTime: string | null } {
  const startUs = microseconds(startTime, "startTime", notes, collectedUs);
  const endUs = microseconds(endTime, "endTime", notes, collectedUs);
  const backwards = startUs !== null && endUs !== null && endUs < startUs - 1000;
  if (backwards) add(notes.unreadable, "endTime before startTime");
  return {
    startTime: startUs === null ? null : timeTextOf(startTime, startUs),
    endTime: endUs === null || backwards ? null : timeTextOf(endTime, endUs),
  };
}

function microseconds(value: unknown, field: string, notes: ReadNotes, collectedUs: number | null): number | null {
  if (isNone(value)) return null;
  const us = timeUs(value instanceof Date ? value.getTime() : value, collectedUs);
  if (us === null && !isNoTime(value)) add(notes.unreadable, field);
  return us;
}

/** A list of texts; a single text is a list of one. */
export function toTexts(value: unknown, notes?: ReadNotes): string[] | null {
  if (isNone(value)) return null;
  const list = Array.isArray(value) ? value : typeof value === "string" ? listIn(value) : [value];
  return list.flatMap((one) => toText(one, notes) || []);
}

/** The texts of a list that was written as JSON text; any other text is a list of one. */
function listIn(text: string): unknown[] {
  if (!/^\s*\[/.test(text)) return [text];
  try {
    const list: unknown = parseRecorded(text);
    return Array.isArray(list) ? list : [text];
  } catch {
    return [text];
  }
}

const CODES: Record<string, number> = { "": 0, UNSET: 0, OK: 1, ERROR: 2, 0: 0, 1: 1, 2: 2 };

/** OpenTelemetry's status code, as a number or by name; unset where there is none, or none that is known. */
export function toStatusCode(value: unknown, notes: ReadNotes): number {
  if (isNone(value)) return 0;
  const name = String(value).trim().replace(/^STATUS_CODE_/i, "").toUpperCase();
  if (Object.hasOwn(CODES, name)) return CODES[name]!;
  add(notes.unreadable, "statusCode");
  return 0;
}

/**
 * A value as JSON can hold it: integers of 64 bits as numbers where exact and as text where not, bytes as base64, lone
 * surrogates as U+FFFD, what nests very deep as JSON text.
 */
export function plain(value: unknown, notes?: ReadNotes): unknown {
  return plainTo(value, 0, { longIntegers: "text", ...(notes ? { notes } : {}) });
}

interface PlainOptions {
  longIntegers: "text" | "kept";
  notes?: ReadNotes;
}

function plainTo(value: unknown, depth: number, options: PlainOptions): unknown {
  if (typeof value === "string") return options.notes ? wellFormed(value, options.notes) : value;
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value))
      ? Number(value)
      : options.longIntegers === "text"
      ? String(value)
      : value;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return value.toBase64();
  if (typeof value !== "object" || value === null) return value ?? null;
  if (depth >= DEEPEST) {
    if (options.notes) add(options.notes.repaired, "values nested deeper than 100 levels, kept as JSON text");
    return jsonText(value);
  }
  if (Array.isArray(value)) return value.map((item) => plainTo(item, depth + 1, options));
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    options.notes ? wellFormed(key, options.notes) : key,
    plainTo(item, depth + 1, options),
  ]);
  return Object.fromEntries(entries);
}
