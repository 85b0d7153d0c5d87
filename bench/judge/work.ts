/** One process of `deno task bench judge`: judges N generated sessions at an endpoint. Arguments: N, URL. @module */
import { DEFAULT_RETRIES, systemClock } from "../../lib/io/mod.ts";
import { judgeSessions, openAiAsk, RUBRICS } from "../../lib/judge/mod.ts";
import type { TraceRow } from "../../lib/model/mod.ts";
import { calls, type RecordedMessage, returns, says, session, span } from "../../tests/support/sessions.ts";
import { report as reportMeasured } from "../measure.ts";

/** Requests at once. */
export const AT_ONCE = 32;
const CALLS = 10;

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

/** MB that are still held when garbage has been taken away; 0 where that cannot be asked for. */
function heldNow(): number {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) return 0;
  gc();
  const { heapUsed, external } = Deno.memoryUsage();
  return (heapUsed + external) / 1e6;
}

async function judged(n: number, url: string): Promise<Record<string, number>> {
  const folder = await Deno.makeTempDir();
  try {
    const begun = performance.now();
    let planned = begun;
    let heldMB = 0;
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
        heldMB = heldNow();
        return Promise.resolve(true);
      },
      notice: (text) => console.error(text),
    });
    if (report?.verdicts.judged !== n) throw new Error(`expected ${n} verdicts, found ${JSON.stringify(report)}`);
    const askS = (performance.now() - planned) / 1000;
    return { verdicts: n, planS: (planned - begun) / 1000, askS, heldMB: Math.max(heldMB, heldNow()) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) await reportMeasured(() => judged(Number(Deno.args[0]), Deno.args[1]!));
