/**
 * `deno run -A bench/judge.ts`: the runner against a local endpoint in a process of its own. Throughput: 1,781 sessions,
 * 0.5 s a reply, 32 at once, against what these two numbers allow at best. Memory: the peak of a process that judges 1,000
 * sessions, and of one that judges 10,000.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { DEFAULT_RETRIES, judgeSessions, openAiAsk, RUBRICS, systemClock } from "../lib/judge/mod.ts";
import type { TraceRow } from "../lib/model/mod.ts";
import { calls, type RecordedMessage, returns, says, session, span } from "../tests/support/sessions.ts";

const AT_ONCE = 32;
const CALLS = 10;

/** What one process measured. */
interface Measured {
  verdicts: number;
  planS: number;
  askS: number;
  peakMb: number;
}

/** A session of 10 calls whose inputs repeat the history, some 60 kB of them; every session's texts are its own. */
function generated(i: number): TraceRow {
  const page = (k: number) =>
    Array.from({ length: 40 }, (_, w) => `w${(i * 7919 + k * 104729 + w * 31) % 99991}`).join(" ");
  const history: RecordedMessage[] = [
    says("system", "You are a librarian."),
    says("user", `Task ${i}: read ten pages.`),
  ];
  const spans = Array.from({ length: CALLS }, (_, k) => {
    const call = k < CALLS - 1
      ? calls(`c${k}`, "open", { page: k, of: i })
      : says("assistant", `Read them all for ${i}.`);
    const made = span(k, [...history], [call]);
    history.push(call, returns(`c${k}`, `Page ${k} of ${i}: ${page(k)} ${page(k + 50)} ${page(k + 99)}`));
    return made;
  });
  return session(spans, { sessionId: `run${i % 60}_${i}`, benchmark: "appworld" });
}

async function* sessions(n: number): AsyncGenerator<TraceRow> {
  for (let i = 0; i < n; i++) yield await Promise.resolve(generated(i));
}

async function measure(n: number, url: string): Promise<Measured> {
  const folder = await Deno.makeTempDir();
  try {
    const begun = performance.now();
    let planned = begun;
    const price = () => ({ inputUsdPerMtok: 2, outputUsdPerMtok: 8 });
    const { report } = await judgeSessions(() => sessions(n), {
      out: `${folder}/verdicts.jsonl`,
      plan: {
        judges: ["gpt-4.1"],
        otherJudge: "gpt-4o",
        rubricSets: [RUBRICS],
        repeats: 1,
        budgetTokens: 30_000,
        where: {},
        sample: null,
        limit: null,
        callRules: [],
        price,
        expectedOutputTokens: 110,
      },
      run: {
        ask: openAiAsk({ apiKey: "none", baseUrl: url, timeoutMs: 60_000 }),
        clock: systemClock,
        random: Math.random,
        retries: DEFAULT_RETRIES,
        maxOutputTokens: 2000,
        price,
        concurrency: AT_ONCE,
        maxUsd: null,
        stop: new AbortController().signal,
        maxFailuresInRow: AT_ONCE,
      },
      confirm: () => {
        planned = performance.now();
        return Promise.resolve(true);
      },
      notice: (text) => console.error(text),
    });
    if (report?.verdicts.judged !== n) throw new Error(`expected ${n} verdicts, found ${JSON.stringify(report)}`);
    const peakKb = Number(/VmHWM:\s+(\d+)/.exec(await Deno.readTextFile("/proc/self/status"))?.[1] ?? NaN);
    return {
      verdicts: n,
      planS: (planned - begun) / 1000,
      askS: (performance.now() - planned) / 1000,
      peakMb: peakKb / 1024,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Starts the endpoint and one measuring process, so that neither shares time or memory with the other. */
async function apart(n: number, latencyMs: number): Promise<Measured> {
  const server = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      new URL("../tests/support/llm_server.ts", import.meta.url).pathname,
      "--latency",
      String(latencyMs),
    ],
    stdout: "piped",
  }).spawn();
  try {
    const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const url = (await reader.read()).value!.trim();
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      // As `deno task judge` runs: without the flag V8 lets garbage pile up as long as it runs, to some 350 MB.
      args: [
        "run",
        "-A",
        "--quiet",
        "--v8-flags=--optimize-for-size",
        new URL(import.meta.url).pathname,
        "--sessions",
        String(n),
        "--url",
        url,
      ],
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    if (code !== 0) throw new Error(text(stderr));
    return JSON.parse(text(stdout));
  } finally {
    server.kill("SIGKILL");
    await server.status;
  }
}

const { values } = parseArgs({ options: { sessions: { type: "string" }, url: { type: "string" } } });
if (values.url) {
  console.log(JSON.stringify(await measure(Number(values.sessions), values.url)));
} else {
  const [n, latencyS] = [1781, 0.5];
  const run = await apart(n, latencyS * 1000);
  const idealS = n * latencyS / AT_ONCE;
  console.log(
    `${n} sessions, ${latencyS} s a reply, ${AT_ONCE} at once: planned in ${run.planS.toFixed(1)} s, asked in ${
      run.askS.toFixed(1)
    } s`,
  );
  console.log(
    `ideal ${idealS.toFixed(1)} s: ${(100 * idealS / run.askS).toFixed(1)}% of the ideal throughput (aim: 90%)`,
  );
  const [small, large] = [await apart(1000, 20), await apart(10_000, 20)];
  for (const { verdicts, peakMb, planS, askS } of [small, large]) {
    console.log(
      `${verdicts} sessions: peak ${peakMb.toFixed(0)} MB, planned in ${planS.toFixed(1)} s, asked in ${
        askS.toFixed(1)
      } s`,
    );
  }
  console.log(`peak memory of 10,000 over 1,000 sessions: ${(large.peakMb / small.peakMb).toFixed(2)} (aim: 1)`);
}
