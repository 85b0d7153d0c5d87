/**
 * `deno task bench import`: reading and importing a generated shard of `agent-llm-traces-v2`'s shape, against DuckDB doing
 * the same on the same file. Every piece of work runs in a process of its own; the two sides take turns, so that whatever
 * else the machine does falls on both.
 *
 * @module
 */
import { writeShard } from "./import/shard.ts";
import { inProcess, type Measured, summarise, type Summary } from "./measure.ts";
import { table } from "./table.ts";
import { optionsOf, resultsFile } from "./options.ts";

const HELP = `deno task bench import [--sessions 1000] [--calls 25] [--rows-per-group 100] [--runs 5] [--out FILE]

Prints a table and writes it as JSON (bench/results/import.json). --sessions 50 --runs 1 is a quick look; with so few,
starting weighs more than reading, and the targets say nothing.`;

/** What is compared, and the limit of our time over DuckDB's (or the least number of times we have to be faster). */
const PAIRS = [
  { what: "read all columns", ours: "read", theirs: "duckdb-read", atMost: 1.5 },
  { what: "import (parse, redact, JSONL)", ours: "import", theirs: "duckdb-json", atMost: 1.5 },
  { what: "metadata columns alone", ours: "metadata", theirs: "duckdb-metadata", atMost: null },
  { what: "tokens and times, pruned", ours: "numbers", theirs: "duckdb-numbers", atMost: 1 / 5 },
];
const PEAK_LIMIT_MB = 700;
/** A peak is not growing when that of the whole shard is no more than this many times that of a quarter of it. */
const GROWTH_LIMIT = 1.25;

/** Runs the benchmark. Returns 1 when a target is missed. */
export async function run(args: string[]): Promise<number> {
  const values = optionsOf(args, HELP, {
    sessions: "1000",
    calls: "25",
    "rows-per-group": "100",
    runs: "5",
    out: resultsFile("import"),
  });
  if (!values) return 0;
  const shard = {
    sessions: Number(values.sessions),
    calls: Number(values.calls),
    rowsPerGroup: Number(values["rows-per-group"]),
  };
  const folder = await Deno.makeTempDir({ prefix: "bench-import-" });
  try {
    const whole = `${folder}/whole.parquet`;
    const quarter = `${folder}/quarter.parquet`;
    await writeShard(whole, shard);
    await writeShard(quarter, { ...shard, sessions: Math.ceil(shard.sessions / 4) });
    const { summaries, quarterPeaks } = await measureAll(whole, quarter, folder, Number(values.runs));
    const machine = { cores: navigator.hardwareConcurrency, deno: Deno.version.deno, loadAverage: Deno.loadavg()[0] };
    const results = {
      machine,
      shard,
      bytesInFile: (await Deno.stat(whole)).size,
      ...verdicts(summaries, quarterPeaks),
    };
    print(results);
    await Deno.writeTextFile(values.out, JSON.stringify(results, null, 2) + "\n");
    return results.met ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function measureAll(whole: string, quarter: string, folder: string, runs: number) {
  const work = new URL("import/work.ts", import.meta.url);
  const measured = new Map<string, Measured[]>();
  const quarterPeaks: Record<string, number | null> = {};
  const once = async (task: string, file: string) => {
    const out = `${folder}/out`;
    try {
      return await inProcess(work, [task, file, out]);
    } finally {
      await Deno.remove(out, { recursive: true }).catch(() => undefined);
    }
  };
  for (let i = 0; i < runs; i++) {
    for (const task of PAIRS.flatMap(({ ours, theirs }) => i % 2 ? [theirs, ours] : [ours, theirs])) {
      measured.set(task, [...measured.get(task) ?? [], await once(task, whole)]);
    }
  }
  for (const task of ["read", "import"]) quarterPeaks[task] = (await once(task, quarter)).peakMB;
  return { summaries: new Map([...measured].map(([task, all]) => [task, summarise(all)])), quarterPeaks };
}

interface Row {
  what: string;
  ours: Summary;
  duckdb: Summary;
  /** Our time over DuckDB's, of medians. */
  timeRatio: number;
  target: { timeRatioAtMost: number | null; met: boolean };
}

function verdicts(summaries: Map<string, Summary>, quarterPeaksMB: Record<string, number | null>) {
  const rows = PAIRS.map(({ what, ours, theirs, atMost }): Row => {
    const [a, b] = [summaries.get(ours)!, summaries.get(theirs)!];
    agree(what, a, b);
    const timeRatio = a.seconds / b.seconds;
    const met = atMost === null || timeRatio <= atMost;
    return { what, ours: a, duckdb: b, timeRatio, target: { timeRatioAtMost: atMost, met } };
  });
  const memory = ["read", "import"].map((task) => {
    const [peakMB, quarterPeakMB] = [summaries.get(task)!.peakMB, quarterPeaksMB[task] ?? null];
    const met = peakMB === null || quarterPeakMB === null ||
      (peakMB < PEAK_LIMIT_MB && peakMB <= quarterPeakMB * GROWTH_LIMIT);
    return { task, peakMB, quarterPeakMB, met };
  });
  const targets = { peakLimitMB: PEAK_LIMIT_MB, growthLimit: GROWTH_LIMIT };
  return { rows, memory, targets, met: rows.every(({ target }) => target.met) && memory.every(({ met }) => met) };
}

/** Both sides must have counted the same: a fast answer that is wrong is no answer. */
function agree(what: string, ours: Summary, theirs: Summary): void {
  for (const count of ["sessions", "characters", "tokens"]) {
    const [a, b] = [ours.counts[count], theirs.counts[count]];
    if (a !== undefined && b !== undefined && a !== b) throw new Error(`${what}: ${a} ${count} against DuckDB's ${b}`);
  }
}

function print({ rows, memory, met, bytesInFile }: ReturnType<typeof verdicts> & { bytesInFile: number }): void {
  const seconds = ({ seconds, range }: Summary) =>
    `${seconds.toFixed(2)} (${range.map((s) => s.toFixed(2)).join(" to ")})`;
  const mb = (peak: number | null) => peak === null ? "?" : peak.toFixed(0);
  const target = ({ timeRatioAtMost, met }: Row["target"]) =>
    timeRatioAtMost === null ? "" : `at most ${timeRatioAtMost} ${met ? "met" : "MISSED"}`;
  console.log(table(
    ["", "s (range)", "peak MB", "DuckDB s (range)", "peak MB", "time ratio", "target"],
    rows.map((row) => [
      row.what,
      seconds(row.ours),
      mb(row.ours.peakMB),
      seconds(row.duckdb),
      mb(row.duckdb.peakMB),
      row.timeRatio.toFixed(2),
      target(row.target),
    ]),
  ));
  for (const { what, ours } of rows) {
    const { bytesRead } = ours.counts;
    if (bytesRead !== undefined) console.log(`${what}: ${bytesRead} of ${bytesInFile} bytes read`);
  }
  for (const { task, peakMB, quarterPeakMB, met } of memory) {
    console.log(
      `${task}: peak ${mb(peakMB)} MB, ${mb(quarterPeakMB)} MB for a quarter of the rows: ${met ? "met" : "MISSED"}`,
    );
  }
  console.log(met ? "All targets met." : "A target was missed.");
}
