/** `deno task experiment`: a task of the user's own on a dataset, scored by the judge, before and after. @module */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import {
  type ExperimentResult,
  type ExperimentTask,
  pairedCounts,
  readRecords,
  runExperiment,
} from "../lib/braintrust/mod.ts";
import { DEFAULT_RETRIES, systemClock } from "../lib/io/mod.ts";
import { openAiAsk, parseRubric, RUBRICS } from "../lib/judge/mod.ts";
import { readResults, writeResults } from "./experiment/results.ts";
import { judgeScorer } from "./experiment/scorer.ts";
import { comparisonText, summaryText } from "./experiment/text.ts";
import { failure, say } from "./say.ts";

const HELP = `deno task experiment --dataset FILE --task FILE.ts --judge MODEL [--before FILE] [--out FILE]

Runs your task on each record of a dataset (\`deno task dataset … --out FILE\`) with Braintrust's Eval, has the judge score
every answer, and compares with an earlier run by a paired test (McNemar). Offline unless --send is given.

FILE.ts exports the task as default: (input, { id, expected, metadata }) => answer. The answer is a text, or the
conversation as an array of OpenAI messages, which the judge then reads as it reads a session. A task that throws gives
no verdict, which is not a failure.

  --judge MODEL    the judge (OPENAI_API_KEY, OPENAI_BASE_URL); it should not be of your task's model family
  --out FILE       results, one line a record: give it as --before to the next run
  --before FILE    results of an earlier run on the same dataset
  --rubric FILE    a rubric of your own, before the built-in ones
  --concurrency N  records at once (default 4)
  --name NAME      of the experiment
  --send           sends the experiment to Braintrust (BRAINTRUST_API_KEY), to --project P

Sessions that were chosen because they failed do better in any second run: run the unchanged task too, and compare with
that.

Exit code 0: every record has a verdict. 2: some have none. 1: failed.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      dataset: { type: "string" },
      task: { type: "string" },
      judge: { type: "string" },
      before: { type: "string" },
      out: { type: "string" },
      rubric: { type: "string" },
      concurrency: { type: "string", default: "4" },
      name: { type: "string" },
      project: { type: "string" },
      send: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const { dataset, task, judge } = values;
  if (dataset === undefined || task === undefined || judge === undefined) {
    throw new TypeError("--dataset, --task and --judge are needed; see deno task experiment --help");
  }
  if (values.send && !values.project) throw new TypeError("--send needs --project P");
  if (values.send && !Deno.env.get("BRAINTRUST_API_KEY")) throw new Error("--send: BRAINTRUST_API_KEY is not set");
  if (!/^[1-9]\d*$/.test(values.concurrency)) throw new TypeError("--concurrency: expected a whole number above 0");
  const concurrency = Number(values.concurrency);
  const records = await readRecords(dataset);
  const before = values.before === undefined ? null : await readResults(values.before);
  const own = values.rubric === undefined ? [] : [parseRubric(await Deno.readTextFile(values.rubric), values.rubric)];
  const scorer = judgeScorer({
    judge,
    rubrics: [...own, ...RUBRICS],
    ask: openAiAsk({ ...endpoint(), timeoutMs: 120_000 }),
    concurrency,
    clock: systemClock,
    random: Math.random,
    retries: DEFAULT_RETRIES,
  });
  const results = await runExperiment(records, await taskOf(task), scorer, {
    project: values.project ?? "offline",
    send: values.send,
    ...(values.name === undefined ? {} : { name: values.name }),
    concurrency,
  });
  if (values.out !== undefined) await writeResults(values.out, results);
  say(summaryText(results));
  if (before) say(comparisonText(pairedCounts(before, results)));
  return results.some((result: ExperimentResult) => result.success === null) ? 2 : 0;
}

function endpoint(): { apiKey: string; baseUrl: string } {
  const [apiKey, baseUrl] = [Deno.env.get("OPENAI_API_KEY"), Deno.env.get("OPENAI_BASE_URL")];
  if (!apiKey && !baseUrl) {
    throw new Error("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL for an endpoint that needs none");
  }
  return { apiKey: apiKey || "none", baseUrl: baseUrl || "https://api.openai.com/v1" };
}

async function taskOf(path: string): Promise<ExperimentTask> {
  const module = await import(pathToFileURL(resolve(path)).href) as { default?: unknown };
  if (typeof module.default !== "function") {
    throw new TypeError(`${path}: expected a default export that is a function, found ${typeof module.default}`);
  }
  return module.default as ExperimentTask;
}

if (import.meta.main) {
  try {
    Deno.exitCode = await main();
  } catch (error) {
    console.error(failure("experiment", error));
    Deno.exitCode = 1;
  }
}
