import type { FigureContext, HtmlTable } from "./figure.ts";
import { escapeHtml, tableShell } from "./html.ts";

/** A column of {@link rowsTable}. */
export interface TableColumn<T> {
  /** Heading. */
  label: string;
  /** What a reader sees; a number is aligned right. */
  text: (row: T) => string;
  /** `num` aligns right, `wide` wraps. */
  kind?: "num" | "wide";
  /** Address that the text links to; null for none. */
  href?: (row: T) => string | null;
}

/**
 * Any rows as a table, with a sentence below on where they are from.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { rowsTable } from "agent-trace-lab/figures";
 * const columns = [{ label: "Team", text: (row: { team: string }) => row.team }];
 * const { html } = rowsTable("teams", "Teams", columns, [{ team: "red" }], { source: "mine" });
 * equal(html.includes("red"), true);
 * ```
 */
export function rowsTable<T>(
  name: string,
  title: string,
  columns: readonly TableColumn<T>[],
  rows: readonly T[],
  context: FigureContext & { note?: string },
): HtmlTable {
  const attribute = (kind: TableColumn<T>["kind"]) => kind ? ` class="${kind}"` : "";
  const head = columns.map(({ label, kind }) => `<th scope="col"${attribute(kind)}>${escapeHtml(label)}</th>`).join("");
  const body = rows.map((row) =>
    `<tr>${columns.map((column) => `<td${attribute(column.kind)}>${cell(column, row)}</td>`).join("")}</tr>`
  ).join("");
  const html = rows.length ? `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>` : "<p>No rows.</p>";
  const foot = `Source: ${context.source}.${context.note ? ` ${context.note}` : ""}`;
  return { name, html: tableShell({ kind: name, title, html, foot }) };
}

function cell<T>({ text, href }: TableColumn<T>, row: T): string {
  const [html, address] = [escapeHtml(text(row)), href?.(row) ?? null];
  return address === null ? html : `<a href="${escapeHtml(address)}">${html}</a>`;
}
