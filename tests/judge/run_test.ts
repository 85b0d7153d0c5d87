import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type Ask, AskError, type Reply } from "../../lib/judge/endpoint/ask.ts";
import { DEFAULT_RETRIES } from "../../lib/io/mod.ts";
import { type Job, jobOf } from "../../lib/judge/prompt/job.ts";
import { rubricFor } from "../../lib/judge/rubrics/rubric.ts";
import { runJobs, type RunOptions, type SetAsideJob } from "../../lib/judge/run/run.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import type { JudgeVerdict } from "../../lib/judge/verdicts/verdict.ts";
import { manualClock } from "../support/clock.ts";
import { answer } from "../support/llm_server.ts";
import { smallSession } from "../support/sessions.ts";

const jobs = (n: number): Job[] =>
  Array.from({ length: n }, (_, i) => {
    const row = smallSession(i);
    const settings = { judge: "gpt-4.1", rubric: rubricFor(row.benchmark), repeat: 1, budgetTokens: 4000 };
    return jobOf(row, transcriptOf(row), settings);
  });

const reply = (text: string, over: Partial<Reply> = {}): Reply => ({
  text,
  refusal: null,
  cut: false,
  model: "judge-test",
  dialect: null,
  cachedTokens: null,
  inputTokens: 1000,
  outputTokens: 100,
  ...over,
});

async function run(n: number, ask: Ask, over: Partial<RunOptions> = {}, given = jobs(n)) {
  const verdicts: JudgeVerdict[] = [];
  const setAside: SetAsideJob[] = [];
  async function* all() {
    yield* given;
  }
  const report = await runJobs(all(), n, {
    ask,
    clock: manualClock(),
    random: () => 0.5,
    retries: DEFAULT_RETRIES,
    maxOutputTokens: 200,
    price: () => ({ inputUsdPerMtok: 2, outputUsdPerMtok: 8 }),
    concurrency: 4,
    maxUsd: null,
    stop: new AbortController().signal,
    maxFailuresInRow: 20,
    onVerdict: (verdict) => Promise.resolve(void verdicts.push(verdict)),
    onSetAside: (job) => Promise.resolve(void setAside.push(job)),
    ...over,
  });
  return { report, verdicts, setAside };
}

Deno.test("every session gets one verdict, priced and with what it rests on", async () => {
  const { report, verdicts } = await run(10, () => Promise.resolve(reply(answer(1, "low", [2, 1, 2, 99]))));
  equal(new Set(verdicts.map((verdict) => verdict.sessionId)).size, 10);
  const [first] = verdicts;
  deepEqual(
    [first!.success, first!.outcome, first!.confidence, first!.evidence, first!.attempts, first!.raw],
    [1, "judged", "low", [1, 2], 1, null],
  );
  equal(first!.usd, (1000 * 2 + 100 * 8) / 1e6);
  deepEqual([report.bill.calls, report.verdicts.judged, report.successes, report.left], [10, 10, 10, 0]);
});

Deno.test("an unreadable reply is sent back once, with its fault", async () => {
  const asked: string[] = [];
  const { verdicts } = await run(1, ({ messages }) => {
    asked.push(messages.at(-1)!.content);
    return Promise.resolve(reply(asked.length === 1 ? '{"success": "yes"}' : answer(0)));
  });
  match(asked[1]!, /cannot be read: the field "success"/);
  deepEqual([verdicts[0]!.success, verdicts[0]!.attempts, verdicts[0]!.inputTokens], [0, 2, 2000]);
});

Deno.test("a second unreadable reply is a verdict of null with the raw reply, never a failure", async () => {
  const { report, verdicts } = await run(1, () => Promise.resolve(reply("I would say yes")));
  deepEqual([verdicts[0]!.success, verdicts[0]!.outcome, verdicts[0]!.raw, verdicts[0]!.attempts], [
    null,
    "unreadable",
    "I would say yes",
    2,
  ]);
  deepEqual([report.verdicts.unreadable, report.verdicts.judged], [1, 0]);
});

Deno.test("a refusal is a verdict of null and is not asked again", async () => {
  const { verdicts, report } = await run(1, () => Promise.resolve(reply("", { refusal: "I cannot help with that." })));
  deepEqual([verdicts[0]!.success, verdicts[0]!.outcome, verdicts[0]!.raw], [
    null,
    "refused",
    "I cannot help with that.",
  ]);
  equal(report.bill.calls, 1);
});

Deno.test("a judge that cannot tell gives null in its own words", async () => {
  const { verdicts } = await run(1, () => Promise.resolve(reply(answer(null, "low", []))));
  deepEqual([verdicts[0]!.success, verdicts[0]!.outcome, verdicts[0]!.reasoning, verdicts[0]!.raw], [
    null,
    "cannot tell",
    "Scripted by a test.",
    null,
  ]);
});

Deno.test("what may pass is tried again, what cannot is set aside at once", async () => {
  let n = 0;
  const { verdicts } = await run(1, () => {
    if (++n < 4) return Promise.reject(new AskError("server", "overloaded"));
    return Promise.resolve(reply(answer(1)));
  });
  equal(verdicts[0]!.attempts, 4);
  const { setAside, report } = await run(1, () => Promise.reject(new AskError("request", "context length exceeded")));
  equal(report.bill.calls, 1);
  match(setAside[0]!.error, /request: context length exceeded/);
});

Deno.test("a session that keeps failing is set aside with its error, the others go on", async () => {
  const { setAside, verdicts, report } = await run(8, ({ messages }) => {
    const bad = messages[1]!.content.includes("Task 3:");
    return bad ? Promise.reject(new AskError("timeout", "no answer within 1 s")) : Promise.resolve(reply(answer(0)));
  });
  deepEqual([setAside.length, setAside[0]!.sessionId, setAside[0]!.attempts], [
    1,
    "run3_3",
    DEFAULT_RETRIES.maxAttempts,
  ]);
  deepEqual([verdicts.length, report.setAside, report.stopped], [7, 1, null]);
});

Deno.test("a fault of the account stops the run and says why", async () => {
  const { report } = await run(50, () => Promise.reject(new AskError("account", "401 wrong key")));
  match(report.stopped!, /account: 401 wrong key/);
  equal(report.left, 50);
  ok(report.bill.calls <= 4);
});

Deno.test("an endpoint that is gone stops the run instead of setting everything aside", async () => {
  const gone: Ask = () => Promise.reject(new AskError("connection", "connection refused"));
  const { report } = await run(200, gone, { maxFailuresInRow: 20 });
  match(report.stopped!, /20 sessions in a row got no reply/);
  ok(report.setAside < 30);
});

Deno.test("the spend never exceeds --max-usd, and the rest is said to be left", async () => {
  const estimate = jobs(1)[0]!.estimatedTokens;
  const usage = { inputTokens: estimate, outputTokens: 200 };
  const each = (estimate * 2 + 200 * 8) / 1e6;
  const { report } = await run(100, () => Promise.resolve(reply(answer(1), usage)), { maxUsd: 20 * each });
  ok(report.bill.knownUsd! <= 20 * each, `${report.bill.knownUsd}`);
  // The last ones could become dearer by being sent back once, so a little of the budget stays.
  ok(report.verdicts.judged >= 16, `${report.verdicts.judged}`);
  equal(report.left, 100 - report.verdicts.judged);
  match(report.stopped!, /--max-usd/);
});

Deno.test("a budget stops a run of sessions of unlike cost, whatever their sums round to", async () => {
  for (let maxUsd = 0.05; maxUsd < 0.15; maxUsd += 0.01) {
    const unlike = jobs(100).map((job, i) => ({ ...job, estimatedTokens: 500 + (i * 977) % 1999 }));
    const ask: Ask = () => Promise.resolve(reply(answer(1)));
    const { report } = await run(100, ask, { maxUsd, concurrency: 16 }, unlike);
    match(report.stopped!, /the next request could take the spend above --max-usd/);
    ok(report.bill.knownUsd! <= maxUsd, `${report.bill.knownUsd}`);
  }
});

Deno.test("without a price there is no spend, and --max-usd refuses to start", async () => {
  const { verdicts, report } = await run(2, () => Promise.resolve(reply(answer(1))), { price: () => null });
  deepEqual([verdicts[0]!.usd, report.bill.knownUsd], [null, null]);
  const limited = run(2, () => Promise.resolve(reply(answer(1))), { price: () => null, maxUsd: 1 });
  await rejects(limited, /the price of gpt-4\.1 is not known.*--prices/);
});

Deno.test("an endpoint that does not count tokens is counted at its worst case, and prices nothing", async () => {
  const silent = () => Promise.resolve(reply(answer(1), { inputTokens: null, outputTokens: null }));
  const { verdicts } = await run(2, silent);
  deepEqual([verdicts[0]!.inputTokens, verdicts[0]!.usd], [null, null]);
  const each = (Math.ceil(1.5 * jobs(1)[0]!.estimatedTokens) * 2 + 200 * 8) / 1e6;
  const { report } = await run(20, silent, { maxUsd: 5.5 * each });
  match(report.stopped!, /--max-usd/);
  deepEqual([report.bill.calls, report.bill.unknownCalls, report.bill.knownUsd], [5, 5, 0]);
  ok(report.bill.atMostUsd! <= 5.5 * each);
});

Deno.test("an interrupt finishes what is in flight and begins nothing new", async () => {
  const stop = new AbortController();
  let n = 0;
  const { report, verdicts } = await run(40, async () => {
    if (++n === 6) stop.abort();
    await new Promise((done) => setTimeout(done, 1));
    return reply(answer(1));
  }, { stop: stop.signal });
  match(report.stopped!, /interrupted/);
  equal(verdicts.length, n);
  ok(n < 12);
  equal(report.left, 40 - n);
});

Deno.test("concurrency falls with rate limits and no session is lost to them", async () => {
  let [n, lowest] = [0, 4];
  const { verdicts, report } = await run(40, () => {
    n++;
    return n % 3 === 0
      ? Promise.reject(new AskError("rate limit", "slow down", 100))
      : Promise.resolve(reply(answer(1)));
  }, { onProgress: ({ concurrency }) => (lowest = Math.min(lowest, concurrency)) });
  equal(verdicts.length, 40);
  ok(lowest < 4);
  equal(report.bill.calls, n);
});

Deno.test("an error of the program's own is thrown, after what was in flight has ended", async () => {
  await rejects(run(10, () => Promise.reject(new TypeError("a bug"))), /a bug/);
});
