import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readVerdicts } from "../../lib/judge/verdicts/ledger.ts";
import { ended, startJudge, writeSessions } from "../support/judge_task.ts";
import { answer, type Behaviour, type SeenRequest, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;
const KEY = "sk-test-0123456789abcdef";

async function inFolder(
  behave: (seen: SeenRequest) => Behaviour,
  use: (folder: string, url: string, requests: SeenRequest[]) => Promise<void>,
  latencyMs = 0,
): Promise<void> {
  const server = startLlmServer(behave, { latencyMs });
  const folder = await Deno.makeTempDir();
  try {
    const rows = Array.from({ length: 30 }, (_, i) => smallSession(i));
    await writeSessions(`${folder}/s.jsonl`, rows);
    await use(folder, server.url, server.requests);
  } finally {
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
}

needs(
  [...NEEDS],
  "the plan is shown before anything is asked, and without --yes and a terminal nothing is",
  () =>
    inFolder(() => ({ text: answer(1) }), async (folder, url, requests) => {
      const plan = await ended(startJudge([`${folder}/s.jsonl`, "--plan", "--out", `${folder}/v.jsonl`], null));
      equal(plan.code, 0, plan.stderr);
      match(plan.stdout, /30 sessions, 0 verdicts already there, 30 to ask/);
      match(plan.stdout, /gpt-4\.1: 30 sessions, [\d,]+ tokens in, about [\d,]+ out, \$0\.\d\d/);
      const unasked = await ended(startJudge([`${folder}/s.jsonl`, "--out", `${folder}/v.jsonl`], url));
      equal(unasked.code, 1);
      match(unasked.stderr, /judge: nobody is here to be asked.*--yes/);
      equal(requests.length, 0);
    }),
);

needs(
  [...NEEDS],
  "an unknown price makes --max-usd refuse to start in one line",
  () =>
    inFolder(() => ({ text: answer(1) }), async (folder, url, requests) => {
      const args = [
        `${folder}/s.jsonl`,
        "--yes",
        "--model",
        "acme/judge-9",
        "--max-usd",
        "1",
        "--out",
        `${folder}/v.jsonl`,
      ];
      const { code, stderr, stdout } = await ended(startJudge(args, url));
      deepEqual([code, requests.length], [1, 0]);
      match(stdout, /acme\/judge-9: .* unknown price/);
      match(stderr, /^judge: the price of acme\/judge-9 is not known.*\n$/);
    }),
);

needs(
  [...NEEDS],
  "bad options and sources are one line each",
  () =>
    inFolder(() => ({ text: answer(1) }), async (folder, url) => {
      for (
        const [args, exit, expected] of [
          [["--yes"], 2, /give a SOURCE to judge/],
          [[`${folder}/s.jsonl`, "--where", "colour=red"], 2, /expected KEY=VALUE with a key of/],
          [[`${folder}/s.jsonl`, "--budget", "lots"], 2, /--budget: Expected a valid integer, but got "lots"/],
          [[`${folder}/nothing.jsonl`, "--yes"], 1, /nothing\.jsonl/],
          [[`${folder}/s.jsonl`, "--yes", "--rubric", `${folder}/s.jsonl`], 1, /s\.jsonl/],
        ] as [string[], number, RegExp][]
      ) {
        const { code, stderr } = await ended(startJudge([...args, "--out", `${folder}/v.jsonl`], url));
        equal(code, exit, args.join(" "));
        match(stderr, /^judge: .*\n$/);
        match(stderr, expected);
      }
    }),
);

needs([...NEEDS], "a key is in no message and no file, also when the endpoint repeats it", () =>
  inFolder(
    () => ({
      status: 401,
      error: { message: `Incorrect API key provided: ${KEY}. Or is it ${KEY.slice(0, 12)}****?` },
    }),
    async (folder, url) => {
      const args = [`${folder}/s.jsonl`, "--yes", "--out", `${folder}/v.jsonl`];
      const { code, stdout, stderr } = await ended(startJudge(args, url, KEY));
      equal(code, 1);
      match(stdout, /stopped: account: .*30 left, run again to go on/);
      const files = [...Deno.readDirSync(folder)].map((entry) => Deno.readTextFileSync(`${folder}/${entry.name}`));
      for (const text of [stdout, stderr, ...files]) ok(!text.includes(KEY.slice(0, 12)), text.slice(0, 500));
    },
  ));

needs(
  [...NEEDS],
  "SIGINT finishes what is in flight, says what is left, and the next run goes on",
  () =>
    inFolder(() => ({ text: answer(1) }), async (folder, url, requests) => {
      const args = [`${folder}/s.jsonl`, "--yes", "--concurrency", "3", "--out", `${folder}/v.jsonl`];
      const child = startJudge(args, url);
      while (requests.length < 5) await new Promise((done) => setTimeout(done, 10));
      child.kill("SIGINT");
      const { code, stdout, stderr } = await ended(child);
      equal(code, 130);
      match(stderr, /finishing what is in flight/);
      match(stdout, /stopped: interrupted; .* left, run again to go on/);
      const verdicts = await readVerdicts(`${folder}/v.jsonl`);
      equal(verdicts.length, requests.length, "an answer that was paid for is lost");
      ok(verdicts.length < 30);
      equal((await ended(startJudge(args, url))).code, 0);
      equal(requests.length, 30);
      equal((await readVerdicts(`${folder}/v.jsonl`)).length, 30);
    }, 100),
);

needs(
  [...NEEDS],
  "verdicts are held against grades: confusion, intervals, calibration, links into transcripts",
  () =>
    inFolder(({ prompt }) => {
      const i = Number(/Task (\d+):/.exec(prompt)![1]);
      return { text: i === 9 ? "no idea" : answer(i < 20 ? 1 : 0, i < 15 ? "high" : "low", [2]) };
    }, async (folder, url) => {
      // Officially 0 to 14 are solved; 29 has no grade. What stands around an id is no part of it.
      const lines = Array.from({ length: 29 }, (_, i) => ` ${smallSession(i).sessionId} ,${i < 15 ? "1.0" : "0.0"}`);
      await Deno.writeTextFile(`${folder}/grades.csv`, ["session_id,reward", ...lines, "other_1,1"].join("\n"));
      const args = [`${folder}/s.jsonl`, "--yes", "--out", `${folder}/v.jsonl`, "--against", `${folder}/grades.csv`];
      const { code, stdout, stderr } = await ended(startJudge(args, url));
      equal(code, 0, stderr);
      const found = JSON.parse(await Deno.readTextFile(`${folder}/v.jsonl.validation.json`));
      const [cell] = found.agreement;
      deepEqual([cell.tp, cell.fp, cell.fn, cell.tn, cell.n, cell.undecided, cell.ungraded], [14, 5, 0, 9, 28, 1, 1]);
      deepEqual([found.unjudged, found.ungraded], [1, 1]);
      equal(cell.sensitivity.estimate, 1);
      equal(cell.specificity.estimate, 9 / 14);
      deepEqual(
        found.calibration.map((
          row: { confidence: string; right: number; n: number },
        ) => [row.confidence, row.right, row.n]),
        [
          ["high", 14, 14],
          ["low", 9, 14],
        ],
      );
      equal(found.disagreements.length, 5);
      const [page, anchor] = found.disagreements[0].link.split("#");
      ok((await Deno.readTextFile(page)).includes(`id="${anchor}"`));
      const alone = await ended(startJudge(["--out", `${folder}/v.jsonl`, "--against", `${folder}/grades.csv`], null));
      equal(alone.code, 0, alone.stderr);
      match(alone.stdout, /5 disagreements/);
      match(stdout, /sensitivity 100% \[78%, 100%\], specificity 64% \[39%, 84%\], kappa 0\.64/);
    }),
);

needs(
  [...NEEDS],
  "a panel without any grade: kappa, alpha and flips per pair, and each judge's own consistency",
  () =>
    inFolder(({ prompt, model, nth }) => {
      const i = Number(/Task (\d+):/.exec(prompt)![1]);
      // The second judge differs on every fifth session; the first contradicts itself on session 7 the second time.
      const differs = model === "gpt-4o" && i % 5 === 0 || model === "acme-judge" && i === 7 && nth > 0;
      return { text: answer((i % 2 === 0) !== differs ? 1 : 0) };
    }, async (folder, url) => {
      const args = [`${folder}/s.jsonl`, "--yes", "--out", `${folder}/v.jsonl`];
      const asked = ["--panel", "acme-judge,gpt-4o", "--repeats", "2", "--concurrency", "1"];
      const { code, stdout, stderr } = await ended(startJudge([...args, ...asked], url));
      equal(code, 0, stderr);
      match(
        stdout,
        /acme-judge and gpt-4o: differ on 6 of \d+, \d+% \[\d+%, \d+%\] \(.*\); kappa 0\.\d+ \[.*\], alpha 0\.\d+ \[/,
      );
      match(stdout, /acme-judge asked again: 1 of 30 flipped, 3% \[1%, 17%\]; alpha 0\.9\d/);
      match(stdout, /gpt-4o asked again: 0 of 30 flipped/);
      const found = JSON.parse(await Deno.readTextFile(`${folder}/v.jsonl.agreement.json`));
      deepEqual([found.sessions, found.pairs.length, found.flips.length], [30, 1, 2]);
      const alone = await ended(startJudge(["--agreement", "--out", `${folder}/v.jsonl`], null));
      equal(alone.code, 0, alone.stderr);
      match(alone.stdout, /panel of 2: 30 sessions/);
      const none = await ended(startJudge(["--agreement", "--out", `${folder}/nothing.jsonl`], null));
      match(none.stderr, /^judge: .*no session has several verdicts; judge with --panel M,M or --repeats N\n$/);
    }),
);

needs(
  [...NEEDS],
  "--pages writes the transcripts of failed sessions, and a page that links each to the call where it was lost",
  () =>
    inFolder(({ prompt }) => {
      const i = Number(/Task (\d+):/.exec(prompt)![1]);
      const lost = { failing_call: 2, failing_quote: i === 1 ? `The title is Book ${i}.` : "made up" };
      return { text: answer(i < 3 ? 0 : 1, "high", [1], i < 3 ? lost : {}) };
    }, async (folder, url) => {
      const args = [`${folder}/s.jsonl`, "--yes", "--out", `${folder}/v.jsonl`, "--pages", `${folder}/pages`];
      const { code, stdout, stderr } = await ended(startJudge(args, url));
      equal(code, 0, stderr);
      match(stdout, /3 of 3 verdicts of 0 name the failing step/);
      match(stdout, /pages\/index\.html: where 3 failed sessions were lost/);
      const index = await Deno.readTextFile(`${folder}/pages/index.html`);
      const links = [...index.matchAll(/<a href="([^"#]+)#call-2">2 of 2<\/a>/g)].map(([, file]) => file!);
      equal(links.length, 3);
      match(index, /“The title is Book 1\.”/);
      ok(!index.includes("made up"));
      for (const file of links) {
        const page = await Deno.readTextFile(`${folder}/pages/${file}`);
        match(page, /id="call-2"/);
        match(page, /could no longer succeed from <a href="#call-2">call 2<\/a>/);
      }
      equal([...Deno.readDirSync(`${folder}/pages`)].length, 4);
      const nowhere = await ended(startJudge(["--pages", `${folder}/p`, "--agreement"], url));
      match(nowhere.stderr, /--pages wants the SOURCE/);
    }),
);

needs(
  [...NEEDS],
  "verdicts are held against people's labels in the same form as against official grades",
  () =>
    inFolder(({ prompt }) => {
      const i = Number(/Task (\d+):/.exec(prompt)![1]);
      return { text: answer(i < 20 ? 1 : 0, "high", [2]) };
    }, async (folder, url) => {
      const label = (i: number, rater: string, verdict: 0 | 1 | null, at = "2026-01-01T00:00:00Z") =>
        `${JSON.stringify({ session_id: smallSession(i).sessionId, rater, verdict, at })}\n`;
      const lines = Array.from({ length: 20 }, (_, i) => label(i, "ada", i < 10 ? 1 : 0));
      // Ada thinks again about session 0; Bo looks at five sessions, differs on one, and cannot tell one.
      lines.push(label(0, "ada", 0, "2026-01-02T00:00:00Z"));
      lines.push(label(1, "bo", 1), label(2, "bo", 1), label(3, "bo", 0), label(12, "bo", 0), label(13, "bo", null));
      await Deno.writeTextFile(`${folder}/labels.jsonl`, lines.join(""));
      const args = [`${folder}/s.jsonl`, "--yes", "--out", `${folder}/v.jsonl`, "--against", `${folder}/labels.jsonl`];
      const { code, stdout, stderr } = await ended(startJudge(args, url));
      equal(code, 0, stderr);
      match(stdout, /against the labels of 2 people \(kappa of ada and bo 0\.\d+\):/);
      const found = JSON.parse(await Deno.readTextFile(`${folder}/v.jsonl.validation.json`));
      const [cell] = found.agreement;
      equal(found.origin, "human");
      // Session 3 is tied between them; of the 19 others 8 are labelled solved, and the judge holds all twenty solved.
      deepEqual([cell.tp, cell.fp, cell.fn, cell.tn, cell.n], [8, 11, 0, 0, 19]);
      match(stdout, /judged 1, labelled 0, .*v\.jsonl\.pages\/.*#call-2/);
    }),
);
