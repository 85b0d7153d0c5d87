import { deepEqual, equal, ok } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../../lib/engines/mod.ts";
import { labelMoves } from "../../lib/analysis/mod.ts";
import { type Label, type Session, type TraceRow } from "../../lib/model/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { bundlePage, openLabels, serveView, type ViewConversation, viewConversation } from "../../lib/view/mod.ts";
import { aSession } from "../support/a_session.ts";
import { violations } from "../support/axe.ts";
import { inBrowser } from "../support/browser.ts";

const MARKUP = `<img src=x onerror="document.title='ran'"><script>document.title='ran'</script>`;

const SESSIONS: Session[] = Array.from({ length: 300 }, (_, i) =>
  aSession({
    sessionId: `run${i % 6}_s${String(i).padStart(3, "0")}`,
    harness: i % 2 ? "loop" : "plan",
    benchmark: i % 7 ? "sums" : MARKUP,
    success: i % 3 ? 1 : 0,
    judgeModel: "a judge",
    judgeReasoning: i % 5 ? "It adds up." : MARKUP,
    totalTokens: 100 * (i + 1),
    durationS: 1 + i % 90,
  }));

/** A conversation whose every text is markup that would like to run. */
function conversation(sessionId: string): ViewConversation {
  const said = (role: string, text: string) => JSON.stringify([{ role, parts: [{ type: "text", content: text }] }]);
  const span = (i: number) => ({
    traceId: "t",
    spanId: `${i}`,
    parentSpanId: null,
    name: "chat",
    startTime: `2026-01-01T00:00:0${i}Z`,
    endTime: `2026-01-01T00:00:0${i + 1}Z`,
    status: { code: 0, message: "" },
    requestModel: "m",
    responseModel: "m",
    responseId: null,
    finishReasons: null,
    inputTokens: 10,
    cachedTokens: null,
    cacheWriteTokens: null,
    outputTokens: 5,
    reasoningTokens: null,
    inputMessages: said("user", `Task of ${sessionId}. ${MARKUP}\n\n- **one**\n- [two](javascript:alert(1))`),
    outputMessages: said("assistant", `\`\`\`html\n${MARKUP}\n\`\`\`\n${MARKUP}`),
    toolDefinitions: null,
    systemInstructions: null,
  });
  return viewConversation({ spans: [span(1), span(2)] } as unknown as TraceRow);
}

async function opened(labelsPath: string) {
  const browser = await openBrowser({ sessions: SESSIONS });
  const labels = await openLabels(labelsPath);
  const view = serveView({
    caption: MARKUP,
    browser,
    sessions: SESSIONS,
    conversations: {
      get: (id) => Promise.resolve(conversation(id)),
      progress: () => ({ sessions: 300, faults: 0, done: true }),
      close: () => Promise.resolve(),
    },
    labels,
    verdicts: new Map(),
    modes: [{ id: "truncated", name: "truncated completion" }],
    files: await bundlePage(),
    token: "a-token-of-a-test",
    now: Date.now,
  });
  return {
    url: view.url,
    async close() {
      await view.close();
      await browser.close();
    },
  };
}

async function pageOf(browser: Browser, url: string, width: number, dark = false): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? "dark" : "light" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => void faults.push(String(error)));
  await page.goto(url);
  await page.waitForSelector(".rows .row");
  deepEqual(faults, []);
  return page;
}

inBrowser(
  "sessions are filtered, opened and labelled by keyboard; after a kill the labels are there, and those of picked ones are told apart",
  async (_open, browser) => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/labels.jsonl`;
    try {
      let view = await opened(path);
      const page = await pageOf(browser, view.url, 1200);
      await page.getByLabel("verdict").selectOption("0");
      await page.waitForFunction(() => document.querySelector(".count")?.textContent?.startsWith("100 of 300"));
      ok(page.url().endsWith("/#/?verdict=0"), "the filter stands in the address");
      await page.getByRole("button", { name: /^tokens/ }).click();
      await page.waitForFunction(() => document.querySelector(".rows .row .session_id")?.textContent?.includes("s297"));
      await page.locator(".rows .row .session_id button").first().click();
      await page.waitForSelector(".pieces");
      await page.waitForFunction(() => document.querySelector(".place-of")?.textContent === "1 of 100");
      for (let i = 0; i < 20; i++) {
        await page.keyboard.press(i % 2 ? "1" : "0");
        await page.waitForFunction(() => document.querySelector(".state")?.textContent?.startsWith("saved"));
        await page.keyboard.press("j");
        await page.waitForFunction(
          (place) => document.querySelector(".place-of")?.textContent === `${place} of 100`,
          i + 2,
        );
        await page.waitForFunction(() => document.querySelector(".state")?.textContent === "");
      }
      equal(await page.title(), "agent-trace-lab");
      await view.close();
      view = await opened(path);
      const again = await pageOf(browser, view.url, 1200);
      await again.getByRole("button", { name: "what moves" }).click();
      await again.waitForSelector(".moves h1");
      equal(await again.textContent(".moves h1"), "What 20 labels move");
      const labels = (await Deno.readTextFile(path)).trim().split("\n").map((line) => JSON.parse(line) as Label);
      equal(labels.length, 20);
      const { rates } = labelMoves(SESSIONS, labels, "harness", { random: seededRandom(1) });
      for (const { level, labels, picked } of rates) {
        equal(picked, labels);
        const table = again.getByRole("region", { name: "Success by harness" });
        const cells = await table.locator("tr", { hasText: level }).first().locator("td").allTextContents();
        deepEqual(cells.slice(0, 3), [level, "150", `${labels}, ${picked} picked`]);
      }
      await view.close();
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

inBrowser(
  "nothing in a trace runs in the workbench, and axe finds no one kept out, at 400 and 1200 pixels, light and dark",
  async (_open, browser) => {
    const folder = await Deno.makeTempDir();
    try {
      const view = await opened(`${folder}/labels.jsonl`);
      for (const [width, dark] of [[400, false], [1200, true]] as const) {
        const page = await pageOf(browser, view.url, width, dark);
        deepEqual(await violations(page), [], `the overview at ${width}`);
        equal(await page.locator(".filters select").first().isVisible(), width > 560, `filters at ${width}`);
        const heads = await page.getByRole("columnheader").allTextContents();
        deepEqual(heads.slice(-2), ["duration", "reason"], "a column that no session knows is not there");
        equal(await page.getByLabel("topic has").count(), 0);
        await page.emulateMedia({ media: "print" });
        await page.setViewportSize({ width: 720, height: 1000 });
        const cut = await page.evaluate(() => {
          const [row, table] = [document.querySelector(".rows .row"), document.querySelector("[role=table]")];
          return row!.getBoundingClientRect().right - table!.getBoundingClientRect().right;
        });
        ok(cut <= 1, `on paper the table is cut by ${cut} pixels`);
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ media: "screen" });
        await page.locator(".rows .row .session_id button").first().click();
        await page.waitForSelector(".pieces");
        ok((await page.textContent(".pieces"))!.includes("<script>"), "the text is there as text");
        deepEqual(await violations(page), [], `a session at ${width}`);
        equal(await page.title(), "agent-trace-lab");
        equal(await page.locator(".pieces img, .pieces script, .pieces a[href^=javascript]").count(), 0);
        await page.keyboard.press("1");
        await page.waitForFunction(() => document.querySelector(".state")?.textContent?.startsWith("saved"));
        const [a, b] = SESSIONS.map(({ sessionId }) => encodeURIComponent(sessionId));
        for (
          const [name, address, shown] of [
            ["what moves", "#/moves", ".moves h1"],
            ["two sessions", `#/compare/${a}/${b}`, ".side, .compare, table"],
            ["two configs", `#/configs/${encodeURIComponent("loop · m")}/${encodeURIComponent("plan · m")}`, "main h1"],
          ] as const
        ) {
          await page.evaluate((address) => location.hash = address, address);
          await page.waitForSelector(shown);
          deepEqual(await violations(page), [], `${name} at ${width}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          ok(wide <= 0, `${name} at ${width} is ${wide} pixels wider than the window`);
        }
        await page.context().close();
      }
      await view.close();
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
