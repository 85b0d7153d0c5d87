import assert from "node:assert/strict";
import { join } from "node:path";
import { engineDataset, limitsFrom, memoryEngine } from "../../lib/engines/mod.ts";
import { type JudgeVerdict, transcriptPage } from "../../lib/judge/mod.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import type { Dataset, Session } from "../../lib/model/mod.ts";
import { bundlesOf } from "../../lib/notebook/bundle.ts";
import { list, md, row, text } from "../../lib/notebook/mod.ts";
import { type Answered, isFigure } from "../../lib/questions/mod.ts";
import { type Report, report, reportHtml } from "../../lib/report/mod.ts";
import { valueRedactor } from "../../lib/traces/redaction/value.ts";
import { replica } from "../../lib/study/mod.ts";
import { questionsOf } from "../../tasks/questions/asked.ts";
import { inBrowser } from "../support/browser.ts";
import { smallSession } from "../support/sessions.ts";
import { HOSTILE } from "./hostile.ts";

/** The replica's sessions under hostile names: each name in use, each text somewhere. */
async function hostileDataset(): Promise<Dataset> {
  const { sessions } = await replica();
  const named = () => {
    const known = new Map<string, string>();
    return (name: string) => {
      if (!known.has(name)) known.set(name, HOSTILE[known.size % HOSTILE.length]!);
      return known.get(name)!;
    };
  };
  const [benchmark, harness, model] = [named(), named(), named()];
  const hostile = sessions!.map((session, i): Session => ({
    ...session,
    sessionId: `${HOSTILE[i % HOSTILE.length]!.slice(0, 200)}_${session.sessionId}`,
    benchmark: benchmark(session.benchmark),
    harness: harness(session.harness),
    deployment: model(session.deployment),
    model: model(session.deployment),
    judgeModel: HOSTILE[i % 5]!,
    judgeConfidence: i % 3 ? session.judgeConfidence : HOSTILE[2]!,
    judgeReasoning: `${HOSTILE[(i + 3) % HOSTILE.length]} ${session.judgeReasoning ?? "it failed"}`,
  }));
  return await engineDataset(memoryEngine(HOSTILE[0]!, hostile), limitsFrom(() => undefined));
}

let asked: Promise<{ dataset: Dataset; told: Report; answered: readonly Answered[] }> | null = null;

/** The data set with its report, which holds the answers to every question; worked out once. */
function hostileAnswers() {
  asked ??= hostileDataset().then(async (dataset) => {
    const { questions, options } = questionsOf(dataset);
    const told = await report(dataset, { ...options, questions, title: HOSTILE[1]!, source: HOSTILE[0]! });
    return { dataset, told, answered: told.answered };
  });
  return asked;
}

/** Saves pages in a folder, opens each, and wants nothing to have happened. */
async function nothingHappens(
  open: (path: string) => Promise<unknown>,
  pages: Iterable<readonly [name: string, content: string]>,
): Promise<number> {
  const folder = await Deno.makeTempDir();
  let opened = 0;
  try {
    for (const [name, content] of pages) {
      const path = join(folder, name);
      await Deno.writeTextFile(path, content);
      assert.deepEqual(await open(path), { ran: [], loaded: [], navigated: [] }, name);
      opened++;
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return opened;
}

inBrowser("a page of a browser that is let runs, loads and navigates, and the test sees it", async (open) => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "page.html");
    const leaving = HOSTILE.filter((text) => text.includes("http-equiv=refresh"));
    await Deno.writeTextFile(path, [...leaving, ...HOSTILE].join("\n"));
    const { ran, loaded, navigated } = await open(path);
    assert.ok(ran.some((said) => said.includes("RAN1")));
    assert.ok(loaded.length > 0);
    assert.ok(navigated.length > 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

inBrowser("nothing runs in the report of a hostile data set, nor in any of its figures", async (open) => {
  const { dataset, told, answered } = await hostileAnswers();
  const drawn = answered.flatMap(({ drawn }) => drawn);
  const pages: [string, string][] = drawn.map((one, i) =>
    isFigure(one) ? [`${i}.svg`, one.svg] : [`${i}.html`, `<!doctype html><meta charset="utf-8">${one.html}`]
  );
  const texts = new Map(
    dataset.sessions!.slice(0, 3).map(({ sessionId }) => [
      sessionId,
      valueRedactor()({
        pieces: HOSTILE.map((text) => ({ call: 1, kind: text, name: text, text })),
        evidence: [1],
      }).value,
    ]),
  );
  pages.push(["report.html", await reportHtml(told, { conversations: texts })]);
  assert.ok(await nothingHappens(open, pages) > 10);
});

inBrowser("nothing runs on a transcript's page", async (open) => {
  const recorded = smallSession(1);
  for (const span of recorded.spans) {
    span.inputMessages = JSON.stringify(
      HOSTILE.map((content) => ({ role: "user", parts: [{ type: "text", content }] })),
    );
    span.outputMessages = JSON.stringify(HOSTILE.map((name, i) => ({
      role: "assistant",
      parts: [{ type: "tool_call", id: `c${i}`, name, arguments: { text: HOSTILE[i] } }],
    })));
  }
  const verdict = {
    judge: HOSTILE[0]!,
    rubric: HOSTILE[1]!,
    rubricVersion: 1,
    success: 0,
    confidence: HOSTILE[2]!,
    outcome: "judged",
    reasoning: HOSTILE.join(" "),
    evidence: [1],
    failingCall: 1,
    failingQuote: HOSTILE[6]!,
  } as unknown as JudgeVerdict;
  const transcript = transcriptOf(recorded);
  const page = transcriptPage(HOSTILE[1]!, transcript, [verdict], HOSTILE[10]!);
  assert.equal(await nothingHappens(open, [["page.html", page]]), 1);
});

const nbconvert = Deno.env.get("NBCONVERT") ?? "jupyter-nbconvert";

async function exported(folder: string, outputs: readonly object[]): Promise<string | null> {
  const cells = outputs.map((data) => ({
    cell_type: "code",
    execution_count: null,
    metadata: {},
    source: "",
    outputs: [{ output_type: "display_data", metadata: {}, data }],
  }));
  const path = join(folder, "hostile.ipynb");
  const metadata = { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } };
  await Deno.writeTextFile(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
  const command = new Deno.Command(nbconvert, { args: ["--to", "html", path], stderr: "piped", stdout: "null" });
  const { success } = await command.output().catch(() => ({ success: false }));
  return success ? path.replace(/ipynb$/, "html") : null;
}

inBrowser("nothing of the data runs, loads or navigates in an exported notebook", async (open) => {
  const { dataset, answered } = await hostileAnswers();
  const shown = answered.flatMap((one) => bundlesOf(one));
  const prose = HOSTILE.map((name) =>
    md`${text(name)} and ${list([name, name])}

| a | b |
| - | - |
${row(name, name)}

- ${text(name)}`
  );
  const folder = await Deno.makeTempDir();
  try {
    const path = await exported(folder, [
      ...shown,
      ...prose.flatMap((one) => bundlesOf(one)),
      ...bundlesOf(dataset.info),
    ]);
    if (path === null) return void console.log("skipped: nbconvert is not here; ./run test finds or installs it");
    const { ran, loaded, navigated } = await open(path);
    // The exporter's own page asks for MathJax and the like; it asks for the same whatever it shows.
    const plain = await exported(folder, [{ "text/markdown": "nothing" }]);
    const own = await open(plain!);
    assert.deepEqual(loaded.filter((url) => !own.loaded.includes(url)), []);
    assert.deepEqual(ran.filter((said) => !own.ran.includes(said) && !/net::ERR_FAILED|require/.test(said)), []);
    assert.deepEqual(navigated, []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
