/**
 * Time and peak memory of the topics: `deno task bench topics`. The judged table's failures where the table is here, with and
 * without bootstrap runs, and generated texts in growing numbers; each in a process of its own, median of three. Where the
 * judged table is here also how far each method says what people said. Prints tables, writes bench/results/topics.json.
 *
 * @module
 */
import { defaultLocations } from "../lib/sources/mod.ts";
import { judgedIsHere } from "../lib/study/mod.ts";
import { inProcess, summarise, type Summary } from "./measure.ts";
import { table } from "./table.ts";
import { type Method, methods, readings } from "./topics/methods.ts";

const REPEATS = 3;
const BOOTSTRAP_RUNS = 50;
const SIZES = [640, 10_000, 100_000];
/** From so many texts on a run takes long enough to be measured once. */
const MANY = 50_000;

/** Of more texts than are clustered at once a sample is: memory grows with the texts, not with their square. */
const PEAK_LIMIT_MB = 2000;

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
    for (let i = 0; i < (Number(what) >= MANY ? 1 : REPEATS); i++) measured.push(await inProcess(work, [what, runs]));
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
  const compared = here ? await methods(BOOTSTRAP_RUNS) : [];
  if (here) console.log(`\n${methodsTable(compared)}`);
  const read = readings();
  const range = `${read.lo.toFixed(2)} to ${read.hi.toFixed(2)}`;
  console.log(`\nTwo readings of ${read.n}: ${read.same} the same, kappa ${read.kappa.toFixed(2)} (${range})`);
  const results = { peakLimitMB: PEAK_LIMIT_MB, met, rows, methods: compared, readings: read };
  await Deno.writeTextFile(new URL("results/topics.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
  return met ? 0 : 1;
}

function methodsTable(rows: readonly Method[]): string {
  const number = (value: number | null, digits = 2) => value === null ? "-" : value.toFixed(digits);
  const classes = Object.keys(rows.find((row) => row.classes)?.classes ?? {});
  return table(
    [
      "method",
      "topics",
      "coverage",
      "bootstrap",
      "ARI people",
      "ARI benchmark",
      "ARI harness",
      "within benchmark",
      "kappa",
      "kappa, 2nd sample",
      ...classes.flatMap((name) => [`${name}, precision / recall`, "2nd sample"]),
    ],
    rows.map((row) => [
      row.method,
      row.topics === null ? "-" : String(row.topics),
      number(row.coverage),
      number(row.bootstrap),
      number(row.people),
      number(row.benchmark),
      number(row.harness),
      number(row.harness_within_benchmark),
      number(row.kappa),
      number(row.kappa_second),
      ...classes.flatMap((name) =>
        [row.classes?.[name], row.classes_second?.[name]].map((found) =>
          found ? `${number(found.precision)} / ${number(found.recall)}` : "-"
        )
      ),
    ]),
  );
}
