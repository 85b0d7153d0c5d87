import { z } from "zod";
import { checkRow, RowError } from "./check.ts";
import { type Column, SESSION_FIELDS, storageOf } from "./columns.ts";
import type { Session } from "./session.ts";

const NAME = "expected text that is not empty";
const COUNT = "expected a count: an integer, 0 or more";
const AMOUNT = "expected a number, 0 or more";

const CHECKS = {
  name: () => z.string(NAME).min(1, NAME),
  text: () => z.string(),
  choice: ({ words = [] }: Column) => z.enum(words as [string, ...string[]]),
  count: () => z.number(COUNT).int(COUNT).nonnegative(COUNT),
  verdict: () => z.union([z.literal(0), z.literal(1)], "expected 0, 1 or null"),
  amount: () => z.number(AMOUNT).nonnegative(AMOUNT),
  flag: () => z.boolean(),
} satisfies Record<Column["kind"], (column: Column) => z.ZodType>;

/** Checks one value of a column; what an older table does not have is null, or false. */
function checkOf(column: Column): z.ZodType {
  const check = CHECKS[column.kind](column);
  const nullable: z.ZodType = column.nullable ? check.nullable() : check;
  if ((column.since ?? 1) === 1) return nullable;
  return nullable.default(column.nullable ? null : false);
}

/** Checks a {@link Session}; fields that older tables do not have may be missing. */
export const sessionSchema = z.object(
  Object.fromEntries(SESSION_FIELDS.map(([field, column]) => [field, checkOf(column)])),
) as unknown as z.ZodObject<{ [K in keyof Session]: z.ZodType<Session[K]> }>;

/**
 * One row of a table of sessions, checked. Columns are named as {@link SESSION_FIELDS} says, or by the fields themselves, as
 * tables of version 1 did. Numbers may come as big integers or text, yes and no as 1 and 0.
 *
 * @param at position of the row, or its id
 * @throws {RowError} naming source, row and field
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { sessionOfRow, rowOfSession } from "agent-trace-lab/model";
 * const { sessions } = await loadDataset("data/examples/sessions.jsonl");
 * const row = rowOfSession(sessions![0]!);
 * equal(sessionOfRow(row, "mine.parquet", 0).sessionId, row.session_id);
 * ```
 */
export function sessionOfRow(row: Record<string, unknown>, source: string, at: number | string | null): Session {
  const values = SESSION_FIELDS.flatMap(([field, column]) => {
    const value = column.name in row ? row[column.name] : row[field];
    // What is not said of a yes and no is no.
    return value === undefined || (value === null && column.kind === "flag")
      ? []
      : [[field, plainValue(value, column)]];
  });
  try {
    return checkRow<Session>(sessionSchema, Object.fromEntries(values), source, at);
  } catch (error) {
    throw error instanceof RowError ? named(error, row) : error;
  }
}

/** The fault with the column's name in the table: the field's own where the table writes that. */
function named(fault: RowError, row: Record<string, unknown>): RowError {
  const column = SESSION_FIELDS.find(([field]) => field === fault.field)?.[1].name;
  if (column === undefined || (fault.field in row && !(column in row))) return fault;
  return new RowError(fault.source, fault.row, column, fault.detail);
}

/**
 * A session as a row of a table, its columns named as in {@link SESSION_FIELDS}.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { rowOfSession } from "agent-trace-lab/model";
 * const { sessions } = await loadDataset("data/examples/sessions.jsonl");
 * equal(rowOfSession(sessions![0]!).session_id, sessions![0]!.sessionId);
 * ```
 */
export function rowOfSession(session: Session): Record<string, string | number | boolean | null> {
  return Object.fromEntries(SESSION_FIELDS.map(([field, { name }]) => [name, session[field]]));
}

/** A value as it is in memory: numbers as such where they are exact. */
function plainValue(value: unknown, column: Column): unknown {
  const storage = storageOf(column);
  if (value === null || storage === "text") return value;
  if (column.kind === "verdict" || column.kind === "flag") {
    const word = String(value).trim().toLowerCase();
    if (word === "true" || word === "false") return column.kind === "flag" ? word === "true" : Number(word === "true");
  }
  const number = typeof value === "bigint" || (typeof value === "string" && value.trim() !== "")
    ? Number(value)
    : value;
  if (storage === "boolean") return number === 0 || number === 1 ? number === 1 : value;
  return storage === "integer" && typeof number === "number" && !Number.isSafeInteger(number) ? value : number;
}
