import { equal, ok } from "node:assert/strict";
import { DEFAULT_RETRIES, systemClock } from "../../lib/io/mod.ts";
import { openAiAsk } from "../../lib/judge/endpoint/client.ts";
import { type Job, jobOf } from "../../lib/judge/prompt/job.ts";
import { rubricFor } from "../../lib/judge/rubrics/rubric.ts";
import { runJobs } from "../../lib/judge/run/run.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import { startLlmServer } from "../support/llm_server.ts";
import { FAULT_SHARE, mixedEndpoint, verdictOn } from "../support/mixed_endpoint.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";

const SESSIONS = 2000;
const PRICE = { inputUsdPerMtok: 2, outputUsdPerMtok: 8 };

needs(
  ["net", "env", "read", "sys"],
  "2,000 sessions at an endpoint that mixes all ways to answer, three of ten requests with a fault: one verdict or one named reason each, the bill within 1%",
  async () => {
    const behave = mixedEndpoint(false);
    const times = new Map<number, number>();
    const server = startLlmServer((request) => {
      const i = Number(/Task (\d+):/.exec(request.prompt)![1]);
      const nth = (times.get(i) ?? 0) + 1;
      times.set(i, nth);
      return behave(request, i, nth);
    }, { keep: false });
    async function* jobs(): AsyncGenerator<Job> {
      for (let i = 0; i < SESSIONS; i++) {
        const row = smallSession(i);
        const settings = { judge: "gpt-4.1", rubric: rubricFor(row.benchmark), repeat: 1, budgetTokens: 4000 };
        yield await Promise.resolve(jobOf(row, transcriptOf(row), settings));
      }
    }
    const ended = new Map<number, string>();
    const end = (sessionId: string, how: string) => {
      const i = Number(sessionId.split("_")[1]);
      ok(!ended.has(i), `session ${i} ended twice`);
      ended.set(i, how);
      return Promise.resolve();
    };
    let wrong = 0;
    try {
      const { bill, stopped, setAside } = await runJobs(jobs(), SESSIONS, {
        ask: openAiAsk({ apiKey: "none", baseUrl: server.url, timeoutMs: 2000 }),
        clock: systemClock,
        random: Math.random,
        retries: { ...DEFAULT_RETRIES, baseMs: 4, capMs: 20 },
        maxOutputTokens: 2000,
        price: () => PRICE,
        concurrency: 32,
        maxUsd: null,
        stop: new AbortController().signal,
        maxFailuresInRow: 50,
        onVerdict: ({ sessionId, outcome, success }) => {
          const expected = verdictOn(Number(sessionId.split("_")[1]));
          if (outcome === "judged" ? success !== expected : success !== null) wrong++;
          return end(sessionId, outcome);
        },
        onSetAside: ({ sessionId, error }) => {
          ok(/^(request|server|connection|timeout|rate limit): \S/.test(error), error);
          return end(sessionId, error);
        },
      });
      equal(stopped, null);
      equal(ended.size, SESSIONS);
      equal(wrong, 0);
      ok(setAside > 0 && setAside < 0.03 * SESSIONS, `${setAside} set aside`);
      ok(bill.calls > SESSIONS * (1 + 0.7 * FAULT_SHARE), `only ${bill.calls} requests`);
      const { inputTokens, outputTokens } = server.billed();
      const usd = (inputTokens * PRICE.inputUsdPerMtok + outputTokens * PRICE.outputUsdPerMtok) / 1e6;
      ok(bill.knownUsd! <= usd && usd <= bill.atMostUsd!, `${bill.knownUsd} ${usd} ${bill.atMostUsd}`);
      ok(Math.abs(bill.likelyUsd! / usd - 1) < 0.01, `likely ${bill.likelyUsd}, the server says ${usd}`);
    } finally {
      await server.close();
    }
  },
);
