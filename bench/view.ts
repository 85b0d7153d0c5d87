/**
 * `deno task bench view`: the workbench in a real browser over 10^4 to 10^6 generated sessions in DuckDB: until the first rows
 * are painted, until a filter, a sort and a jump to the middle are, until a session of 5,000 calls (50 MB) is open and its end
 * is shown; memory of server and page. Each step is taken several times, and its median told.
 *
 * @module
 */
import type { Page } from "playwright-core";
import { openDuckDbSink } from "../lib/engines/duckdb/sink.ts";
import { duckDb, generatedQuery } from "../tests/support/engines.ts";
import { launchChromium } from "../tests/support/browser.ts";
import { table } from "./table.ts";
import { optionsOf, resultsFile } from "./options.ts";

const HELP = `deno task bench view [--sizes 10000,100000,1000000] [--runs 5] [--out FILE]

Needs Chromium. Prints a table and writes it as JSON (bench/results/view.json).`;

/** Milliseconds that may pass until the first paint, and until a step of looking is answered. */
const FIRST_PAINT_MS = 1000, STEP_MS = 100;

interface Row {
  sessions: number;
  firstPaintMs: number;
  filterMs: number;
  sortMs: number;
  scrollMs: number;
  openMs: number;
  endMs: number;
  serverPeakMB: number | null;
  pageMB: number;
}

/** Runs the benchmark. Returns 1 when a target is missed. */
export async function run(args: string[]): Promise<number> {
  const values = optionsOf(args, HELP, { sizes: "10000,100000,1000000", runs: "5", out: resultsFile("view") });
  if (!values) return 0;
  const rows: Row[] = [];
  for (const size of values.sizes.split(",").map(Number)) rows.push(await measured(size, Number(values.runs)));
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  console.log(table(
    ["sessions", "first paint", "filter", "sort", "scroll", "open 50 MB", "its end", "server", "page"],
    rows.map((row) => [
      String(row.sessions),
      ...[row.firstPaintMs, row.filterMs, row.sortMs, row.scrollMs, row.openMs, row.endMs].map(ms),
      row.serverPeakMB === null ? "?" : `${row.serverPeakMB.toFixed(0)} MB`,
      `${row.pageMB.toFixed(0)} MB`,
    ]),
  ));
  const met = rows.every(({ firstPaintMs, sortMs, scrollMs }) =>
    firstPaintMs < FIRST_PAINT_MS && sortMs < STEP_MS && scrollMs < STEP_MS
  );
  console.log(
    `first paint under ${FIRST_PAINT_MS} ms, sorting and scrolling under ${STEP_MS} ms: ${met ? "met" : "MISSED"}`,
  );
  const machine = { cores: navigator.hardwareConcurrency, deno: Deno.version.deno, loadAverage: Deno.loadavg()[0] };
  await Deno.writeTextFile(values.out, `${JSON.stringify({ machine, met, rows }, null, 2)}\n`);
  return met ? 0 : 1;
}

async function measured(sessions: number, runs: number): Promise<Row> {
  const folder = await Deno.makeTempDir({ prefix: "bench-view-" });
  try {
    const path = `${folder}/sessions.duckdb`;
    await (await openDuckDbSink(path)).close();
    await duckDb(path, `INSERT INTO sessions BY NAME ${generatedQuery(sessions)}`);
    return await looked(path, sessions, runs);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function looked(path: string, sessions: number, runs: number): Promise<Row> {
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", new URL("view/server.ts", import.meta.url).href, path],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const url = (await lines.read()).value!.trim();
  const chromium = await launchChromium();
  try {
    const page = await (await chromium.newContext({ viewport: { width: 1200, height: 900 } })).newPage();
    const first = await median(runs, async () => {
      await page.goto("about:blank");
      return await timed(page, () => page.goto(url), ".rows .row .session_id");
    });
    await page.waitForSelector(".chart svg");
    const filter = await median(runs, (i) => stepIn(page, { verdict: i % 2 ? "" : "0" }));
    await stepIn(page, { verdict: "1" });
    await stepIn(page, { verdict: "" });
    const sort = await median(runs, () => stepIn(page, { sort: "tokens" }));
    const scroll = await median(runs, (i) => stepIn(page, { scroll: (i + 1) / (runs + 1) }));
    const open = await median(runs, async () => {
      const took = await timed(
        page,
        () => page.locator(".rows .row .session_id button").first().click(),
        ".pieces .piece",
      );
      if (page.url().includes("session")) await page.goBack();
      await page.waitForSelector(".rows .row .session_id");
      return took;
    });
    await page.locator(".rows .row .session_id button").first().click();
    await page.waitForSelector(".pieces .piece");
    const begun = performance.now();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".pieces .piece")].some((piece) => piece.getBoundingClientRect().top < innerHeight)
    );
    const end = performance.now() - begun;
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    const input = server.stdin.getWriter();
    await input.write(new TextEncoder().encode("\n"));
    await input.close();
    const peak = Number((await lines.read()).value?.trim());
    return {
      sessions,
      firstPaintMs: first,
      filterMs: filter,
      sortMs: sort,
      scrollMs: scroll,
      openMs: open,
      endMs: end,
      serverPeakMB: Number.isFinite(peak) ? peak : null,
      pageMB: usedSize / 1e6,
    };
  } finally {
    await chromium.close();
    await lines.cancel();
    await server.status;
  }
}

/** Milliseconds from an act to the element that shows that it is done. */
async function timed(page: Page, act: () => Promise<unknown>, selector: string): Promise<number> {
  const begun = performance.now();
  await act();
  await page.waitForSelector(selector);
  return performance.now() - begun;
}

/** Filters by a verdict, sorts by a column, or goes to a share of the table. */
type Step = { verdict: string } | { sort: string } | { scroll: number };

/**
 * Milliseconds, on the page's own clock, from a step to the first frame in which the table shows other rows, all of them with
 * what is in them.
 */
async function stepIn(page: Page, step: Step): Promise<number> {
  return await page.evaluate(async (step) => {
    const shown = () => [...document.querySelectorAll(".rows .row")];
    const seen = () =>
      `${document.querySelector(".count")?.textContent} ${shown().map((row) => row.textContent).join()}`;
    const before = seen(), begun = performance.now();
    if ("verdict" in step) {
      const select = document.querySelector<HTMLSelectElement>(".filters select")!;
      select.value = step.verdict;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    } else if ("sort" in step) {
      [...document.querySelectorAll<HTMLButtonElement>(".head button")].find(({ textContent }) =>
        textContent?.startsWith(step.sort)
      )!.click();
    } else {
      const box = document.querySelector(".rows")!;
      box.scrollTop = step.scroll * box.scrollHeight;
    }
    const isDone = () =>
      seen() !== before && shown().length > 0 && shown().every((row) => row.querySelector(".session_id"));
    while (!isDone()) {
      if (performance.now() - begun > 30_000) throw new Error(`${JSON.stringify(step)}: nothing changed within 30 s`);
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - begun;
  }, step);
}

async function median(runs: number, step: (i: number) => Promise<number>): Promise<number> {
  const found: number[] = [];
  for (let i = 0; i < runs; i++) found.push(await step(i));
  return found.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}
