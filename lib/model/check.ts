/** Whatever can check a value and say where it is wrong; every schema of zod can. */
export interface Schema<T> {
  /** The value, typed; else its faults, each with the path of the field. */
  safeParse(value: unknown): { success: true; data: T } | {
    success: false;
    error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] };
  };
}

/** A row that does not have the shape its layer promises. `message` names the source, the row and the field. */
export class RowError extends Error {
  /** The class's name. */
  override readonly name = "RowError";
  /** A fault of one field, of a row, or of all of a source. */
  constructor(
    /** What was being read: a file, a URL, a table. */
    readonly source: string,
    /** Zero-based position of the row in its source, or an id, or null when the fault is not in one row. */
    readonly row: number | string | null,
    /** Dotted path of the field at fault, `""` when the whole row is. */
    readonly field: string,
    /** What was expected, and what was found. */
    readonly detail: string,
  ) {
    const where = [source, row === null ? "" : `row ${row}`, field && `field "${field}"`].filter(Boolean);
    super(`${where.join(", ")}: ${detail}`);
  }
}

/**
 * Checks one row against its schema and returns it typed.
 *
 * @throws {RowError} with the first fault, naming source, row and field, and how many further faults there are.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { checkRow, labelSchema } from "agent-trace-lab/model";
 * const why = (() => {
 *   try {
 *     checkRow(labelSchema, {}, "labels.jsonl", 3);
 *   } catch (error) {
 *     return (error as Error).message;
 *   }
 * })();
 * equal(why?.startsWith("labels.jsonl, row 3"), true);
 * ```
 */
export function checkRow<T>(schema: Schema<T>, value: unknown, source: string, row: number | string | null): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first, ...rest] = result.error.issues;
  const field = first?.path.join(".") ?? "";
  const found = describe(at(value, first?.path ?? []));
  const inRow = row === null ? "" : " in this row";
  const more = rest.length ? `; and ${rest.length} more fault${rest.length > 1 ? "s" : ""}${inRow}` : "";
  throw new RowError(source, row, field, `${expected(first?.message)}; found ${found}${more}`);
}

/** What a schema expected, without its own word that it is not so; what was found is said behind it. */
function expected(message = "not valid"): string {
  return message.replace(/^(?:Invalid (?:input|option)|Too (?:small|big)): (?=expected )/, "").replace(
    /, received \w+$/,
    "",
  );
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((v, key) => (v as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value, (_, v) => typeof v === "bigint" ? String(v) : v) ?? String(value);
  return text.length > 80 ? `${beginningOf(text)}...` : text;
}

/** Whole words only: half a secret is none that a redactor knows. A word without end gives its first letters. */
function beginningOf(text: string): string {
  const words = text.slice(0, 77).replace(/[^\s,:[\]{}]*$/, "");
  return words.length > 8 ? words : text.slice(0, 16);
}
