import type { HtmlTable } from "./figure.ts";
import { int, plural } from "./format.ts";
import { escapeHtml, tableShell } from "./html.ts";

/** What {@link objectsTable} needs beside its rows. */
export interface ObjectsTableContext {
  /** Heading; none unless given. */
  title?: string;
  /** Where the rows are from, for the foot. */
  source?: string;
  /** Rows shown at most; the foot says how many were left out. 50 unless told. */
  maxRows?: number;
  /** Rows there are in all, where `rows` are only the first of them. */
  total?: number;
}

/**
 * Any rows as a plain table: a column a field, numbers to the right with four significant digits, n/a for null.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { objectsTable } from "agent-trace-lab/figures";
 * equal(objectsTable([{ team: "red", n: 3 }]).html.includes("red"), true);
 * ```
 */
export function objectsTable(rows: readonly object[], context: ObjectsTableContext = {}): HtmlTable {
  const { title = "", source, maxRows = 50, total = rows.length } = context;
  const shown = rows.slice(0, maxRows) as Record<string, unknown>[];
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const numeric = new Set(columns.filter((name) => shown.some((row) => typeof row[name] === "number")));
  const cell = (tag: "td" | "th", name: string, text: string) =>
    `<${tag}${numeric.has(name) ? ' class="num"' : ""}>${escapeHtml(text)}</${tag}>`;
  const head = columns.map((name) => cell("th", name, name)).join("");
  const body = shown.map((row) => `<tr>${columns.map((name) => cell("td", name, textOf(row[name]))).join("")}</tr>`);
  const left = total - shown.length;
  return {
    name: "rows",
    html: tableShell({
      kind: "rows",
      title,
      html: shown.length
        ? `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`
        : "<p>No rows.</p>",
      foot: [source ? `Source: ${source}.` : "", left > 0 ? `${plural(left, "row")} more.` : ""].join(" ").trim(),
    }),
  };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "n/a";
  if (typeof value === "number") {
    return Number.isInteger(value) ? int(value) : String(Number(value.toPrecision(4))).replace(/^-/, "−");
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "n/a" : value.toISOString();
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value, (_, inner) => typeof inner === "bigint" ? String(inner) : inner) ?? "n/a";
  } catch {
    return "(an object that holds itself)";
  }
}
