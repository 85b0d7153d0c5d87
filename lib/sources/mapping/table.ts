import { z } from "zod";
import { checkRow, listed, nearest, RowError, SESSION_FIELDS } from "../../model/mod.ts";
import { placedMapping } from "../readers/placed.ts";
import { neededNames, reader } from "./lookup.ts";
import { field, type Mapping } from "./mapping.ts";

/** Where the columns of a table of sessions are in a table of one's own, by the names that tables of sessions have. */
export type TableColumns = NonNullable<Mapping["columns"]>;

const COLUMNS = SESSION_FIELDS.map(([, { name }]) => name);

const tableSchema = z.strictObject({
  name: z.string().min(1),
  form: z.literal("table"),
  columns: z.record(z.string(), field),
});

/** Whether a JSON value is a mapping of a table of sessions rather than of traces. */
export const isTableMapping = (value: unknown): boolean => (Object(value) as { form?: unknown }).form === "table";

/**
 * A mapping of a table of sessions: `{ "name": …, "form": "table", "columns": { "session_id": "run", … } }`.
 *
 * @throws {RowError} naming the file and the field at fault.
 */
export function tableMapping(value: unknown, source: string): Mapping {
  const { name, columns } = checkRow(tableSchema, value, source, null);
  for (const column of Object.keys(columns)) {
    if (COLUMNS.includes(column)) continue;
    const [near] = nearest(column, COLUMNS, 1);
    const there = near === undefined ? `there are ${listed(COLUMNS)}` : `did you mean "${near}"?`;
    throw new RowError(source, null, `columns.${column}`, `no such column of a table of sessions; ${there}`);
  }
  return { ...placedMapping(name), columns };
}

/** Gives a row the columns that a mapping finds in it, beside its own. */
export function columnsPlacer(columns: TableColumns): (row: Record<string, unknown>) => Record<string, unknown> {
  const places = Object.entries(columns).map(([column, place]) => [column, reader(place)] as const);
  return (row) => ({ ...row, ...Object.fromEntries(places.map(([column, read]) => [column, read(row)])) });
}

/** Checks that a file whose columns are known has those that a mapping names. @throws {RowError} naming the nearest */
export function checkColumns(there: readonly string[], columns: TableColumns, source: string): void {
  for (const [column, place] of Object.entries(columns)) {
    const names = neededNames(place);
    if (names.length === 0 || names.some((name) => there.includes(name.split(".")[0]!) || there.includes(name))) {
      continue;
    }
    const [near] = nearest(names[0]!, there, 1);
    const told = near === undefined ? `there are ${listed(there)}` : `the nearest there is "${near}"`;
    throw new RowError(source, null, `columns.${column}`, `no column "${names.join('" or "')}"; ${told}`);
  }
}

/** What says that a mapping is of a table of sessions, where traces are wanted. */
export const TABLE_HAS_NO_CALLS =
  "by its mapping it is a table of sessions, which has no calls; numbers, report, notebooks, view, plan and claims read it " +
  "(docs/formats/tables.md)";
