import { type Column, type ColumnKind, SESSION_COLUMNS } from "../model/mod.ts";
import { isNoTime, isoOfUs } from "../traces/time_text.ts";
import { timeUs } from "../traces/mod.ts";
import { add, newNotes, type ReadNotes } from "./mapping/notes.ts";
import { toAmount, toCount, toText, toVerdict } from "./mapping/values.ts";

type Reader = (value: unknown, column: Column, notes: ReadNotes) => unknown;

const text: Reader = (value, { name }, notes) => {
  if (!(value instanceof Date)) return toText(value, notes) || null;
  // A moment of a Parquet column.
  if (!Number.isNaN(value.getTime())) return value.toISOString();
  add(notes.unreadable, name);
  return null;
};

const READERS: Record<ColumnKind, Reader> = {
  name: text,
  text,
  choice: (value, { name, words = [] }, notes) => {
    const word = toText(value, notes)?.trim() || null;
    if (word === null || words.includes(word)) return word;
    add(notes.unreadable, name);
    return null;
  },
  count: (value, { name }, notes) => toCount(value, name, notes),
  verdict: (value, { name }, notes) => toVerdict(value, name, notes),
  amount: (value, { name }, notes) => toAmount(value, name, notes),
  flag: (value, { name }, notes) => {
    const verdict = toVerdict(value, name, notes);
    return verdict === null ? null : verdict === 1;
  },
};

/** A time in UTC, as sessions of traces have it. */
function startOf(value: unknown, name: string, notes: ReadNotes): string | null {
  const us = timeUs(value instanceof Date ? value.getTime() : value);
  if (us === null && !isNoTime(value)) add(notes.unreadable, name);
  return us === null ? null : isoOfUs(us);
}

/**
 * A value of a table of sessions of one's own, read as those of traces are: what is none is unknown, and noted. A column that
 * every session needs keeps it, to be refused with the row.
 */
export function sessionValue(value: unknown, column: Column, notes: ReadNotes): unknown {
  if (value === null || value === undefined) return null;
  if (column.name === SESSION_COLUMNS.startedAt.name) return startOf(value, column.name, notes);
  const read = READERS[column.kind];
  if (column.kind === "count" && !column.nullable) return read(value, column, newNotes()) ?? value;
  return read(value, column, notes);
}
