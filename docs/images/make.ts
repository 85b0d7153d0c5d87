/**
 * The pictures of the README, made of the invented sessions of data/examples and of the judge's example, by Chromium:
 * `deno run -A docs/images/make.ts`.
 *
 * @module
 */
import { chromium, type Page } from "playwright-core";
import { judgeExample } from "../../lib/judge/mod.ts";
import { verdictLine } from "../../lib/judge/verdicts/ledger.ts";
import { writeSessions } from "../../tests/support/judge_task.ts";

const root = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const WIDTH = 1200;

const folder = await Deno.makeTempDir();
const browser = await chromium.launch({
  executablePath: Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

async function picture(name: string, height: number, show: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height } });
  await show(page);
  await page.screenshot({ path: `${root}docs/images/${name}.png` });
  await page.close();
  console.log(`docs/images/${name}.png`);
}

/** A workbench while it is used. */
async function workbench(args: readonly string[], use: (address: string) => Promise<void>): Promise<void> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--quiet",
      `${root}tasks/atl.ts`,
      "view",
      ...args,
      "--no-open",
      "--labels",
      `${folder}/labels.jsonl`,
    ],
    cwd: folder,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let said = "";
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)?.[0];
    if (address) {
      await use(address);
      break;
    }
  }
  process.kill("SIGTERM");
  await process.status;
}

try {
  await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--quiet",
      "tasks/atl.ts",
      "report",
      "data/examples/sessions.jsonl",
      "--out",
      `${folder}/report.html`,
    ],
    cwd: root,
  }).output();
  await picture("report", 760, async (page) => {
    await page.goto(`file://${folder}/report.html`);
    await page.waitForTimeout(500);
  });
  await Deno.copyFile(`${root}data/examples/sessions.jsonl`, `${folder}/sessions.jsonl`);
  await Deno.copyFile(`${root}data/examples/labels.jsonl`, `${folder}/labels.jsonl`);
  await workbench(["sessions.jsonl"], (address) =>
    picture("workbench", 760, async (page) => {
      await page.goto(address);
      await page.waitForTimeout(2500);
    }));
  const { row, verdict } = await judgeExample();
  await writeSessions(`${folder}/traces.jsonl`, [row]);
  await Deno.writeTextFile(`${folder}/verdicts.jsonl`, verdictLine({ ...verdict, judge: "scripted-judge" }));
  await workbench(
    ["traces.jsonl", "--verdicts", "verdicts.jsonl"],
    (address) =>
      picture("session", 760, async (page) => {
        await page.goto(address);
        await page.waitForTimeout(1500);
        await page.goto(`${new URL(address).origin}/#/session/${encodeURIComponent(row.sessionId)}`);
        await page.waitForTimeout(2000);
      }),
  );
} finally {
  await browser.close();
  await Deno.remove(folder, { recursive: true });
}
