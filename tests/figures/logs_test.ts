import { equal, ok } from "node:assert/strict";
import { parseHTML } from "linkedom";
import { sessionsTable } from "../../lib/figures/counts/logs.ts";
import { LOGS_SCRIPT } from "../../lib/figures/kit/logs_script.ts";
import type { Session } from "../../lib/model/mod.ts";
import { aSession } from "../support/a_session.ts";

const context = { source: "a test", usdOf: (s: Session) => s.model === "free-model" ? null : s.totalTokens! / 1e6 };

/** The table as a browser would hold it, with its script run. */
function opened(sessions: Session[], maxRows?: number) {
  const table = sessionsTable(sessions, maxRows === undefined ? context : { ...context, maxRows });
  const { document } = parseHTML(`<html><body>${table.html}</body></html>`);
  new Function("document", LOGS_SCRIPT)(document);
  const rows = () =>
    Array.from(document.querySelectorAll("tbody tr"), (tr) => Array.from(tr.children, (td) => td.textContent));
  const click = (selector: string, i: number) =>
    document.querySelectorAll(selector)[i]?.dispatchEvent(
      new (document.defaultView as Window & typeof globalThis).Event("click"),
    );
  return { document, rows, click, html: table.html };
}

const sessions = Array.from({ length: 45 }, (_, i) =>
  aSession({
    sessionId: `run_${String(i).padStart(2, "0")}`,
    harness: i % 3 ? "claude_code" : "tool_calling",
    success: i % 9 === 0 ? null : i % 2 ? 1 : 0,
    totalTokens: 1000 * ((i * 7) % 45),
    model: i === 5 ? "free-model" : "gpt-4.1",
    deployment: i === 5 ? "free-model" : "gpt-4.1",
    judgeReasoning: i === 3 ? "</script><script>alert(1)</script> <b>bold</b>" : `reason ${i}`,
  }));

Deno.test("the sessions table shows its first page without a script", () => {
  const { document } = parseHTML(`<html><body>${sessionsTable(sessions, context).html}</body></html>`);
  equal(document.querySelectorAll("tbody tr").length, 20);
  equal(document.querySelectorAll("select").length, 0, "no control that does nothing");
});

Deno.test("the sessions table leaves forward and back", () => {
  const { rows, click, document } = opened(sessions);
  equal(rows().length, 20);
  click(".pager button", 1);
  equal(rows()[0]?.[0], "run_20");
  click(".pager button", 1);
  equal(rows().length, 5);
  equal(document.querySelector(".pager span")?.textContent, "45 of 45 sessions, page 3 of 3");
});

Deno.test("a click on a heading sorts, a second one turns the order; an unknown cost comes last both ways", () => {
  const { rows, click } = opened(sessions);
  click("thead button", 5);
  equal(rows()[0]?.[5], "44k");
  click("thead button", 5);
  equal(rows()[0]?.[5], "0");
  click("thead button", 8);
  for (const _ of [1, 2]) click(".pager button", 1);
  equal(rows().at(-1)?.[8], "n/a");
});

Deno.test("the filters keep what was picked", () => {
  const { rows, document } = opened(sessions);
  const select = document.querySelectorAll("select")[3] as HTMLSelectElement;
  const option = Array.from(select.querySelectorAll("option")).find((o) => o.textContent === "unknown");
  Object.defineProperty(select, "value", { value: option?.getAttribute("value") });
  select.dispatchEvent(new (document.defaultView as Window & typeof globalThis).Event("change"));
  equal(rows().length, 5);
  ok(rows().every((row) => row[4] === "unknown"));
});

Deno.test("the script writes numbers as the static page does", () => {
  const { html } = sessionsTable(sessions, context);
  const before = Array.from(
    parseHTML(`<html><body>${html}</body></html>`).document.querySelectorAll("tbody tr"),
    (tr) => tr.textContent,
  );
  const { document } = opened(sessions);
  const after = Array.from(document.querySelectorAll("tbody tr"), (tr) => tr.textContent);
  equal(after.join("\n"), before.join("\n"));
});

Deno.test("a judge's reason cannot put markup into the page", () => {
  const { document, html } = opened(sessions);
  equal(html.match(/<script/g)?.length, 2);
  equal(document.querySelectorAll("td b").length, 0);
  ok(document.querySelectorAll("tbody tr")[3]?.textContent?.includes("<b>bold</b>"));
});

Deno.test("a long reason is cut to two lines, there in full on hover and after a click", () => {
  const { document } = opened(sessions);
  const reason = document.querySelector(".clamp") as HTMLElement;
  equal(reason.getAttribute("title"), "reason 0");
  const { Event } = document.defaultView as Window & typeof globalThis;
  reason.dispatchEvent(new Event("click", { bubbles: true }));
  equal(reason.className, "clamp open");
});

Deno.test("sessions beyond the cap are counted in the foot", () => {
  ok(opened(sessions, 30).html.includes("15 sessions beyond the first 30 left out"));
});

Deno.test("ten thousand rows are drawn, sorted and filtered without a wait", () => {
  const many = Array.from(
    { length: 10_000 },
    (_, i) => aSession({ sessionId: `r_${i}`, totalTokens: (i * 7919) % 10_007 }),
  );
  const { click, rows } = opened(many);
  const started = performance.now();
  click("thead button", 5);
  const tookMs = performance.now() - started;
  equal(rows()[0]?.[5], "10k");
  ok(tookMs < 1000, `sorting took ${tookMs} ms`);
});

Deno.test("an empty source gives an empty table", () => {
  const { rows, document } = opened([]);
  equal(rows().length, 0);
  equal(document.querySelector(".pager span")?.textContent, "0 of 0 sessions, page 1 of 1");
});
