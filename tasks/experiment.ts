/** `deno task experiment`: a task of the user's own on a dataset, scored by the judge, before and after. @module */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { command, type Values } from "./atl/command.ts";
import { flag, text, wholeOr } from "./atl/options.ts";
import { EXIT, UsageError } from "./atl/usage.ts";
import {
  type DatasetRecord,
  type ExperimentTask,
  fittingScorers,
  readRecords,
  runExperiment,
  type Scorer,
  scorerNamed,
  SCORERS,
} from "../lib/braintrust/mod.ts";
import { DEFAULT_RETRIES, systemClock, writtenText } from "../lib/io/mod.ts";
import { DEFAULT_JUDGES, openAiAsk, parseRubric, RUBRICS } from "../lib/judge/mod.ts";
import { readResults, writeResults } from "./experiment/results.ts";
import { judgeScorer } from "./experiment/scorer.ts";
import { comparisonText, summaryText } from "./experiment/text.ts";
import { answerJson, asJson, say } from "./say.ts";

const options = {
  dataset: text("--dataset", "FILE", "the records: dataset SOURCE --out FILE"),
  task: text("--task", "FILE.ts", "your task"),
  judge: text(
    "--judge",
    "MODEL",
    "the judge (OPENAI_API_KEY, OPENAI_BASE_URL); it should not be of your task's model family",
  ),
  scorers: text(
    "--scorers",
    "LIST",
    `which scorers, with commas between: judge, judge_expected (the judge with the expected answer in its prompt), ${
      SCORERS.join(", ")
    } (the last ones are autoevals'). Unless told: judge where --judge is given, and where records have an expected ` +
      "answer those that fit it. A record without one is not graded by them, and counted",
  ),
  out: text("--out", "FILE", "results, one line a record: give it as --before to the next run"),
  before: text("--before", "FILE", "results of an earlier run on the same dataset"),
  rubric: text("--rubric", "FILE", "a rubric of your own, before the built-in ones"),
  concurrency: wholeOr("--concurrency", 4, "records at once"),
  name: text("--name", "NAME", "of the experiment"),
  project: text("--project", "NAME", "the Braintrust project it belongs to"),
  send: flag("--send", "sends the experiment to Braintrust (BRAINTRUST_API_KEY), to --project"),
} as const;

async function run(values: Values<typeof options>): Promise<number> {
  const { dataset, task, judge, concurrency } = values;
  if (dataset === undefined || task === undefined) {
    throw new UsageError("--dataset and --task are needed; see --help");
  }
  if (values.send && !values.project) throw new UsageError("--send needs --project P");
  if (values.send && !Deno.env.get("BRAINTRUST_API_KEY")) throw new Error("--send: BRAINTRUST_API_KEY is not set");
  const records = await readRecords(dataset);
  const before = values.before === undefined ? null : await readResults(values.before);
  const own = values.rubric === undefined ? [] : [parseRubric(await writtenText(values.rubric), values.rubric)];
  const judging = (withExpected: boolean) => {
    if (judge === undefined) throw new UsageError("--scorers judge needs --judge MODEL");
    return judgeScorer({
      judge,
      rubrics: [...own, ...RUBRICS],
      ask: openAiAsk({ ...endpoint(), timeoutMs: 120_000 }),
      concurrency,
      clock: systemClock,
      random: Math.random,
      retries: DEFAULT_RETRIES,
    }, withExpected);
  };
  const scorers = scorersOf(values.scorers, records, judge !== undefined, judging);
  const names = scorers.map(({ name }) => name);
  const results = await runExperiment(records, await taskOf(task), scorers, {
    project: values.project ?? "offline",
    send: values.send,
    ...(values.name === undefined ? {} : { name: values.name }),
    concurrency,
  });
  if (values.out !== undefined) await writeResults(values.out, results);
  if (asJson()) answerJson(results);
  say(summaryText(results, names));
  if (before) say(comparisonText(before, results, names));
  return results.some(({ scores, notGraded }) =>
      names.some((name) => (scores[name] ?? null) === null && !notGraded.includes(name))
    )
    ? EXIT.inPart
    : EXIT.done;
}

/** The scorers that were asked for, or those that fit. @throws {UsageError} when there is none */
function scorersOf(
  list: string | undefined,
  records: readonly DatasetRecord[],
  hasJudge: boolean,
  judging: (withExpected: boolean) => Scorer,
): Scorer[] {
  if (list !== undefined) {
    return list.split(",").map((name) => name.trim()).filter(Boolean).map((name) => {
      if (name === "judge" || name === "task_success") return judging(false);
      return name === "judge_expected" ? judging(true) : scorerNamed(name);
    });
  }
  const fitting = fittingScorers(records);
  const scorers = [...(hasJudge ? [judging(false), ...(fitting.length ? [judging(true)] : [])] : []), ...fitting];
  if (scorers.length) return scorers;
  throw new UsageError("no record has an expected answer: give --judge MODEL; see --help");
}

function endpoint(): { apiKey: string; baseUrl: string } {
  const [apiKey, baseUrl] = [Deno.env.get("OPENAI_API_KEY"), Deno.env.get("OPENAI_BASE_URL")];
  if (!apiKey && !baseUrl) {
    throw new Error("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL for an endpoint that needs none");
  }
  return { apiKey: apiKey || "none", baseUrl: baseUrl || DEFAULT_JUDGES.baseUrl };
}

async function taskOf(path: string): Promise<ExperimentTask> {
  const module = await import(pathToFileURL(resolve(path)).href) as { default?: unknown };
  if (typeof module.default !== "function") {
    throw new TypeError(`${path}: expected a default export that is a function, found ${typeof module.default}`);
  }
  return module.default as ExperimentTask;
}

export default command({
  about:
    `Runs your task on each record of a dataset (dataset SOURCE --out FILE) with Braintrust's Eval, has scorers score
every answer, and compares with an earlier run, scorer by scorer, by a paired test (McNemar's where scores are 0 and 1,
else Student's t). Offline unless --send is given.

FILE.ts exports the task as default: (input, { id, expected, metadata }) => answer. The answer is a text, or the
conversation as an array of OpenAI messages, which the judge then reads as it reads a session. A task that throws gives no
score, which is not a 0.`,
  options,
  json: true,
  more:
    `Sessions that were chosen because they failed do better in any second run: run the unchanged task too, and compare
with that.

Exit code 3: records have no score of a scorer that grades them.`,
  run,
});
