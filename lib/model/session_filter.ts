import { z } from "zod";
import { type Column, SESSION_COLUMNS } from "./columns.ts";

/** What a column of sessions must be: one of some values (null: not known), within bounds, or a text that has a word. */
export interface ColumnFilter {
  /** One of these. */
  in?: (string | number | boolean | null)[] | undefined;
  /** At least this. */
  min?: number | undefined;
  /** At most this. */
  max?: number | undefined;
  /** Contains this text. */
  has?: string | undefined;
}

/** Conditions by column name, all of which must hold; `config` is harness and model. */
export type SessionFilter = Record<string, ColumnFilter>;

/** Columns that a table of sessions can be filtered and sorted by, by their names in tables. */
export const FILTER_COLUMNS: ReadonlyMap<string, Pick<Column, "kind">> = new Map([
  ...Object.values(SESSION_COLUMNS).map((column): [string, Pick<Column, "kind">] => [column.name, column]),
  ["config", { kind: "name" }],
]);

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Checks a {@link SessionFilter}: an unknown column is named. */
export const sessionFilterSchema: z.ZodType<SessionFilter> = z.record(
  z.string().refine((name) => FILTER_COLUMNS.has(name), "there is no such column"),
  z.strictObject({
    in: z.array(value).max(1000).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    has: z.string().max(1000).optional(),
  }),
);
