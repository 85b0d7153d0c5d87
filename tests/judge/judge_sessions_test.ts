import { deepEqual, equal, ok } from "node:assert/strict";
import { openAiAsk } from "../../lib/judge/endpoint/client.ts";
import { DEFAULT_RETRIES, systemClock } from "../../lib/io/mod.ts";
import { judgeSessions, readSetAside, setAsidePath } from "../../lib/judge/run/judge_sessions.ts";
import { readVerdicts } from "../../lib/judge/verdicts/ledger.ts";
import type { Plan, PlanOptions } from "../../lib/judge/run/plan.ts";
import { RUBRICS } from "../../lib/judge/rubrics/rubric.ts";
import { verdictKey } from "../../lib/judge/verdicts/verdict.ts";
import type { TraceRow } from "../../lib/model/mod.ts";
import { answer, type Behaviour, type SeenRequest, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";

const PLAN: PlanOptions = {
  judges: ["gpt-4.1"],
  otherJudge: "gpt-4o",
  rubricSets: [RUBRICS],
  repeats: 1,
  budgetTokens: 2000,
  where: {},
  sample: null,
  limit: null,
  callRules: [],
  price: () => ({ inputUsdPerMtok: 2, outputUsdPerMtok: 8 }),
  expectedOutputTokens: 100,
};

interface Setup {
  rows?: TraceRow[];
  plan?: Partial<PlanOptions>;
  confirm?: boolean;
}

/** Runs against a server; `again` runs once more on the same file. */
async function judging(
  behave: (seen: SeenRequest) => Behaviour,
  use: (
    run: (setup?: Setup) => ReturnType<typeof judgeSessions>,
    requests: SeenRequest[],
    out: string,
  ) => Promise<void>,
): Promise<void> {
  const server = startLlmServer(behave);
  const folder = await Deno.makeTempDir();
  const out = `${folder}/verdicts.jsonl`;
  const ask = openAiAsk({ apiKey: "sk-none", baseUrl: server.url, timeoutMs: 400 });
  try {
    await use(
      ({ rows, plan, confirm = true } = {}) =>
        judgeSessions(() => stream(rows ?? Array.from({ length: 60 }, (_, i) => smallSession(i))), {
          out,
          plan: { ...PLAN, ...plan },
          run: {
            ask,
            clock: systemClock,
            random: () => 0.5,
            retries: { ...DEFAULT_RETRIES, maxAttempts: 4, maxRateLimits: 20, baseMs: 2, capMs: 10 },
            maxOutputTokens: 500,
            price: PLAN.price,
            concurrency: 8,
            maxUsd: null,
            stop: new AbortController().signal,
            maxFailuresInRow: 100,
          },
          confirm: () => Promise.resolve(confirm),
          notice: () => {},
        }),
      server.requests,
      out,
    );
  } finally {
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function* stream(rows: TraceRow[]) {
  yield* rows;
}

const NEEDS = ["net", "env", "read", "write", "sys"] as const;
const taskOf = (prompt: string) => Number(/Task (\d+):/.exec(prompt)![1]);

needs([...NEEDS], "an endpoint that fails in every way it can loses no verdict, invents none, doubles none", () => {
  // What session i meets on its first request; the second is answered.
  const faults: Behaviour[] = [
    { status: 429, headers: { "retry-after-ms": "5" } },
    { status: 500 },
    "silent",
    "stall",
    "drop",
    "truncated body",
    { text: answer(1).slice(0, -9) },
    { text: "the agent did well" },
    { text: '{"success": "yes"}' },
    { status: 503, html: true },
  ];
  const always: Record<number, Behaviour> = { 50: { refusal: "no" }, 51: { text: "mumble" }, 52: { status: 500 } };
  return judging((seen) => {
    const i = taskOf(seen.prompt);
    if (always[i]) return always[i];
    if (i < 40 && seen.nth === 0) return faults[i % faults.length]!;
    return { text: `Ruling: ${answer(i % 3 === 0 ? 1 : 0, "high", [2])}` };
  }, async (run, requests, out) => {
    const { report } = await run();
    const verdicts = await readVerdicts(out);
    equal(new Set(verdicts.map(verdictKey)).size, verdicts.length);
    deepEqual(verdicts.map((v) => taskOf2(v.sessionId)).sort((a, b) => a - b), range(60).filter((i) => i !== 52));
    for (const v of verdicts) {
      const i = taskOf2(v.sessionId);
      const expected = i === 50 || i === 51 ? null : i % 3 === 0 ? 1 : 0;
      equal(v.success, expected, `session ${i}`);
    }
    deepEqual(report!.verdicts, { "judged": 57, "cannot tell": 0, "refused": 1, "unreadable": 1 });
    deepEqual((await readSetAside(setAsidePath(out))).map((job) => taskOf2(job.sessionId)), [52]);
    // 40 with one fault and one answer, 17 at once, a refusal once, an unreadable reply twice, a failing one four times.
    equal(requests.length, 40 * 2 + 17 + 1 + 2 + 4);
    equal(report!.bill.calls, requests.length);
  });
});

const taskOf2 = (sessionId: string) => Number(sessionId.split("_")[1]);
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

needs([...NEEDS], "a second run asks nothing that has a verdict, and again what was set aside", () => {
  let broken = true;
  return judging(
    (seen) => taskOf(seen.prompt) === 5 && broken ? { status: 500 } : { text: answer(1) },
    async (run, requests, out) => {
      const first = await run();
      equal(first.report!.setAside, 1);
      const before = requests.length;
      broken = false;
      const second = await run();
      deepEqual([second.plan.done, second.plan.jobs, requests.length - before], [59, 1, 1]);
      equal((await readVerdicts(out)).length, 60);
      deepEqual(await readSetAside(setAsidePath(out)), []);
      const third = await run();
      deepEqual([third.plan.jobs, third.report], [0, null]);
    },
  );
});

needs(
  [...NEEDS],
  "another rubric version, judge or budget is another verdict",
  () =>
    judging(() => ({ text: answer(1) }), async (run, requests) => {
      const rows = range(3).map((i) => smallSession(i));
      await run({ rows });
      const newer = RUBRICS.map((rubric) => ({ ...rubric, version: rubric.version + 1 }));
      equal((await run({ rows, plan: { rubricSets: [newer] } })).plan.jobs, 3);
      equal((await run({ rows, plan: { judges: ["other/judge"] } })).plan.jobs, 3);
      equal(requests.length, 9);
    }),
);

needs(
  [...NEEDS],
  "a plan that is not confirmed asks nothing and leaves no file",
  () =>
    judging(() => ({ text: answer(1) }), async (run, requests, out) => {
      const { plan, report } = await run({ confirm: false });
      deepEqual([plan.jobs, report, requests.length], [60, null, 0]);
      ok(plan.usd! > 0);
      const folder = out.slice(0, out.lastIndexOf("/"));
      deepEqual([...Deno.readDirSync(folder)].map((entry) => entry.name), []);
    }),
);

needs(
  [...NEEDS],
  "no model judges its own family: such sessions go to the other judge",
  () =>
    judging(() => ({ text: answer(0) }), async (run, _requests, out) => {
      const deployments = ["openai/Azure/gpt-4.1", "azure/gpt-4.1-2025-04-14", "aws/claude-opus-4-5", "openai/gpt-4o"];
      await run({ rows: deployments.map((model, i) => smallSession(i, { models: [model] })) });
      const judges = Object.fromEntries((await readVerdicts(out)).map((v) => [v.deployment, v.judge]));
      deepEqual(deployments.map((name) => judges[name]), ["gpt-4o", "gpt-4o", "gpt-4.1", "gpt-4.1"]);
    }),
);

needs(
  [...NEEDS],
  "a panel asks several judges several times, and asks the same thing once",
  () =>
    judging(() => ({ text: answer(1) }), async (run, requests) => {
      const rows = [smallSession(1), smallSession(2, { models: ["gpt-4.1"] })];
      const { plan } = await run({ rows, plan: { judges: ["gpt-4.1", "gpt-4o"], repeats: 2 } });
      // Session 2 would go to gpt-4o twice over: in place of gpt-4.1, and for itself.
      deepEqual([plan.jobs, plan.same, requests.length], [6, 2, 6]);
    }),
);

needs(
  [...NEEDS],
  "rows that cannot be read are counted with their reason, the others are judged",
  () =>
    judging(() => ({ text: answer(1) }), async (run, requests) => {
      const fault = { fault: "spans: expected a list", source: "x.parquet", row: 1, sessionId: null };
      const rows = [smallSession(1), fault as unknown as TraceRow, smallSession(2)];
      const { plan } = await run({ rows });
      deepEqual([plan.unreadable, requests.length], [[fault], 2]);
    }),
);

needs([...NEEDS], "where, sample and limit choose sessions", () =>
  judging(() => ({ text: answer(1) }), async (run) => {
    const rows = range(60).map((i) => smallSession(i, { benchmark: i < 40 ? "appworld" : "swebench" }));
    const plans = async (plan: Partial<PlanOptions>): Promise<Plan> => (await run({ rows, plan, confirm: false })).plan;
    equal((await plans({ where: { benchmark: ["swebench"] } })).jobs, 20);
    equal((await plans({ where: { benchmark: ["swebench"], run: ["run3"] } })).jobs, 3);
    equal((await plans({ limit: 7 })).jobs, 7);
    equal((await plans({ sample: { n: 15, seed: "a" } })).jobs, 15);
  }));

needs(
  [...NEEDS],
  "sessions whose texts were not recorded are counted and not asked",
  () =>
    judging(() => ({ text: answer(1) }), async (run, requests) => {
      const bare = smallSession(2);
      const spans = bare.spans.map((span) => ({ ...span, inputMessages: null, outputMessages: null }));
      const { plan } = await run({ rows: [smallSession(1), { ...bare, spans }] });
      deepEqual([plan.sessions, plan.withoutText, plan.jobs, requests.length], [2, 1, 1, 1]);
    }),
);
