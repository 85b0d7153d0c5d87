/**
 * The judge's runner against a local endpoint in a process of its own: `deno task bench judge`. Throughput: 1,781 sessions,
 * 0.5 s a reply, 32 at once, against what these numbers allow at best. Memory: peaks of processes that judge 1,000 sessions
 * and of processes that judge 10,000, at the same endpoint: how much garbage there is at once depends on the requests a
 * second. Prints a table, writes bench/results/judge.json.
 *
 * @module
 */
import { inProcess, type Measured } from "./measure.ts";
import { table } from "./table.ts";
import { AT_ONCE } from "./judge/work.ts";

const [SESSIONS, LATENCY_S] = [1781, 0.5];
const THROUGHPUT_AIM = 0.9;
/** Peaks of equal runs differ by about this much. */
const RATIO_LIMIT = 1.1;
/** What is held once garbage is gone must not grow: for 10,000 keys of verdicts there is some hundred kB. */
const HELD_LIMIT = 1.02;

/** Small before and after large, so that a warm machine favours none. */
const SMALL = { n: 1000, latencyS: 0.2 };
const LARGE = { n: 10_000, latencyS: 0.2 };
const MEMORY_RUNS = [SMALL, LARGE, SMALL, SMALL, LARGE, SMALL];

/** As `deno task judge` runs: without the first V8 lets garbage pile up to some 350 MB, without the second a little more the longer it runs. */
const V8_FLAGS = ["--optimize-for-size", "--heap-growing-percent=10"];
/** The same, and what is held can be told from garbage: how much of that piles up depends on what else the machine does. */
const HELD_FLAGS = [...V8_FLAGS, "--expose-gc"];

/** Runs the benchmark; exit code 1 when an aim is missed. */
export async function run(args: string[]): Promise<number> {
  if (args.length) {
    console.log("deno task bench judge\n\nThroughput and peak memory of the judge's runner. It takes no options.");
    return args[0] === "--help" ? 0 : 2;
  }
  const asked = { n: SESSIONS, latencyS: LATENCY_S };
  const runs: (typeof asked & Measured)[] = [];
  runs.push({ ...asked, ...await apart(SESSIONS, LATENCY_S, V8_FLAGS) });
  for (const one of MEMORY_RUNS) runs.push({ ...one, ...await apart(one.n, one.latencyS, HELD_FLAGS) });
  console.log(table(
    ["sessions", "s a reply", "planned in s", "asked in s", "peak MB", "held MB"],
    runs.map(({ n, latencyS, peakMB, counts }) => [
      String(n),
      String(latencyS),
      counts["planS"]!.toFixed(1),
      counts["askS"]!.toFixed(1),
      peakMB === null ? "?" : peakMB.toFixed(0),
      counts["heldMB"] ? counts["heldMB"].toFixed(1) : "",
    ]),
  ));
  const idealS = SESSIONS * LATENCY_S / AT_ONCE;
  const throughput = idealS / runs[0]!.counts["askS"]!;
  const met = throughput >= THROUGHPUT_AIM;
  console.log(
    `ideal ${idealS.toFixed(1)} s: ${(100 * throughput).toFixed(1)}% of the ideal throughput, aim ${
      100 * THROUGHPUT_AIM
    }%: ${met ? "met" : "MISSED"}`,
  );
  const peak = ({ n, latencyS }: typeof asked) =>
    mean(runs.filter((one) => one.n === n && one.latencyS === latencyS).map(({ peakMB }) => peakMB ?? NaN));
  const [small, large] = [peak(SMALL), peak(LARGE)];
  const ratio = large / small;
  const flat = !(ratio > RATIO_LIMIT);
  console.log(
    `mean peak ${large.toFixed(0)} MB at 10,000 sessions, ${small.toFixed(0)} MB at 1,000 (${
      ratio.toFixed(3)
    } times, limit ${RATIO_LIMIT}: ${flat ? "met" : "MISSED"})`,
  );
  const held = (n: number) => mean(runs.filter((one) => one.n === n).map(({ counts }) => counts["heldMB"]!));
  const heldRatio = held(LARGE.n) / held(SMALL.n);
  const steady = heldRatio <= HELD_LIMIT;
  console.log(
    `held without garbage ${held(LARGE.n).toFixed(1)} MB at 10,000 sessions, ${held(SMALL.n).toFixed(1)} MB at 1,000 (${
      heldRatio.toFixed(3)
    } times, limit ${HELD_LIMIT}: ${steady ? "met" : "MISSED"})`,
  );
  await Deno.mkdir(new URL("results/", import.meta.url), { recursive: true });
  const results = { atOnce: AT_ONCE, throughput, met, ratio, flat, heldRatio, steady, runs };
  await Deno.writeTextFile(new URL("results/judge.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  return met && flat && steady ? 0 : 1;
}

/** Starts the endpoint and one measuring process, so that neither shares time or memory with the other. */
async function apart(n: number, latencyS: number, v8Flags: readonly string[]): Promise<Measured> {
  const server = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      new URL("../tests/support/llm_server.ts", import.meta.url).pathname,
      "--latency",
      String(latencyS * 1000),
    ],
    stdout: "piped",
  }).spawn();
  try {
    const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const url = (await reader.read()).value!.trim();
    return await inProcess(new URL("judge/work.ts", import.meta.url), [String(n), url], v8Flags);
  } finally {
    server.kill("SIGKILL");
    await server.status;
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
