import { RowError } from "../../model/mod.ts";
import { quoted } from "../../traces/json_text.ts";
import type { Format } from "./format.ts";
import { closeness, matches, missing } from "./matches.ts";
import { valuesAt } from "./paths.ts";
import { sessionsAdvice } from "../sessions_columns.ts";

/** What a file was recognised as. */
export interface Detected {
  format: Format;
  /** What the first rows say of the version of their recorder; null where they do not. */
  version: string | null;
}

/** The first of the formats that one of these rows fits, and the version they state; null where none fits. */
export function detect(rows: readonly unknown[], formats: readonly Format[]): Detected | null {
  const format = firstFit(rows.slice(0, FEW), formats) ?? firstFit(rows.slice(FEW), formats);
  return format ? { format, version: versionOf(rows, format) } : null;
}

/** Nearly all files are told by their first rows; more are looked at where they are bookkeeping. */
const FEW = 4;

function firstFit(rows: readonly unknown[], formats: readonly Format[]): Format | undefined {
  return formats.find(({ rows: conditions }) =>
    conditions.some((condition) => rows.some((row) => matches(row, condition)))
  );
}

/** Elements of a list that are looked at for a dialect: its words may be among many attributes. */
const ATTRIBUTES = 100;
const DIALECT_ROWS = 5;

function versionOf(rows: readonly unknown[], { version = [], dialects = [] }: Format): string | null {
  const some = rows.slice(0, DIALECT_ROWS);
  const spoken = dialects.filter((dialect) =>
    dialect.rows.some((condition) => some.some((row) => matches(row, condition, ATTRIBUTES)))
  );
  if (spoken.length) return spoken.map(({ name }) => name).join(", ");
  for (const path of version) {
    for (const row of rows) {
      const [found] = valuesAt(row, path);
      if (typeof found === "string" || typeof found === "number") return String(found);
    }
  }
  return null;
}

/** Says what was found where no format fits, which one comes nearest, and how to go on. */
export function unknownFormat(rows: readonly unknown[], formats: readonly Format[], path: string): RowError {
  const [row] = rows;
  const keys = typeof row === "object" && row !== null && !Array.isArray(row) ? Object.keys(row) : null;
  const found = keys
    ? keys.length ? `an object with ${listed(keys)}` : "an object without any key"
    : Array.isArray(row)
    ? "a list inside a list"
    : `${quoted(row).slice(0, 40)}, which is no object`;
  const closest = nearest(rows, formats);
  const told = keys ? sessionsAdvice(row as Record<string, unknown>) : null;
  // What has most of another format lacks a part of that.
  const advice = told?.startsWith("it is") || (closest?.share ?? 0) <= 0.5 ? told : null;
  const near = advice === null ? closest : null;
  const detail = `not a kind of trace file that is known: its first row is ${found}.` +
    (advice === null ? "" : ` But ${advice} (docs/formats/tables.md).`) +
    (near ? ` Nearest is ${near.format.title}, but there is no ${near.missing.join(" and no ")}.` : "") +
    (advice?.startsWith("it is") ? "" : " Say which is what with --mapping FILE (docs/formats/mapping.md)" +
      (advice === null ? "" : ', with "form": "table"'));
  return new RowError(path, null, "", detail);
}

const listed = (keys: readonly string[]) =>
  keys.length > 12 ? `${keys.slice(0, 12).join(", ")} and ${keys.length - 12} more` : keys.join(", ");

/** The format of which the rows fulfil most, where that is something; what they lack of it. */
export function nearest(
  rows: readonly unknown[],
  formats: readonly Format[],
): { format: Format; missing: string[]; share: number } | null {
  let best: { format: Format; missing: string[]; share: number } | null = null;
  for (const format of formats.filter(({ read }) => read.by !== "nothing")) {
    for (const condition of format.rows) {
      for (const row of rows.slice(0, 20)) {
        const { share, fulfilled } = closeness(row, condition);
        // A name in common, or half of them, is no likeness.
        if (fulfilled > 1 && share > (best?.share ?? 0.5)) best = { format, missing: missing(row, condition), share };
      }
    }
  }
  return best && best.missing.length ? best : null;
}
