import { basename, join } from "node:path";
import { executeNotebook, kernelEnvironment } from "../tasks/notebooks/execute.ts";
import { notebookText } from "../tasks/notebooks/ipynb.ts";
import { notebookPaths } from "../tasks/notebooks/list.ts";
import { table } from "./table.ts";
import { optionsOf, resultsFile } from "./options.ts";

const HELP = `deno task bench notebooks [--out FILE]

Runs each notebook top to bottom in the Deno kernel, one after the other, on the embedded default, and prints its time,
the kernel's peak memory, and how many times the time it takes to start the kernel and import the library.`;

const root = decodeURIComponent(new URL("../", import.meta.url).pathname);

/** A notebook that only imports every layer the notebooks use. */
const BASELINE = ["sources", "analysis", "stats", "figures", "notebook"]
  .map((layer) => `import * as ${layer} from "../../lib/${layer}/mod.ts";`).join("\n");

interface Row {
  notebook: string;
  seconds: number;
  peakMB: number | null;
  timesBaseline: number;
}

/** Runs the benchmark; 1 where a notebook takes more than five times the baseline. */
export async function run(args: string[]): Promise<number> {
  const values = optionsOf(args, HELP, { out: resultsFile("notebooks") });
  if (!values) return 0;
  const environment = { ...await kernelEnvironment(), TRACES_SOURCE: "replica" };
  const folder = join(root, "notebooks", ".check");
  await Deno.mkdir(folder, { recursive: true });
  const baselinePath = join(folder, "00-baseline.ipynb");
  await Deno.writeTextFile(baselinePath, baselineText());
  const baselines = [];
  for (let i = 0; i < 3; i++) baselines.push(await measured(baselinePath, environment));
  const baseline = baselines.map((b) => b.seconds).sort((a, b) => a - b)[1]!;
  const rows: Row[] = [{
    notebook: "kernel and imports alone",
    seconds: baseline,
    peakMB: baselines[0]!.peakMB,
    timesBaseline: 1,
  }];
  for (const path of await notebookPaths()) {
    const { seconds, peakMB } = await measured(path, environment);
    rows.push({ notebook: basename(path), seconds, peakMB, timesBaseline: seconds / baseline });
  }
  console.log(table(
    ["notebook", "seconds", "peak MB", "times the baseline"],
    rows.map((r) => [r.notebook, r.seconds.toFixed(2), r.peakMB?.toFixed(0) ?? "n/a", r.timesBaseline.toFixed(1)]),
  ));
  await Deno.writeTextFile(values.out, `${JSON.stringify({ rows }, null, 2)}\n`);
  return rows.every((row) => row.timesBaseline <= 5) ? 0 : 1;
}

async function measured(path: string, environment: Record<string, string>) {
  let peakMB: number | null = null;
  const watch = setInterval(() => peakMB = Math.max(peakMB ?? 0, kernelPeakMB() ?? 0) || null, 50);
  try {
    const { seconds } = await executeNotebook(path, environment, { attempts: 1 });
    return { seconds, peakMB };
  } finally {
    clearInterval(watch);
  }
}

/** Peak memory of the running Deno kernel, from /proc; null where the system has none. */
function kernelPeakMB(): number | null {
  let peak: number | null = null;
  try {
    for (const { name } of Deno.readDirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      try {
        if (!Deno.readTextFileSync(`/proc/${name}/cmdline`).includes("jupyter\0--kernel")) continue;
        const kB = /VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${name}/status`))?.[1];
        if (kB) peak = Math.max(peak ?? 0, Number(kB) / 1024);
      } catch {
        // The process ended between the two reads.
      }
    }
  } catch {
    return null;
  }
  return peak;
}

function baselineText(): string {
  const source = `${BASELINE}\nvoid [sources, analysis, stats, figures, notebook];\n`;
  return notebookText({
    cells: [{ cell_type: "code", id: "baseline", metadata: {}, source, outputs: [], execution_count: null }],
    metadata: { kernelspec: { display_name: "Deno", language: "typescript", name: "deno" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}
