import { escapeHtml } from "../../model/mod.ts";
import { PADDING } from "./theme.ts";

export { escapeHtml };

/** JSON that can stand inside a `<script>` element: nothing in it can close the element or open a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e")
    .replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/**
 * The look of every table: ink on white in any colour theme of the page around it. The class is named twice because front
 * ends style tables too, with selectors that would otherwise win.
 */
export const TABLE_STYLE = `
.atl-table.atl-table { background: #fff; color: #1b1f27; max-width: 1100px;
  font: 13px/1.45 Inter, "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif;
  padding: 12px ${PADDING}px; overflow-x: auto }
.atl-table.atl-table table { table-layout: auto; border-collapse: collapse; width: 100%;
  font: inherit; color: inherit; margin: 8px 0; border: 0 }
.atl-table.atl-table th, .atl-table.atl-table td { padding: 3px 6px; text-align: left; vertical-align: top; border: 0;
  border-bottom: 1px solid #eceef1; background: #fff; color: inherit; white-space: nowrap }
.atl-table.atl-table thead th { border-bottom: 1px solid #8b929d; font-weight: 600; white-space: normal }
.atl-table.atl-table .num { text-align: right; font-variant-numeric: tabular-nums }
.atl-table.atl-table .wide { white-space: normal; min-width: 180px; max-width: 420px }
.atl-table.atl-table .text { white-space: normal; min-width: 110px; max-width: 240px }
.atl-table.atl-table .clamp { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
  cursor: pointer }
.atl-table.atl-table .clamp.open { -webkit-line-clamp: none }
.atl-table.atl-table .group th { text-align: left; padding-top: 12px; font-weight: 600; background: #f6f7f9 }
.atl-table.atl-table .best { font-weight: 600; background: #e6f0f8 }
.atl-table.atl-table .foot { color: #5c6470; font-size: 11px }
.atl-table.atl-table h4 { margin: 0 0 8px; font-size: 18px; font-weight: 600; color: inherit }
.atl-table.atl-table .chip { display: inline-block; padding: 0 7px; border-radius: 9px; font-size: 12px }
.atl-table.atl-table .solved { background: #d8e8f4; color: #083f6b }
.atl-table.atl-table .failed { background: #fbe6cc; color: #6b3c05 }
.atl-table.atl-table .unknown { background: #eceef1; color: #5c6470 }
.atl-table.atl-table a { color: #0b62a4 }
.atl-table.atl-table button { all: unset; cursor: pointer; font: inherit }
.atl-table.atl-table button:focus-visible { outline: 2px solid #0b62a4 }
.atl-table.atl-table button[disabled] { color: #8b929d; cursor: default }
.atl-table.atl-table label { margin-right: 12px; color: #5c6470; white-space: nowrap }
.atl-table.atl-table select,
  .atl-table.atl-table input { font: inherit; color: #1b1f27; background: #fff; border: 1px solid #8b929d;
  border-radius: 4px; padding: 1px 4px }
.atl-table.atl-table .pager button { padding: 1px 10px; margin-right: 8px;
  border: 1px solid #8b929d; border-radius: 4px }
.atl-table.atl-table .whole { white-space: nowrap }
@media (max-width: 640px) {
  .atl-table.atl-table .folds thead { position: absolute; clip-path: inset(50%) }
  .atl-table.atl-table .folds, .atl-table.atl-table .folds :is(tbody, tr, th, td) { display: block; max-width: none; text-align: left;
    border: 0; padding: 2px 0 }
  .atl-table.atl-table .folds tr { border-bottom: 1px solid #eceef1 }
  .atl-table.atl-table .folds td[data-label]::before { content: attr(data-label) ": "; color: #5c6470 }
  .atl-table.atl-table .folds td:empty { display: none }
}
`.trim();

/** What {@link tableShell} wraps. */
export interface TableShell {
  /** Marks the fragment, `data-atl-table`. */
  kind: string;
  /** Heading; none where it is empty. */
  title: string;
  /** Rendered between title and foot. */
  html: string;
  /** A sentence below; none where it is empty. */
  foot: string;
}

/** A table's fragment: style, title, content, foot. */
export function tableShell({ kind, title, html, foot }: TableShell): string {
  return [
    `<div class="atl-table" data-atl-table="${escapeHtml(kind)}">`,
    `<style>${TABLE_STYLE}</style>`,
    title && `<h4>${escapeHtml(title)}</h4>`,
    html,
    foot && `<p class="foot">${escapeHtml(foot)}</p>`,
    "</div>",
  ].filter(Boolean).join("\n");
}
