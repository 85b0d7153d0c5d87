import { equal, match, ok } from "node:assert/strict";
import { parseHTML } from "linkedom";
import type { UltimateRow } from "../../lib/analysis/mod.ts";
import { printedTable } from "../../lib/figures/counts/table.ts";
import golden from "../golden/judged.json" with { type: "json" };

const context = { source: "a test", interval: (k: number, n: number) => ({ lo: Math.max(0, k / n - 0.1), hi: 1 }) };
const row = (fields: Partial<UltimateRow>): UltimateRow => ({
  benchmark: "swebench",
  harness: "claude_code",
  deployment: "gpt-4.1",
  model: "gpt-4.1",
  n: 10,
  scored: 10,
  k: 5,
  calls: 10,
  tokens: 1000,
  duration_s: 60,
  ...fields,
});

Deno.test("the printed table groups by benchmark and leaves cells under ten out, counted", () => {
  const { html } = printedTable(golden.ultimate, context);
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  const printed = golden.ultimate.filter((cell) => cell.n >= 10);
  equal(document.querySelectorAll("tbody").length, 6);
  equal(document.querySelectorAll("tbody tr:not(.group)").length, printed.length);
  match(html, new RegExp(`${printed.length} cells of 10 sessions and more`));
  match(html, new RegExp(`${golden.ultimate.length - printed.length} smaller cells left out`));
});

Deno.test("the printed table marks the best of a benchmark, ties too, and puts it first", () => {
  const { html } = printedTable([row({ k: 5, calls: 3 }), row({ k: 9, harness: "b", calls: 3 })], context);
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  const cells = Array.from(document.querySelectorAll("td.best"), (td) => td.textContent);
  equal(cells.filter((text) => text === "90%").length, 1);
  equal(cells.filter((text) => text === "3.0").length, 2);
  equal(document.querySelector("tbody tr:not(.group) td")?.textContent, "b");
});

Deno.test("a cell without a scored session has no rate, and is not the worst", () => {
  const { html } = printedTable([row({ scored: 0, k: 0 })], context);
  ok(html.includes(">n/a</td>") && !html.includes(">0%<"));
});

Deno.test("names are text, never markup", () => {
  const { html } = printedTable([row({ deployment: `<img src=x onerror="alert(1)">` })], context);
  equal(html.includes("<img"), false);
});
