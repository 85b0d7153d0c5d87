import { deepEqual, match, ok } from "node:assert/strict";
import { claimsTable, drawClaims, plainNames, rowsTable } from "../../lib/figures/mod.ts";
import { drawJudgeVsOfficial } from "../../lib/figures/truth/judge_vs_official.ts";
import { drawWhatExplainsSuccess } from "../../lib/figures/truth/what_explains_success.ts";
import type { ClaimRow } from "../../lib/analysis/claims/mod.ts";
import { layoutFaults } from "../support/layout.ts";

const context = { source: "a test" };
const claim: ClaimRow = {
  id: "a",
  verdict: "reproduced",
  stated: 0.5,
  value: 0.51,
  lo: 0.4,
  hi: 0.6,
  n: 100,
  why: "The data give 51% <of it>.",
  finding: "winners",
  claim: 'a "claim" & more',
  unit: "rate",
  link: "03-simpson",
  about: "these cells",
  says: null,
  p: null,
  graded: null,
  turns: null,
  quote: null,
  section: null,
  view_of: null,
};

Deno.test("without rows the figures say so instead of failing", () => {
  for (
    const figure of [
      drawJudgeVsOfficial([], [], context),
      drawWhatExplainsSuccess([], context),
      drawClaims([], context),
    ]
  ) {
    match(figure.svg, /No (cell|verdicts|claims)/);
    deepEqual(layoutFaults(figure), []);
  }
});

Deno.test("the claims table escapes what claims say, and links where it is told to", () => {
  const { html } = claimsTable([claim], { ...context, href: (link) => `notebooks/${link}.ipynb` });
  ok(html.includes("a &quot;claim&quot; &amp; more") && html.includes("&lt;of it&gt;"));
  ok(html.includes('<a href="notebooks/03-simpson.ipynb">03-simpson</a>'));
  ok(html.includes("40.0% to 60.0%") && html.includes(">51.0%<") && html.includes(">n = 100<"));
  ok(!claimsTable([claim], context).html.includes("<a "));
});

Deno.test("names and minus signs in a table of claims read as in every figure, its quotations as they were", () => {
  const said = {
    ...claim,
    claim: "loop_x helps",
    why: "on active cells -3.3, -9.5 to 2.9 (loop_x)",
    quote: "`loop_x` won",
  };
  const names = { ...plainNames, label: (_kind: string, name: string) => name === "loop_x" ? "Loop X" : name };
  const { html } = claimsTable([said], { ...context, names, href: () => "#here", linkTitle: () => "Who wins?" });
  ok(html.includes("Loop X helps") && html.includes("on active cells −3.3, −9.5 to 2.9 (Loop X)"));
  ok(html.includes("<q>`loop_x` won</q>") && html.includes('<a href="#here">Who wins?</a>'));
});

Deno.test("a further number of a claim stands under it, and is not counted", () => {
  const view = { ...claim, id: "b", view_of: "a", quote: "their <words>", section: "Finding 1", p: 0.031 };
  const { html } = claimsTable([view, claim], context);
  ok(html.indexOf('id="claim-a"') < html.indexOf('id="claim-b"'));
  ok(
    html.includes("1 claim, decided, with 1 further number") && html.includes("<q>their &lt;words&gt;</q> (Finding 1)"),
  );
  ok(html.includes("p = 0.031"));
  const { title, svg } = drawClaims([claim, view], context);
  match(title, /^Of 1 claim 1 are reproduced/);
  ok(svg.includes("(+1)"));
});

Deno.test("a claim of very long words stays in its place", () => {
  deepEqual(
    layoutFaults(drawClaims([{ ...claim, claim: "word ".repeat(60) }, { ...claim, value: null }], context)),
    [],
  );
});

Deno.test("a table of rows escapes its cells and says where they are from", () => {
  const { html } = rowsTable("t", "T", [{ label: "x", text: (r: string) => r }], ["<b>"], {
    ...context,
    note: "A note.",
  });
  ok(html.includes("<td>&lt;b&gt;</td>") && html.includes("Source: a test. A note."));
  ok(rowsTable("t", "T", [{ label: "x", text: (r: string) => r }], [], context).html.includes("No rows."));
});
