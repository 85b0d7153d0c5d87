import type { HtmlTable } from "./figure.ts";
import { escapeHtml } from "./html.ts";

const STYLE = "white-space: pre-wrap; overflow-wrap: anywhere; word-break: normal; margin: 4px 0; padding: 12px; " +
  "border: 1px solid #d9dce1; border-radius: 4px; background: #fff; color: #1b1f27; " +
  "font: 12px/1.45 ui-monospace, Menlo, Consolas, monospace; max-width: 1000px";

/**
 * A text as it stands, every character of it: a prompt, a reply, a log.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { textBlock } from "agent-trace-lab/figures";
 * equal(textBlock("note", "a < b").html.includes("a &lt; b"), true);
 * ```
 */
export function textBlock(name: string, text: string): HtmlTable {
  return { name, html: `<pre style="${STYLE}">${escapeHtml(text)}</pre>` };
}
