/**
 * Speed of the statistics: `deno task bench stats [--sessions N]`. Sessions to cells in memory against DuckDB's
 * GROUP BY and pandas' groupby; regressions from cells for few and for many sessions; the fit against statsmodels. All
 * in one run on one machine; results are checked against each other. Prints a table, writes bench/results/stats.json.
 *
 * @module
 */
import { seededRandom } from "../lib/stats/mod.ts";
import { inDuckDb, inMemory } from "./stats/cells.ts";
import {
  allWork,
  FACTORS,
  judgedCounts,
  judgedSessions,
  linearWork,
  linearWorkFromSessions,
  logitWork,
} from "./stats/fit.ts";
import { generatedSessions, sessionsCsv } from "./stats/sessions.ts";
import { timed, type Timing, timingOf } from "./stats/timing.ts";

const REPEATS = 7;
const PYTHON = "/usr/bin/python3";
const SEED = 1;

/** What `bench/stats/reference.py` prints. */
interface Reference {
  versions: Record<string, string>;
  cells: number;
  sessions: number;
  totalTokens: number;
  groupby: number[];
  groupbyCoded: number[];
  n: number;
  check: { rSquared: number; HC3: number[]; logLikelihood: number };
  fromTable: number[];
  linear: number[];
  logit: number[];
}

const HELP = `Speed of the statistics: sessions to cells, and regressions from cells.
  --sessions N   how many sessions to generate; 1,000,000 by default`;

/** Runs the benchmark; returns the exit code. */
export async function run(args: string[]): Promise<number> {
  const at = args.indexOf("--sessions");
  const count = at < 0 ? 1_000_000 : Number(args[at + 1]);
  if (args.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  if (args.length !== (at < 0 ? 0 : 2) || !Number.isInteger(count) || count < 1) {
    console.error(`bench stats: expected --sessions and a positive whole number, found "${args.join(" ")}"`);
    return 2;
  }
  await compare(count);
  return 0;
}

async function compare(sessionCount: number): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "bench-stats-" });
  try {
    const counts = judgedCounts();
    const sessions = generatedSessions(sessionCount, seededRandom(SEED));
    const csv = `${folder}/sessions.csv`;
    await writeCsv(csv, sessionsCsv(sessions));
    await Deno.writeTextFile(`${folder}/counts.json`, JSON.stringify({ rows: counts, factors: FACTORS }));

    const memory = await inMemory(sessions, REPEATS);
    const duckdb = await inDuckDb(csv, memory.cells, REPEATS);
    const many = counts.map((row) => ({ ...row, n: row.n * 5618, k: row.k * 5618 }));
    const judged = judgedSessions();
    const fromTable = await timed(100, () => linearWorkFromSessions(judged));
    const few = {
      linear: await timed(100, () => linearWork(counts)),
      logit: await timed(100, () => logitWork(counts)),
    };
    const all = [await timed(100, () => allWork(counts)), await timed(100, () => allWork(many))] as const;
    const reference = await runReference(csv, `${folder}/counts.json`);
    if (reference) {
      const ours = linearWorkFromSessions(judged);
      agree("cells", memory.cells.length, reference.cells);
      agree("tokens", memory.cells.reduce((total, c) => total + (c.tokens ?? 0), 0), reference.totalTokens);
      agree("R2", ours.model.rSquared, reference.check.rSquared);
      agree("log likelihood", logitWork(counts).logLikelihood, reference.check.logLikelihood);
      agree("last HC3 error", Object.values(ours.covariances[2]!.terms).at(-1)!.stdError, reference.check.HC3.at(-1)!);
    }

    const rows: Row[] = [
      row(`${sessionCount.toLocaleString("en")} sessions to ${memory.cells.length} cells, in memory`, memory, memory),
      row("  the same, DuckDB's GROUP BY", duckdb, memory),
      row("  the same, pandas' groupby", reference && timingOf(reference.groupby), memory),
      row("  the same, names already coded as categories", reference && timingOf(reference.groupbyCoded), memory),
      row(`all regressions from the cells of ${total(counts)} sessions`, all[0], all[0]),
      row(`  from the cells of ${total(many)} sessions`, all[1], all[0]),
      row(`linear model, 4 covariances, 8 R2, from the table of ${total(counts)} sessions`, fromTable, fromTable),
      row("  the same, statsmodels by formula", reference && timingOf(reference.fromTable), fromTable),
      row("linear model, 4 covariances, 8 R2, from judged counts", few.linear, few.linear),
      row(
        "  the same, statsmodels from matrices built beforehand",
        reference && timingOf(reference.linear),
        few.linear,
      ),
      row("logistic regression from judged counts", few.logit, few.logit),
      row("  the same, statsmodels from matrices built beforehand", reference && timingOf(reference.logit), few.logit),
    ];
    console.log(
      ["work".padEnd(62), "median ms".padStart(10), "least".padStart(9), "times ours".padStart(11)].join(" "),
    );
    for (const { work, timing, timesOurs } of rows) {
      const cells = timing
        ? [
          timing.medianMs.toFixed(2).padStart(10),
          timing.leastMs.toFixed(2).padStart(9),
          timesOurs!.toFixed(2).padStart(11),
        ]
        : [`no pandas and statsmodels at ${PYTHON}: not measured`];
      console.log([work.padEnd(62), ...cells].join(" "));
    }
    const output = {
      sessions: sessionCount,
      cores: navigator.hardwareConcurrency,
      versions: { deno: Deno.version.deno, ...reference?.versions },
      rows,
    };
    await Deno.mkdir(new URL("results/", import.meta.url), { recursive: true });
    await Deno.writeTextFile(new URL("results/stats.json", import.meta.url), JSON.stringify(output, null, 2) + "\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Row {
  work: string;
  /** Null where the other program is not installed. */
  timing: Timing | null;
  /** Median over the median of ours. */
  timesOurs: number | null;
}

function row(work: string, timing: Timing | null, ours: Timing): Row {
  if (timing === null) return { work, timing, timesOurs: null };
  const { medianMs, leastMs, mostMs, repeats } = timing;
  return { work, timing: { medianMs, leastMs, mostMs, repeats }, timesOurs: medianMs / ours.medianMs };
}

function total(counts: readonly { n: number }[]): string {
  return counts.reduce((sum, { n }) => sum + n, 0).toLocaleString("en");
}

function agree(what: string, ours: number, theirs: number): void {
  if (!(Math.abs(ours - theirs) <= 1e-8 * Math.abs(theirs))) throw new Error(`${what}: ours ${ours}, theirs ${theirs}`);
}

async function writeCsv(path: string, pieces: Iterable<string>): Promise<void> {
  using file = await Deno.create(path);
  const writer = file.writable.getWriter();
  const encoder = new TextEncoder();
  for (const piece of pieces) await writer.write(encoder.encode(piece));
  writer.releaseLock();
}

async function runReference(csv: string, counts: string): Promise<Reference | null> {
  const script = new URL("stats/reference.py", import.meta.url).pathname;
  try {
    const probe = await new Deno.Command(PYTHON, { args: ["-c", "import pandas, statsmodels.api"], stderr: "null" })
      .output();
    if (!probe.success) return null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const { success, stdout, stderr } = await new Deno.Command(PYTHON, { args: [script, csv, counts, String(REPEATS)] })
    .output();
  if (!success) throw new Error(`${script} failed:\n${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
