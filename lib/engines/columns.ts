import { type Column, type Session, SESSION_FIELDS } from "../model/mod.ts";
import { isNew, storageOf } from "../model/columns.ts";
import { EngineError } from "./engine.ts";

/** What a column holds, as far as it matters here, and what the engine calls it. */
export interface ColumnType {
  /** `nulls`: nothing but nulls, which fits any column that may be null. */
  kind: "text" | "number" | "flag" | "nulls" | "other";
  /** The engine's own word for it. */
  type: string;
}

/** A column's name in SQL. */
export const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * The column of each field of a session in a table: as `SESSION_COLUMNS` names it, or by the field itself, as tables of
 * version 1 did. All are checked before anything is asked of the table; those that older tables do not have may be missing.
 *
 * @returns the column in SQL; null for a field that the table does not have
 * @throws {EngineError} naming each column that is missing or of another kind, and what to do
 */
export function columnsOf(
  source: string,
  found: ReadonlyMap<string, ColumnType>,
): (field: keyof Session) => string | null {
  const columns = SESSION_FIELDS.map(([field, column]) => {
    const name = found.has(column.name) ? column.name : field;
    return { field, column, name, there: found.get(name) };
  });
  const missing = columns.flatMap(({ column, there }) => there || isNew(column) ? [] : [column.name]);
  if (missing.length) {
    throw new EngineError(
      source,
      `a table of sessions needs the column${missing.length > 1 ? "s" : ""} ${missing.join(", ")} too; ` +
        "load it with `deno task import SOURCE --to ...`, or give the engine a view that has them",
    );
  }
  const wrong = columns.flatMap(({ column, name, there }) =>
    !there || fits(column, there) ? [] : [`column "${name}": expected ${describe(column)}, found ${there.type}`]
  );
  if (wrong.length) {
    throw new EngineError(source, `${wrong.join("; ")}; give the engine a view that casts what is of another type`);
  }
  const inSql = new Map(columns.map(({ field, name, there }) => [field, there ? quotedName(name) : null]));
  return (field) => inSql.get(field) ?? null;
}

function fits(column: Column, { kind }: ColumnType): boolean {
  const storage = storageOf(column);
  if (kind === "nulls") return column.nullable;
  if (storage === "boolean") return kind === "flag" || kind === "number";
  return kind === (storage === "text" ? "text" : "number");
}

function describe(column: Column): string {
  if (column.kind === "verdict") return "a number (0, 1 or null)";
  return { text: "text", integer: "a number", real: "a number", boolean: "true or false" }[storageOf(column)];
}
