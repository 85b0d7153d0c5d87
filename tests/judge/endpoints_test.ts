/** Each way in which an endpoint answers, from the wire to the verdict. @module */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DEFAULT_RETRIES } from "../../lib/io/mod.ts";
import { redactSecrets } from "../../lib/traces/mod.ts";
import { openAiAsk } from "../../lib/judge/endpoint/client.ts";
import { type Job, jobOf } from "../../lib/judge/prompt/job.ts";
import { rubricFor } from "../../lib/judge/rubrics/rubric.ts";
import { runJobs, type RunReport, type SetAsideJob } from "../../lib/judge/run/run.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import type { JudgeVerdict } from "../../lib/judge/verdicts/verdict.ts";
import { manualClock } from "../support/clock.ts";
import {
  CUT,
  DIALECTS,
  type Mode,
  NOT_LET_IN,
  PASSING,
  PASSING_TOO,
  PLACED,
  REFUSED,
  REFUSED_TOO,
  TOO_LONG,
  USAGES,
  WRAPPED,
  WRITTEN,
} from "../support/llm_modes.ts";
import { answer, type SeenRequest, startLlmServer } from "../support/llm_server.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";

const NEEDS = ["net", "env", "read", "sys"] as const;

interface Judged {
  verdicts: JudgeVerdict[];
  setAside: SetAsideJob[];
  report: RunReport;
  requests: SeenRequest[];
  slept: number[];
}

/** Judges `n` sessions, one after another unless told, at an endpoint of this kind, on a clock that does not wait. */
async function judged(mode: Mode, n = 3, { judges = ["m"], concurrency = 1 } = {}): Promise<Judged> {
  let nth = 0;
  const server = startLlmServer((request) => mode(request, ++nth));
  const clock = manualClock();
  const slept: number[] = [];
  const sleep = clock.sleep;
  clock.sleep = (ms) => (slept.push(ms), sleep(ms));
  const [verdicts, setAside] = [[] as JudgeVerdict[], [] as SetAsideJob[]];
  const jobs = judges.flatMap((judge) =>
    Array.from({ length: n }, (_, i): Job => {
      const row = smallSession(i);
      return jobOf(row, transcriptOf(row), { judge, rubric: rubricFor(row.benchmark), repeat: 1, budgetTokens: 4000 });
    })
  );
  async function* all() {
    yield* jobs;
  }
  try {
    const report = await runJobs(all(), jobs.length, {
      ask: openAiAsk({ apiKey: "none", baseUrl: server.url, timeoutMs: 5000 }),
      clock,
      random: () => 0.5,
      retries: DEFAULT_RETRIES,
      maxOutputTokens: 2000,
      price: () => ({ inputUsdPerMtok: 2, outputUsdPerMtok: 8 }),
      concurrency,
      maxUsd: null,
      stop: new AbortController().signal,
      maxFailuresInRow: 20,
      settings: "test",
      onVerdict: (verdict) => Promise.resolve(void verdicts.push(verdict)),
      onSetAside: (job) => Promise.resolve(void setAside.push(job)),
    });
    return { verdicts, setAside, report, requests: server.requests, slept };
  } finally {
    await server.close();
  }
}

const successes = ({ verdicts }: Judged) => verdicts.map(({ success }) => success);

for (const [what, mode] of Object.entries({ ...WRITTEN, ...PLACED })) {
  needs([...NEEDS], `an answer ${what} is read at once`, async () => {
    const found = await judged(mode);
    deepEqual(successes(found), [1, 1, 1], JSON.stringify(found.setAside));
    equal(found.requests.length, 3);
    ok(found.verdicts.every(({ evidence }) => evidence.every((call) => call === 1 || call === 2)));
  });
}

for (const [what, mode] of Object.entries(WRAPPED)) {
  needs([...NEEDS], `an answer ${what} is read at once, with what it cost`, async () => {
    const found = await judged(mode, 2);
    deepEqual(successes(found), [1, 1], JSON.stringify(found.setAside));
    deepEqual(found.verdicts.map((v) => [v.attempts, v.inputTokens, v.outputTokens]), [[1, 700, 70], [1, 700, 70]]);
    equal(found.report.bill.unknownCalls, 0);
  });
}

for (const [what, mode] of Object.entries(DIALECTS)) {
  needs([...NEEDS], `an endpoint that wants ${what} is learnt once, and it is recorded`, async () => {
    const found = await judged(mode, 4);
    deepEqual(successes(found), [1, 1, 1, 1], JSON.stringify(found.setAside));
    const dialects = new Set(found.verdicts.map(({ dialect }) => dialect));
    equal(dialects.size, 1);
    // All but the first request of the others are spared.
    ok(found.requests.length <= 4 + 12, `${found.requests.length} requests`);
    const [last, before] = [found.requests.at(-1)!, found.requests.at(-2)!];
    ok(last.prompt !== before.prompt, "the last session was asked more than once");
  });
}

needs([...NEEDS], "what is asked for is as little simplified as the endpoint wants", async () => {
  const dialectOf = async (what: string) => (await judged(DIALECTS[what]!, 1)).verdicts[0]!.dialect;
  equal(await dialectOf("no temperature"), "json_schema, max_completion_tokens, no temperature");
  equal(await dialectOf("the older limit"), "json_schema, max_tokens, temperature 0");
  equal(await dialectOf("a smaller limit"), "json_schema, max_completion_tokens, at most 300, temperature 0");
  equal(await dialectOf("nullable fields (Gemini)"), "nullable json_schema, max_completion_tokens, temperature 0");
  equal(await dialectOf("no schema (llama.cpp)"), "json_object, max_completion_tokens, temperature 0");
  equal(
    await dialectOf("no temperature, in words that say nothing"),
    "json_schema, max_completion_tokens, no temperature",
  );
  equal(
    await dialectOf("streaming without options"),
    "json_schema, max_completion_tokens, temperature 0, streamed without usage",
  );
});

needs([...NEEDS], "what one model wants is never carried to another", async () => {
  const found = await judged(
    (request, nth) => {
      if (request.model === "new") {
        return "max_tokens" in request.body
          ? { status: 400, error: { message: "use max_completion_tokens" } }
          : { text: answer(1) };
      }
      return DIALECTS["the older limit"]!(request, nth);
    },
    2,
    { judges: ["old", "new"] },
  );
  deepEqual(successes(found), [1, 1, 1, 1]);
  deepEqual(found.verdicts.map(({ judge, dialect }) => [judge, dialect?.split(", ")[1]]), [
    ["old", "max_tokens"],
    ["old", "max_tokens"],
    ["new", "max_completion_tokens"],
    ["new", "max_completion_tokens"],
  ]);
});

needs([...NEEDS], "many requests at once learn a dialect together", async () => {
  const found = await judged(DIALECTS["no format at all"]!, 32, { concurrency: 16 });
  equal(found.verdicts.filter(({ success }) => success === 1).length, 32);
  ok(found.requests.length <= 32 + 16 + 12, `${found.requests.length} requests`);
});

for (const [what, mode] of Object.entries({ ...REFUSED, ...REFUSED_TOO })) {
  needs([...NEEDS], `a content filter is a refusal and never a 0: ${what}`, async () => {
    const found = await judged(mode, 2);
    deepEqual(found.verdicts.map(({ outcome, success }) => [outcome, success]), [["refused", null], ["refused", null]]);
    ok(found.verdicts.every(({ raw }) => raw));
    equal(found.requests.length, 2);
  });
}

for (const [what, mode] of Object.entries({ ...PASSING, ...PASSING_TOO })) {
  needs([...NEEDS], `a fault that passes loses no verdict: ${what}`, async () => {
    const found = await judged(mode, 2);
    deepEqual(successes(found), [1, 1], JSON.stringify(found.setAside));
    equal(found.report.stopped, null);
  });
}

for (const [what, [mode, said]] of Object.entries(NOT_LET_IN)) {
  needs([...NEEDS], `${what}: the run stops at the first request, and says so`, async () => {
    const found = await judged(mode, 5);
    match(found.report.stopped!, said);
    deepEqual([found.requests.length, found.report.left, found.report.bill.atMostUsd], [1, 5, 0]);
  });
}

needs([...NEEDS], "words of a trace that an endpoint repeats are not taken for its own", async () => {
  const repeated = `invalid input: ${"the customer has insufficient funds. ".repeat(20)}`;
  const found = await judged(
    (_, nth) => nth === 1 || nth > 2 ? { text: answer(1) } : { status: 400, error: { message: repeated } },
    3,
  );
  equal(found.report.stopped, null);
});

needs([...NEEDS], "what is too large for a proxy is set aside alone, with a reason, and costs nothing", async () => {
  const found = await judged(
    ({ prompt }) => prompt.includes("Task 1:") ? { status: 413, html: true } : { text: answer(1) },
    3,
  );
  deepEqual(successes(found), [1, 1]);
  match(found.setAside[0]!.error, /^request: 413 Payload Too Large \(1 request\)$/);
  equal(found.report.bill.unknownCalls, 0);
});

needs(
  [...NEEDS],
  "a gateway that gave up waiting may have to be paid, an answer without a choice says what",
  async () => {
    const late = await judged(PASSING_TOO["a gateway that gave up waiting (504)"]!, 1);
    deepEqual([late.report.bill.calls, late.report.bill.unknownCalls], [2, 1]);
    ok(late.report.bill.atMostUsd! > late.report.bill.knownUsd!);
    const empty = await judged(PASSING_TOO["an answer without a choice"]!, 1);
    equal(empty.report.bill.unknownCalls, 0);
    ok(empty.report.bill.inputTokens > 700);
  },
);

needs([...NEEDS], "Anthropic's words on too large a limit name the largest", async () => {
  const found = await judged(
    ({ body }) =>
      Number(body["max_tokens"] ?? body["max_completion_tokens"]) > 1024
        ? {
          status: 400,
          raw: {
            type: "error",
            error: {
              type: "invalid_request_error",
              message: "max_completion_tokens: 2000 > 1024, which is the maximum allowed number of output tokens",
            },
          },
        }
        : { text: answer(1) },
    2,
  );
  deepEqual(successes(found), [1, 1]);
  match(found.verdicts[1]!.dialect!, /at most 1024/);
  equal(found.requests.length, 3);
});

needs([...NEEDS], "an error inside a 200, or in a choice, is an error with its code", async () => {
  const inside = await judged(() => ({ raw: { error: { message: "Provider returned error", code: 502 } } }), 1);
  match(inside.setAside[0]!.error, /^server: 502 Provider returned error/);
  const choice = await judged(
    () => ({ text: "", finish: "error", choice: { error: { code: 503, message: "Upstream" } } }),
    1,
  );
  match(choice.setAside[0]!.error, /^server: 503 Upstream/);
  const limit = await judged(() => ({ raw: { error: { message: "quota for today is used up", code: 429 } } }), 3);
  match(limit.report.stopped!, /account: 429 quota for today is used up/);
  equal(limit.requests.length, 1);
});

for (const [what, mode] of Object.entries(CUT)) {
  needs(
    [...NEEDS],
    `an answer without its end is asked for again, with room where that was wanting: ${what}`,
    async () => {
      const found = await judged(mode, 1);
      deepEqual(successes(found), [1]);
      equal(found.requests.length, 2);
      // Nothing empty is sent back: endpoints refuse it.
      ok(
        found.requests.every(({ body }) => (body["messages"] as { content: string }[]).every(({ content }) => content)),
      );
    },
  );
}

needs([...NEEDS], "an answer that is cut however much room it has is unreadable, and said to be so", async () => {
  const found = await judged(() => ({ text: answer(1).slice(0, 30), finish: "length" }), 1);
  deepEqual(found.verdicts.map(({ outcome, success, settings }) => [outcome, success, settings]), [[
    "unreadable",
    null,
    "test",
  ]]);
  deepEqual(found.requests.map(({ body }) => body["max_completion_tokens"]), [2000, 8000, 8000]);
});

needs(
  [...NEEDS],
  "a prompt that only just does not fit is asked with less room, and the next one as before",
  async () => {
    const found = await judged(TOO_LONG["prompt and answer together"]!, 2);
    deepEqual(successes(found), [1, 1]);
    deepEqual(found.requests.map(({ body }) => body["max_completion_tokens"]), [2000, 500, 2000]);
  },
);

needs(
  [...NEEDS],
  "a prompt that does not fit at all is set aside with its reason, and the next one is asked as before",
  async () => {
    const found = await judged(
      (request, nth) =>
        nth > 1 && nth < 4 || request.prompt.includes("Task 1:")
          ? { status: 400, error: { message: "This model's maximum context length is 8192 tokens." } }
          : { text: answer(1) },
      3,
    );
    deepEqual(successes(found), [1, 1]);
    match(found.setAside[0]!.error, /request: 400 This model's maximum context length/);
    equal(found.requests.length, 4);
  },
);

for (const [what, usage, kept] of USAGES) {
  needs([...NEEDS], `a count of tokens written as ${what} is kept as ${kept.join(" and ")}`, async () => {
    const { verdicts: [verdict], report } = await judged(() => ({ text: answer(1), usage }), 1);
    deepEqual([verdict!.inputTokens, verdict!.outputTokens], kept);
    const known = kept.every((count) => count !== null);
    equal(verdict!.usd === null, !known);
    ok(verdict!.usdAtMost! > 0);
    deepEqual([report.bill.unknownCalls, report.bill.knownUsd! > 0], [known ? 0 : 1, known]);
    ok(report.bill.atMostUsd! >= report.bill.likelyUsd! && report.bill.likelyUsd! >= report.bill.knownUsd!);
  });
}

needs(
  [...NEEDS],
  "a service that asks to wait for two days is not waited for: the run stops and says when to go on",
  async () => {
    const wait = (seconds: string): Mode => (_, nth) =>
      nth === 2
        ? { status: 429, headers: { "retry-after": seconds }, error: { message: "daily" } }
        : { text: answer(1) };
    const found = await judged(wait("198300"), 5);
    match(found.report.stopped!, /^the service asks to wait 2 d 7 h: stopped; run again then/);
    deepEqual([found.verdicts.length, found.report.left, found.slept], [1, 4, []]);
    // Longer than a timer can count.
    match((await judged(wait("5000000"), 5)).report.stopped!, /57 d 20 h/);
  },
);

needs([...NEEDS], "a wait of some seconds is waited for, at least as long as asked", async () => {
  const found = await judged(
    (_, nth) => nth === 1 ? { status: 429, headers: { "retry-after": "7" } } : { text: answer(1) },
    1,
  );
  ok(Math.max(...found.slept) >= 7000);
});

needs([...NEEDS], "a body without end is given up at some MB", async () => {
  const server = startLlmServer(() => "endless");
  try {
    const ask = openAiAsk({ apiKey: "none", baseUrl: server.url, timeoutMs: 20_000 });
    const request = {
      model: "m",
      messages: [{ role: "user" as const, content: redactSecrets("x").text }],
      maxOutputTokens: 10,
    };
    const error = await ask(request).then(() => null, (error) => error);
    match(error.message, /larger than 4 MB/);
    ok(server.endless() < 64e6, `${server.endless()} bytes were sent`);
  } finally {
    await server.close();
  }
});

needs([...NEEDS], "a reply by a model of the agent's own family is set aside, whatever was asked for", async () => {
  const found = await judged(() => ({ text: answer(1), body: { model: "acme/agent-1-mini" } }), 1, {
    judges: ["router/auto"],
  });
  equal(found.verdicts.length, 0);
  match(found.setAside[0]!.error, /acme\/agent-1-mini replied, which is of the agent's own family "agent-1"/);
});

needs(
  [...NEEDS],
  "an endpoint that refuses every request stops the run, and is not asked in all ways each time",
  async () => {
    const found = await judged(() => ({ status: 400, error: { message: "no" } }), 200);
    match(found.report.stopped!, /20 sessions in a row got no reply; the last fault was request: 400 no/);
    ok(found.requests.length < 100, `${found.requests.length} requests`);
  },
);

needs([...NEEDS], "the run's tries are bounded too", async () => {
  const found = await judged((_, nth) => nth % 6 ? { status: 500 } : { text: answer(1) }, 60);
  match(found.report.stopped!, /the service fails too often: the run's tries are used up/);
  ok(found.report.left > 0 && found.requests.length <= 60 + 3 * 60 + 101);
});
