import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Prices } from "../../lib/model/mod.ts";
import type { CellGrades } from "../../lib/questions/mod.ts";
import { report, reportHtml } from "../../lib/report/mod.ts";
import { valueRedactor } from "../../lib/traces/redaction/value.ts";
import { datasetOf } from "../analysis/sessions.ts";
import { violations } from "../support/axe.ts";
import { inBrowser } from "../support/browser.ts";
import { ownJudgement, ownSessions } from "../support/own.ts";

const SESSIONS = ownSessions(300, ownJudgement);

let written: Promise<string> | null = null;

const rates = (input: number) => ({ input, cached_input: null, output: input, output_share: 0.1, open_weights: null });

const PRICES: Prices = {
  source: "invented",
  as_of: "2026-01-05",
  unit: "USD per million tokens",
  models: { "house-7b": rates(1), "house-70b": rates(10) },
};

const GRADES: CellGrades = {
  source: "invented",
  rates: ["planner", "plain loop"].map((harness, i) => ({
    benchmark: "support chat",
    harness,
    model: "house-7b",
    n: 100,
    k: 40 + 20 * i,
    officialRate: (40 + 20 * i) / 100,
    steps: 5,
    agentUsd: 1,
    repeatsAnother: false,
  })),
};

/** The report of sessions of one's own with two conversations, in a file; written once. */
function reportFile(): Promise<string> {
  written ??= (async () => {
    const conversation = (sessionId: string) =>
      valueRedactor()({
        pieces: [
          { call: 1, kind: "user", name: null, text: `The task of ${sessionId}` },
          { call: 1, kind: "assistant", name: null, text: "First I look." },
          { call: 2, kind: "tool call", name: "search", text: "{}" },
        ],
        evidence: [2],
      }).value;
    const texts = new Map(SESSIONS.slice(0, 2).map(({ sessionId }) => [sessionId, conversation(sessionId)]));
    const told = await report(datasetOf(SESSIONS), {
      source: "mine.jsonl",
      lead: ["league"],
      prices: PRICES,
      grades: GRADES,
    });
    const path = await Deno.makeTempFile({ suffix: ".html" });
    await Deno.writeTextFile(path, await reportHtml(told, { conversations: texts }));
    return path;
  })();
  return written;
}

async function opened(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => void faults.push(String(error)));
  page.on("console", (message) => void faults.push(message.text()));
  await page.goto(`file://${await reportFile()}`);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("#filters select");
  deepEqual(faults, []);
  return page;
}

inBrowser(
  "axe finds nobody kept out of the report, and nothing runs over its edge, at 360, 800 and 1600 pixels, light and dark",
  async (_open, browser) => {
    for (const [width, colorScheme] of [[360, "light"], [800, "dark"], [1600, "light"]] as const) {
      const page = await opened(browser, { viewport: { width, height: 900 }, colorScheme });
      equal((await violations(page)).join("\n"), "");
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      ok(Number(wide) <= width, `at ${width} the page is ${wide} wide`);
      await page.context().close();
    }
  },
);

inBrowser(
  "the first screen holds the finding, five sentences, what is known and what to do",
  async (_open, browser) => {
    const page = await opened(browser, { viewport: { width: 1600, height: 1000 } });
    const first = page.locator("#finding");
    equal(await first.locator("figure .draw:visible").count(), 1);
    equal(await first.locator("ol li").count(), 5);
    ok(await first.locator("meter").count() > 3);
    match((await first.locator(".next code").allTextContents()).join("\n"), /deno task view mine\.jsonl/);
    const { y, height } = (await first.boundingBox())!;
    ok(y + height <= 1000, `the first screen ends at ${y + height}`);
    await page.context().close();
  },
);

inBrowser("a filter lights one config in every figure and leaves its sessions in the table", async (_open, browser) => {
  const page = await opened(browser, { viewport: { width: 1200, height: 900 } });
  await page.getByLabel("harness", { exact: true }).selectOption({ label: "planner" });
  await page.getByLabel("model", { exact: true }).selectOption({ label: "house-7b" });
  await page.waitForFunction(() => document.querySelector("#filters output")?.textContent?.startsWith("50 of 300"));
  match((await page.textContent("#filters output"))!, /% solved \(95% \d+ to \d+%\)$/);
  equal(await page.locator("#session-table tbody tr").count(), 25);
  for (const name of ["league", "winners", "config-benchmark-heatmap"]) {
    const marks = page.locator(`#${name} .draw .lit`);
    ok(await marks.count() > 0, `${name} lights`);
    const dim = await page.locator(`#${name} .draw [data-h]:not(.lit)`).first().evaluate((e) =>
      getComputedStyle(e).opacity
    );
    ok(Number(dim) < 0.5, `${name} dims the others`);
  }
  await page.getByRole("button", { name: "Show all" }).click();
  equal(await page.locator(".lit").count(), 0);
  await page.context().close();
});

inBrowser(
  "a mark opens its sessions, a session its conversation with the evidence marked, by keyboard alone",
  async (_open, browser) => {
    const page = await opened(browser, { viewport: { width: 1200, height: 900 } });
    const first = page.locator("#league svg [tabindex='0']").first();
    await first.focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForSelector("#tip:not([hidden])");
    match((await page.textContent("#tip"))!, /sessions? on 2 benchmarks/);
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open] tbody tr");
    match((await page.textContent("dialog h2"))!, /·/);
    equal((await violations(page)).join("\n"), "");
    await page.keyboard.press("Escape");
    equal(await page.locator("dialog[open]").count(), 0);
    await page.locator("#session-table").getByRole("searchbox").fill(SESSIONS[1]!.sessionId);
    await page.locator("#session-table td.id button").first().press("Enter");
    await page.waitForSelector("dialog .turn.evidence");
    match((await page.textContent("dialog .turn.evidence"))!, /call 2 · tool call · search · the judge's evidence/);
    match((await page.textContent("dialog"))!, new RegExp(`The task of ${SESSIONS[1]!.sessionId}`));
    await page.context().close();
  },
);

inBrowser(
  "the table searches every column, says the order that it is in, and leads to the workbench",
  async (_open, browser) => {
    const page = await opened(browser, { viewport: { width: 1200, height: 900 } });
    const table = page.locator("#session-table");
    await table.getByRole("searchbox").fill("retriever failed");
    const rows = await table.locator("tbody tr").allTextContents();
    ok(rows.length > 0 && rows.every((row) => row.includes("retriever") && row.includes("failed")));
    await table.getByRole("button", { name: "tokens" }).click();
    equal(await table.locator("th[aria-sort='descending']").textContent(), "tokens");
    await table.getByRole("searchbox").fill("ledger");
    match((await table.locator("td.reason").first().textContent())!, /ledger\.$/);
    match((await table.locator("td.id a").first().getAttribute("href"))!, /^http:\/\/127\.0\.0\.1:4650\/#\/session\//);
    await page.context().close();
  },
);

inBrowser("a figure is one stop of Tab, and what is left out opens by keyboard", async (_open, browser) => {
  const page = await opened(browser, { viewport: { width: 1200, height: 900 } });
  const stops = [];
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement!.tagName.toLowerCase()));
  }
  deepEqual(stops.filter((stop) => stop === "svg"), []);
  ok(stops.includes("circle") || stops.includes("path"), stops.join());
  await page.locator("#left-out summary").focus();
  await page.keyboard.press("Enter");
  ok(await page.locator("#left-out dd").first().isVisible());
  await page.context().close();
});

inBrowser("a touch shows what a mark says, a second one opens it", async (_open, browser) => {
  const page = await opened(browser, { viewport: { width: 360, height: 800 }, hasTouch: true });
  await page.waitForSelector("#league svg.phone");
  // What a caption counts, such as dots without a name, is of the drawing that is shown.
  const notes = () =>
    page.locator("figure:visible").evaluateAll((figures) =>
      figures.map((figure) =>
        [...figure.querySelectorAll<HTMLElement>(":scope > .note")].filter((note) => note.offsetParent !== null).length
      )
    );
  deepEqual(new Set(await notes()), new Set([1]));
  const mark = page.locator("#league svg.phone circle.opens").first();
  await mark.scrollIntoViewIfNeeded();
  await mark.tap();
  await page.waitForSelector("#tip:not([hidden])");
  equal(await page.locator("dialog[open]").count(), 0);
  await mark.tap();
  await page.waitForSelector("dialog[open] tbody tr");
  await page.context().close();
});

inBrowser("without a script every figure and the first sessions are there", async (_open, browser) => {
  const page = await opened(browser, { viewport: { width: 1200, height: 900 }, javaScriptEnabled: false });
  ok(await page.locator("figure .draw svg").count() > 8);
  ok(await page.locator("#session-table tbody tr").count() >= 20);
  ok(await page.locator(".draw title").count() > 50, "marks keep their titles");
  await page.context().close();
});

inBrowser("printed on A4 nothing is wider than the paper", async (_open, browser) => {
  const page = await opened(browser, { viewport: { width: 718, height: 1000 } });
  await page.emulateMedia({ media: "print" });
  const over = await page.evaluate(`[...document.querySelectorAll("figure, table, p, td")].filter((e) => {
    const { right, width } = e.getBoundingClientRect();
    return width > 0 && right > innerWidth + 1;
  }).map((e) => e.tagName + " " + (e.id || e.className || e.textContent.slice(0, 30)))`);
  deepEqual(over, []);
  ok((await page.pdf({ format: "A4" })).length > 50_000);
  await page.context().close();
});

inBrowser(
  "success as judged and as graded are one figure at a time, with and without a script",
  async (_open, browser) => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await opened(browser, { viewport: { width: 1200, height: 900 }, javaScriptEnabled });
      const question = page.locator("#question-suite-frontiers");
      equal(await question.locator("figure:visible").count(), 1);
      match((await question.locator("figure:visible figcaption b").textContent())!, /^As judged/);
      await question.getByRole("radio", { name: "official" }).check();
      equal(await question.locator("figure:visible").count(), 1);
      match((await question.locator("figure:visible figcaption b").textContent())!, /^As officially graded/);
      await page.context().close();
    }
  },
);
