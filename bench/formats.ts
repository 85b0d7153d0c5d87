/**
 * `deno task bench formats`: reading a generated folder of Claude Code's sessions and a generated file of OTLP, against
 * DuckDB's `read_json` on the same files. Every piece of work runs in a process of its own; the sides take turns.
 *
 * @module
 */
import { writeClaudeCode } from "./formats/claude_code.ts";
import { writeOtlp } from "./formats/otlp.ts";
import { inProcess, type Measured, summarise, type Summary } from "./measure.ts";
import { table } from "./table.ts";
import { optionsOf, resultsFile } from "./options.ts";

const HELP = `deno task bench formats [--mb 40] [--runs 3] [--out FILE]

--mb     size of the folder, and of the file
Prints a table and writes it as JSON (bench/results/formats.json).`;

/** The least part of DuckDB's rate that reading sessions has to reach. */
const LEAST_RATE = 0.5;
/** A peak is not growing when that of the whole is no more than this many times that of a quarter of it. */
const GROWTH_LIMIT = 1.25;

/** Runs the benchmark. Returns 1 when a target is missed. */
export async function run(args: string[]): Promise<number> {
  const values = optionsOf(args, HELP, { mb: "40", runs: "3", out: resultsFile("formats") });
  if (!values) return 0;
  const bytes = Number(values.mb) * 1e6;
  const folder = await Deno.makeTempDir({ prefix: "bench-formats-" });
  try {
    const inputs = [
      { what: "Claude Code", path: `${folder}/claude`, bytes: await writeClaudeCode(`${folder}/claude`, bytes) },
      { what: "OTLP", path: `${folder}/otlp.jsonl`, bytes: await writeOtlp(`${folder}/otlp.jsonl`, bytes) },
    ];
    await writeClaudeCode(`${folder}/quarter`, bytes / 4);
    await writeOtlp(`${folder}/quarter.jsonl`, bytes / 4);
    const results = [];
    for (const { what, path, bytes } of inputs) {
      const { rows, texts, duckdb } = await measured(path, Number(values.runs));
      const quarter = await once("rows", path.endsWith(".jsonl") ? `${folder}/quarter.jsonl` : `${folder}/quarter`);
      const rate = (of: Summary) => bytes / 1e6 / of.seconds;
      results.push({
        what,
        megabytes: bytes / 1e6,
        rows,
        texts,
        duckdb,
        quarterPeakMB: quarter.peakMB,
        met: rate(rows) >= LEAST_RATE * rate(duckdb) &&
          (rows.peakMB ?? 0) <= GROWTH_LIMIT * (quarter.peakMB ?? Infinity),
      });
    }
    const machine = { cores: navigator.hardwareConcurrency, deno: Deno.version.deno, loadAverage: Deno.loadavg()[0] };
    print(results);
    await Deno.writeTextFile(values.out, `${JSON.stringify({ machine, results }, null, 2)}\n`);
    return results.every(({ met }) => met) ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const once = (task: string, path: string) => inProcess(new URL("formats/work.ts", import.meta.url), [task, path]);

async function measured(path: string, runs: number): Promise<Record<"rows" | "texts" | "duckdb", Summary>> {
  const found: Record<"rows" | "texts" | "duckdb", Measured[]> = { rows: [], texts: [], duckdb: [] };
  for (let i = 0; i < runs; i++) {
    for (const task of ["rows", "texts", "duckdb"] as const) found[task].push(await once(task, path));
  }
  return { rows: summarise(found.rows), texts: summarise(found.texts), duckdb: summarise(found.duckdb) };
}

interface Result {
  what: string;
  megabytes: number;
  rows: Summary;
  texts: Summary;
  duckdb: Summary;
  quarterPeakMB: number | null;
  met: boolean;
}

function print(results: readonly Result[]): void {
  const rate = (megabytes: number, { seconds }: Summary) => `${(megabytes / seconds).toFixed(0)} MB/s`;
  const peak = (mb: number | null) => mb === null ? "?" : `${mb.toFixed(0)} MB`;
  console.log(table(
    ["", "size", "sessions", "with texts", "DuckDB", "of DuckDB", "peak", "peak of a quarter", ""],
    results.map(({ what, megabytes, rows, texts, duckdb, quarterPeakMB, met }) => [
      what,
      `${megabytes.toFixed(0)} MB`,
      rate(megabytes, rows),
      rate(megabytes, texts),
      rate(megabytes, duckdb),
      (duckdb.seconds / rows.seconds).toFixed(2),
      peak(rows.peakMB),
      peak(quarterPeakMB),
      met ? "met" : "MISSED",
    ]),
  ));
}
