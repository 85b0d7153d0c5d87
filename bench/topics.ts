/**
 * Time and peak memory of the topics: `deno task bench topics`. The judged table's failures where the table is here, with and
 * without bootstrap runs, and generated texts in growing numbers; each in a process of its own, median of three. Prints
 * a table, writes bench/results/topics.json.
 *
 * @module
 */
import { defaultLocations } from "../lib/sources/mod.ts";
import { judgedIsHere } from "../lib/study/mod.ts";
import { inProcess, summarise, type Summary } from "./measure.ts";
import { table } from "./table.ts";

const REPEATS = 3;
const BOOTSTRAP_RUNS = 50;
const SIZES = [640, 1280, 2560, 5120];

/** Distances are worked out again, never kept: memory does not grow with their number, the square of that of texts. */
const PEAK_LIMIT_MB = 700;

/** Runs the benchmark; exit code 1 when memory is over its limit. */
export async function run(args: string[]): Promise<number> {
  if (args.length) {
    console.log("deno task bench topics\n\nTime and peak memory of the topics. It takes no options.");
    return args[0] === "--help" ? 0 : 2;
  }
  const work = new URL("topics/work.ts", import.meta.url);
  const here = await judgedIsHere(defaultLocations((name) => Deno.env.get(name)));
  if (!here) console.log("The judged table is not here (deno task fetch judged): generated texts only.");
  const cases = [
    ...(here ? [["judged", "0"], ["judged", String(BOOTSTRAP_RUNS)]] as const : []),
    ...SIZES.map((n) => [String(n), "0"] as const),
  ];
  const rows: { what: string; runs: number; summary: Summary }[] = [];
  for (const [what, runs] of cases) {
    const measured = [];
    for (let i = 0; i < REPEATS; i++) measured.push(await inProcess(work, [what, runs]));
    rows.push({ what, runs: Number(runs), summary: summarise(measured) });
  }
  console.log(table(
    ["texts", "number", "bootstrap runs", "s (range)", "peak MB", "topics", "unclustered"],
    rows.map(({ what, runs, summary: { seconds, range, peakMB, counts } }) => [
      what === "judged" ? "judged" : "generated",
      String(counts.texts),
      String(runs),
      `${seconds.toFixed(2)} (${range.map((s) => s.toFixed(2)).join(" to ")})`,
      peakMB === null ? "?" : peakMB.toFixed(0),
      String(counts.topics),
      String(counts.unclustered),
    ]),
  ));
  const met = rows.every(({ summary }) => summary.peakMB === null || summary.peakMB < PEAK_LIMIT_MB);
  console.log(`peak memory under ${PEAK_LIMIT_MB} MB: ${met ? "met" : "MISSED"}`);
  await Deno.mkdir(new URL("results/", import.meta.url), { recursive: true });
  const results = { peakLimitMB: PEAK_LIMIT_MB, met, rows };
  await Deno.writeTextFile(new URL("results/topics.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  return met ? 0 : 1;
}
