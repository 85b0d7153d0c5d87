import { PADDING } from "../figures/kit/theme.ts";
import { type Chart, escapeHtml, type Figure, type HtmlTable, isChart, objectsTable, plural } from "../figures/mod.ts";
import type { Answered } from "../questions/mod.ts";
import type { SourceInfo } from "../model/mod.ts";
import type { MimeBundle } from "./display.ts";
import { withLinks } from "./lead.ts";
import type { Markdown } from "./markdown.ts";

/** A table of data with verbs, such as Arquero's. */
export interface DataTable {
  /** Its rows as objects, the first `limit` of them where one is given. */
  objects(options?: { limit?: number }): object[];
  /** How many rows it has. */
  numRows?(): number;
}

/** A single value that is shown as it is. */
export type Plain = string | number | bigint | boolean | Date;

/**
 * What {@link import("./show.ts").show} can show: text and numbers, rows (objects or plain values, one below the other), a
 * record, a table with verbs, a figure or an HTML table, a chart of Plot, prose, a source's banner, an answered question, or
 * several of these in a list.
 */
export type Showable =
  | Plain
  | Figure
  | HtmlTable
  | Markdown
  | SourceInfo
  | DataTable
  | Chart
  | Answered
  | ReadonlyMap<unknown, unknown>
  | readonly unknown[]
  | object;

const BANNER =
  "border-left: 4px solid #0b62a4; padding: 8px 14px; margin: 4px 0; background: #f3f6fa; color: #1b1f27; " +
  "font: 14px/1.5 Inter, Helvetica, Arial, sans-serif";

/** Rows of a table that are shown; how many more there are is said below it. */
const MOST_ROWS = 50;

/**
 * Something showable as MIME bundles, one an output: a list of figures or tables has one each, everything else one. An SVG goes
 * inside `text/html`, because nbconvert blanks `image/svg+xml`.
 *
 * @throws {TypeError} for what cannot be shown, saying what it is and what to do
 */
export function bundlesOf(shown: unknown): MimeBundle[] {
  if (Array.isArray(shown) && shown.length && shown.every(isDrawn)) return shown.flatMap(bundlesOf);
  if (isAnswered(shown)) {
    const { drawn, leftOut, question } = shown;
    return leftOut === null ? drawn.flatMap(bundlesOf) : [textBundle(`${question.title} Left out: ${leftOut}.`)];
  }
  return [bundleOf(shown)];
}

/**
 * {@link bundlesOf} for one output.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { bundleOf } from "agent-trace-lab/notebook";
 * equal(bundleOf("three sessions")["text/plain"], "three sessions");
 * ```
 */
export function bundleOf(shown: unknown): MimeBundle {
  if (typeof shown === "string") return textBundle(shown);
  if (shown instanceof Date && !Number.isNaN(shown.getTime())) return textBundle(shown.toISOString());
  if (["number", "bigint", "boolean"].includes(typeof shown)) return textBundle(String(shown));
  if (typeof shown !== "object" || shown === null) throw cannot(shown);
  if (shown instanceof Promise) throw cannot(shown);
  if (isChart(shown)) return { "text/html": shown.outerHTML, "text/plain": "a chart" };
  if (Array.isArray(shown)) return rowsBundle(shown, shown.length);
  if (shown instanceof Map) {
    return rowsBundle([...shown].map(([key, value]) => ({ key, value })), shown.size);
  }
  if (isTable(shown)) {
    const rows = shown.objects({ limit: MOST_ROWS });
    return rowsBundle(rows.slice(0, MOST_ROWS), shown.numRows?.() ?? rows.length);
  }
  const fields = shown as Record<string, unknown>;
  const has = (...names: string[]) => names.every((name) => typeof fields[name] === "string");
  if (has("svg", "name", "title")) {
    return { "text/html": withLinks(String(fields.svg)), "text/plain": `${fields.name}: ${fields.title}` };
  }
  if (has("html", "name")) return { "text/html": fields.html, "text/plain": `${fields.name} (a table)` };
  if (has("markdown")) {
    const markdown = String(fields.markdown);
    return { "text/markdown": inset(markdown), "text/plain": unescaped(markdown) };
  }
  if (has("sentence", "sha256", "name")) return bannerBundle(shown as SourceInfo);
  if (typeof fields.info === "object" && fields.info !== null && "sentence" in fields.info) {
    return bannerBundle(fields.info as SourceInfo);
  }
  const prototype = Object.getPrototypeOf(shown);
  if (prototype !== Object.prototype && prototype !== null) throw cannot(shown);
  return rowsBundle(Object.entries(fields).map(([field, value]) => ({ field, value })), Object.keys(fields).length);
}

/** Prose that begins where words of figures and tables do; an empty line ends the HTML, so that Markdown goes on. */
const inset = (markdown: string) => `<div style="padding: 0 ${PADDING}px">\n\n${markdown}\n\n</div>`;

/** Prose as a console shows it: characters where {@link import("./markdown.ts").text} put their numbers. */
function unescaped(markdown: string): string {
  return markdown.replace(
    /&#(\d+);/g,
    (whole, code: string) => Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole,
  );
}

function textBundle(text: string): MimeBundle {
  return { "text/plain": text };
}

function rowsBundle(values: readonly unknown[], total: number): MimeBundle {
  const isRow = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  const rows = (values.every(isRow) ? values : values.map((value) => ({ value }))) as object[];
  const { html } = objectsTable(rows, { maxRows: MOST_ROWS, total });
  return { "text/html": html, "text/plain": plainText(rows.slice(0, MOST_ROWS)) };
}

function plainText(rows: readonly object[]): string {
  try {
    return JSON.stringify(rows, (_, value) => typeof value === "bigint" ? String(value) : value);
  } catch {
    return plural(rows.length, "row");
  }
}

function bannerBundle({ name, sha256, sentence }: SourceInfo): MimeBundle {
  const hash = `sha256 ${sha256.slice(0, 12)}…`;
  return {
    "text/html": `<div style="${BANNER}"><b>Source: ${escapeHtml(name)}</b>, ${escapeHtml(hash)}<br>${
      escapeHtml(sentence)
    }</div>`,
    "text/plain": `Source: ${name}, ${hash}\n${sentence}`,
  };
}

function isTable(value: object): value is DataTable {
  return typeof (value as { objects?: unknown }).objects === "function";
}

function isDrawn(value: unknown): boolean {
  if (isChart(value) || isAnswered(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  const { name, svg, html, markdown } = value as Record<string, unknown>;
  return typeof markdown === "string" ||
    (typeof name === "string" && (typeof svg === "string" || typeof html === "string"));
}

/** Whether something is a question with its answer. */
export function isAnswered(value: unknown): value is Answered {
  return typeof value === "object" && value !== null && "question" in value && "drawn" in value && "leftOut" in value;
}

const SHOWABLE =
  "text, a number, rows (objects or plain values), a record, an Arquero table, a chart of plot(…), a figure, " +
  "a table, md`…`, a dataset or its info, an answered question, or a list of these";

function cannot(value: unknown): TypeError {
  const [what, why] = value instanceof Promise
    ? ["a promise", "await it first: show(await …)"]
    : typeof value === "function"
    ? ["a function", "call it first"]
    : value === undefined || value === null
    ? [String(value), "there is nothing to show"]
    : value instanceof Date
    ? ["a date that is none", "there is nothing to show"]
    : [`a ${(value as object).constructor?.name ?? typeof value}`, "it has no form to be shown in"];
  return new TypeError(`show was given ${what}: ${why}; it shows ${SHOWABLE}`);
}
