import { deepEqual, equal, match, ok } from "node:assert/strict";
import { ratesBy, where } from "../../lib/analysis/mod.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { int, pct } from "../../lib/figures/mod.ts";
import { explore } from "../../lib/notebook/mod.ts";
import { violations } from "../support/axe.ts";
import { inBrowser } from "../support/browser.ts";
import { inFolder } from "../support/folder.ts";

inBrowser(
  "the panel of explore draws what is chosen, with the analysis' own numbers, and lets everyone in",
  (open, browser) =>
    inFolder(async (folder) => {
      const dataset = await loadDataset("data/examples/sessions.jsonl");
      let html = "";
      await explore(dataset, {}, (bundle) => Promise.resolve(void (html = String(bundle["text/html"]))));
      const path = `${folder}/panel.html`;
      await Deno.writeTextFile(
        path,
        `<!doctype html><html lang="en"><title>panel</title><main><h1>Panel</h1>${html}</main></html>`,
      );
      const { ran, loaded } = await open(path);
      deepEqual([ran, loaded], [[], []]);
      const page = await browser.newPage({ viewport: { width: 400, height: 800 } });
      await page.goto(`file://${path}`);
      const shown = async () =>
        (await page.locator("[data-atl-explore] svg text").allTextContents()).filter((text) => text.includes("n ="));
      const expected = (rows: readonly { rate: number; n: number }[]) =>
        rows.toSorted((a, b) => b.rate - a.rate).map(({ rate, n }) => `${pct(rate)}, n = ${int(n)}`);
      deepEqual(await shown(), expected(ratesBy(dataset, ["harness"])));
      await page.getByLabel("benchmark").last().selectOption({ label: "tickets" });
      deepEqual(await shown(), expected(ratesBy(where(dataset, { benchmark: "tickets" }), ["harness"])));
      await page.getByLabel("show").selectOption("tokens");
      const tickets = where(dataset, { benchmark: "tickets" }).sessions!;
      match(
        (await page.locator("[data-atl-explore] .foot").textContent())!,
        new RegExp(`^${tickets.filter((s) => s.totalTokens !== null).length} of ${tickets.length} single sessions`),
      );
      ok(await page.locator("[data-atl-explore] svg").count() === 1);
      deepEqual(await violations(page), []);
      equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    }),
);
