/** `deno task notebooks`: runs the notebooks top to bottom in the Deno kernel. @module */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { command, type Values } from "./atl/command.ts";
import { rest, text, wholeOr } from "./atl/options.ts";
import { PRICES_OPTION } from "./questions/options.ts";
import { noSources, SOURCE_HELP, SOURCE_SETTINGS } from "./source_options.ts";
import { study } from "../lib/study/mod.ts";
import { environmentOf } from "./notebooks/environment.ts";
import { executeNotebook, kernelEnvironment } from "./notebooks/execute.ts";
import { notebookText } from "./notebooks/ipynb.ts";
import { inTurn, type Job } from "./notebooks/in_turn.ts";
import { notebookPaths } from "./notebooks/list.ts";
import { done, note } from "./say.ts";
import { writeWhole } from "../lib/io/mod.ts";

const options = {
  names: rest("NN", "only the notebooks of these numbers"),
  ...SOURCE_SETTINGS,
  ...PRICES_OPTION,
  out: text(
    "--out",
    "DIR",
    "where executed notebooks, figures and results.json go (default: on the replica the project itself, on another source " +
      "out/NAME/)",
  ),
  jobs: wholeOr("--jobs", 2, "how many kernels at once"),
} as const;

const root = decodeURIComponent(new URL("../", import.meta.url).pathname);

async function run(values: Values<typeof options>): Promise<void> {
  const { names, jobs, source = Deno.env.get("TRACES_SOURCE") || "replica" } = values;
  noSources(names);
  const own = source === "replica" && !values.out;
  const out = values.out ?? (own ? root : join(root, "out", source.replaceAll(/[^\w.@-]+/g, "_")));
  const folder = join(own ? root : out, "notebooks");
  await Deno.mkdir(folder, { recursive: true });

  const environment = {
    ...await kernelEnvironment(),
    // Kernels run in the folder of their notebook.
    TRACES_SOURCE: fromAnywhere(source),
    ...(values.mapping === undefined ? {} : { TRACES_MAPPING: resolve(values.mapping) }),
    ...(values.topics === undefined ? {} : { TRACES_TOPICS: resolve(values.topics) }),
    ...(values.countTokens ? { TRACES_COUNT_TOKENS: "1" } : {}),
    ...(values.prices === undefined ? {} : { TRACES_PRICES: resolve(values.prices) }),
    ...(values.labels === undefined ? {} : { TRACES_LABELS: resolve(values.labels) }),
    TRACES_SAMPLE: Deno.env.get("TRACES_SAMPLE") ?? "20000",
    TRACES_FIGURES: own ? join(root, "figures") : join(out, "figures"),
  };
  const results = names.length
    ? []
    : [{ name: "results.json", run: () => numbers({ ...values, source }, join(out, "results.json")) }];
  const queue: Job[] = [
    ...(await notebookPaths(names)).map((path) => ({
      name: basename(path),
      async run() {
        const { notebook } = await executeNotebook(path, environmentOf(path, environment));
        await writeWhole(join(folder, basename(path)), notebookText(notebook));
      },
    })),
    ...results,
  ];
  const failures = await inTurn(queue, jobs, { say: done, note });
  if (failures) throw new Error(`${failures} notebook${failures > 1 ? "s" : ""} failed, see above`);
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
  const program = ["run", "-A", join(root, "tasks", "atl.ts"), "numbers"];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...program, "--source", fromAnywhere(source), ...own, "--out", out],
    cwd: root,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`results.json could not be written: ${new TextDecoder().decode(stderr).trimEnd()}`);
}

export default command({
  about: `Runs the notebooks (all, or those named by number) top to bottom in a Deno kernel. Notebook 00 is for your own
sessions: with judged or replica it runs on the invented ones of data/examples.`,
  options,
  more: `${SOURCE_HELP}
Unless told, notebooks run on the replica. An engine's counts and quantiles are of all sessions; where a figure needs each
of more than 200,000 (TRACES_SESSIONS=N), it is of a sample of 20,000 (TRACES_SAMPLE=N), and its caption says so.`,
  run,
});
