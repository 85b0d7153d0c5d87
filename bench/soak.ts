/**
 * A weekend in minutes: `deno task bench soak`. 2,000 sessions through `deno task judge`, at an endpoint that answers in every
 * way there is and meets three of ten requests with a fault, some with no answer at all; the process is killed 20 times. Counts
 * that each session has one verdict or one named reason, and holds the bill against what the endpoint itself counted.
 * Writes bench/results/soak.json.
 *
 * @module
 */
import { readVerdicts } from "../lib/judge/mod.ts";
import { openCallLog } from "../lib/judge/run/call_log.ts";
import { callsPath, readSetAside, setAsidePath } from "../lib/judge/run/judge_sessions.ts";
import { FAULT_SHARE } from "../tests/support/mixed_endpoint.ts";
import { soak } from "../tests/support/soak.ts";
import { table } from "./table.ts";

const [SESSIONS, KILLS, AT_ONCE] = [2000, 20, 32];
const PRICE = { inputUsdPerMtok: 2, outputUsdPerMtok: 8 };
const BILL_AIM = 0.01;

/** Runs the benchmark; exit code 1 when an aim is missed. */
export async function run(args: string[]): Promise<number> {
  if (args.length) {
    console.log("deno task bench soak\n\nA judging run of 2,000 sessions, with faults and kills. It takes no options.");
    return args[0] === "--help" ? 0 : 2;
  }
  const folder = await Deno.makeTempDir();
  const begun = performance.now();
  try {
    const found = await soak({ sessions: SESSIONS, kills: KILLS, concurrency: AT_ONCE, slow: true, folder });
    const verdicts = await readVerdicts(found.out);
    const setAside = await readSetAside(setAsidePath(found.out));
    const lines = (await Deno.readTextFile(found.out)).trim().split("\n").length;
    const { log, earlier } = await openCallLog(callsPath(found.out), () => PRICE);
    log.close();
    const { knownUsd, likelyUsd, atMostUsd, unknownCalls, calls } = earlier.bill();
    const { inputTokens, outputTokens } = found.billed;
    const usd = (inputTokens * PRICE.inputUsdPerMtok + outputTokens * PRICE.outputUsdPerMtok) / 1e6;
    const results = {
      sessions: SESSIONS,
      kills: KILLS,
      faultShare: FAULT_SHARE,
      requests: found.requests,
      calls,
      verdicts: verdicts.length,
      setAside: setAside.length,
      linesTwice: lines - verdicts.length,
      askedAgain: found.askedAgain.length,
      serverUsd: usd,
      knownUsd: knownUsd!,
      likelyUsd: likelyUsd!,
      atMostUsd: atMostUsd!,
      unknownCalls,
      seconds: (performance.now() - begun) / 1000,
    };
    console.log(table(
      ["", ""],
      Object.entries(results).map((
        [name, value],
      ) => [name, Number.isInteger(value) ? String(value) : value.toFixed(3)]),
    ));
    const whole = verdicts.length + setAside.length === SESSIONS && results.linesTwice === 0 &&
      results.askedAgain === 0;
    const off = Math.abs(likelyUsd! / usd - 1);
    const billed = off < BILL_AIM && knownUsd! <= usd && usd <= atMostUsd!;
    console.log(`every session once: ${whole ? "met" : "MISSED"}`);
    console.log(
      `the likely bill is off by ${(100 * off).toFixed(2)}%, aim ${100 * BILL_AIM}%: ${billed ? "met" : "MISSED"}`,
    );
    await Deno.mkdir(new URL("results/", import.meta.url), { recursive: true });
    const path = new URL("results/soak.json", import.meta.url);
    await Deno.writeTextFile(path, `${JSON.stringify({ ...results, whole, billed }, null, 2)}\n`);
    return whole && billed ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
