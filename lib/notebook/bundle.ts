import { escapeHtml, type Figure, type HtmlTable, objectsTable } from "../figures/mod.ts";
import type { SourceInfo } from "../model/mod.ts";
import type { MimeBundle } from "./display.ts";
import type { Markdown } from "./markdown.ts";

/** A table of data with verbs, such as Arquero's. */
export interface DataTable {
  objects(): object[];
}

/** What {@link import("./show.ts").show} can show: a figure, a table, prose, or the source as a banner. */
export type Showable = Figure | HtmlTable | Markdown | SourceInfo | DataTable;

const BANNER =
  "border-left: 4px solid #0b62a4; padding: 8px 14px; margin: 4px 0; background: #f3f6fa; color: #1b1f27; " +
  "font: 14px/1.5 Inter, Helvetica, Arial, sans-serif";

/**
 * Something showable as a MIME bundle. A figure's SVG goes inside `text/html`, because nbconvert blanks `image/svg+xml`.
 *
 * @throws {TypeError} for anything else, saying what can be shown
 */
export function bundleOf(shown: Showable): MimeBundle {
  if ("svg" in shown) return { "text/html": shown.svg, "text/plain": `${shown.name}: ${shown.title}` };
  if ("html" in shown) return { "text/html": shown.html, "text/plain": `${shown.name} (a table)` };
  if ("objects" in shown) {
    const rows = shown.objects();
    return { "text/html": objectsTable(rows).html, "text/plain": JSON.stringify(rows) };
  }
  if ("markdown" in shown) return { "text/markdown": shown.markdown, "text/plain": shown.markdown };
  if ("sentence" in shown) {
    const hash = `sha256 ${shown.sha256.slice(0, 12)}…`;
    return {
      "text/html": `<div style="${BANNER}"><b>Source: ${escapeHtml(shown.name)}</b>, ${hash}<br>${
        escapeHtml(shown.sentence)
      }</div>`,
      "text/plain": `Source: ${shown.name}, ${hash}\n${shown.sentence}`,
    };
  }
  throw new TypeError("show takes a figure, a table, md`…` or a dataset's info");
}
