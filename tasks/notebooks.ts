/** `deno task notebooks`: runs the notebooks top to bottom in the Deno kernel. @module */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { study } from "../lib/study/mod.ts";
import { environmentOf } from "./notebooks/environment.ts";
import { executeNotebook, kernelEnvironment } from "./notebooks/execute.ts";
import { notebookText } from "./notebooks/ipynb.ts";
import { notebookPaths } from "./notebooks/list.ts";
import { failure, note, say } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";

const HELP = `deno task notebooks [NN ...] [--source NAME] [--mapping FILE] [--prices FILE] [--labels FILE]
                   [--out DIR] [--jobs N]

Runs the notebooks (all, or those named by number) top to bottom in a Deno kernel. Notebook 00 is for your own sessions: with
judged or replica it runs on the invented ones of data/examples.

  --source NAME   replica (default), judged, hub:REPO@REVISION, braintrust:PROJECT, a Parquet path or glob, a JSONL path,
                  duckdb:PATH or clickhouse:URL. An engine's counts and quantiles are of all sessions; where a figure
                  needs each of more than 200,000 (TRACES_SESSIONS=N), it is of a sample of 20,000 (TRACES_SAMPLE=N), and
                  its caption says so
  --mapping FILE  which column or attribute of the source is what, where that is not told by its first rows
  --prices FILE   your own rates, in the shape of data/prices.json
  --labels FILE   people's labels, as \`deno task view\` writes them: notebook 00 holds the judge against them
  --out DIR       where executed notebooks, figures and results.json go. On the replica they go into the project itself
                  (notebooks/, figures/, results.json), on another source into out/NAME/
  --jobs N        how many kernels at once (default 2)`;

const root = decodeURIComponent(new URL("../", import.meta.url).pathname);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      source: { type: "string", default: "replica" },
      mapping: { type: "string" },
      prices: { type: "string" },
      labels: { type: "string" },
      out: { type: "string" },
      jobs: { type: "string", default: "2" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return say(HELP);
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) throw new Error(`--jobs takes a whole number from 1, not ${values.jobs}`);
  const own = values.source === "replica" && !values.out;
  const out = values.out ?? (own ? root : join(root, "out", values.source.replaceAll(/[^\w.@-]+/g, "_")));
  const folder = join(own ? root : out, "notebooks");
  await Deno.mkdir(folder, { recursive: true });

  const environment = {
    ...await kernelEnvironment(),
    // Kernels run in the folder of their notebook.
    TRACES_SOURCE: fromAnywhere(values.source),
    ...(values.mapping === undefined ? {} : { TRACES_MAPPING: resolve(values.mapping) }),
    ...(values.prices === undefined ? {} : { TRACES_PRICES: resolve(values.prices) }),
    ...(values.labels === undefined ? {} : { TRACES_LABELS: resolve(values.labels) }),
    TRACES_SAMPLE: Deno.env.get("TRACES_SAMPLE") ?? "20000",
    TRACES_FIGURES: own ? join(root, "figures") : join(out, "figures"),
  };
  const queue = await notebookPaths(positionals);
  const failures: string[] = [];
  await Promise.all(Array.from({ length: jobs }, async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      try {
        const { notebook, seconds } = await executeNotebook(path, environmentOf(path, environment));
        await writeAtomically(join(folder, basename(path)), notebookText(notebook));
        say(`${basename(path).padEnd(24)} ${seconds.toFixed(1).padStart(6)} s`);
      } catch (error) {
        failures.push((error as Error).message);
        note((error as Error).message);
      }
    }
  }));
  if (failures.length) {
    throw new Error(`${failures.length} notebook${failures.length > 1 ? "s" : ""} failed, see above`);
  }
  if (!positionals.length) await numbers(values, join(out, "results.json"));
}

/** A spec that means the same from the folder of a notebook. */
function fromAnywhere(spec: string): string {
  if (Object.hasOwn(study.sources, spec)) return spec;
  const [, prefix, rest = spec] = /^(\w+):(.*)$/.exec(spec) ?? [];
  if (prefix !== undefined && prefix !== "duckdb") return spec;
  const paths = existsSync(rest) ? [rest] : rest.split(",");
  return `${prefix ? `${prefix}:` : ""}${paths.map((path) => resolve(path.trim())).join(",")}`;
}

async function numbers(
  { source, mapping, prices }: { source: string; mapping?: string | undefined; prices?: string | undefined },
  out: string,
): Promise<void> {
  const own = mapping === undefined ? [] : ["--mapping", resolve(mapping)];
  if (prices !== undefined) own.push("--prices", resolve(prices));
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(root, "tasks", "numbers.ts"), "--source", fromAnywhere(source), ...own, "--out", out],
    cwd: root,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("results.json could not be written, see above");
}

async function writeAtomically(path: string, text: string): Promise<void> {
  await writeWhole(path, text);
}

try {
  await main();
} catch (error) {
  console.error(failure("notebooks", error));
  Deno.exit(1);
}
