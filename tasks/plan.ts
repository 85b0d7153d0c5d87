/** `deno task plan`: how many tasks it takes to tell two configs apart, or to say that they are the same. @module */
import { command, type Values } from "./atl/command.ts";
import { numberOr, text } from "./atl/options.ts";
import { UsageError } from "./atl/usage.ts";
import { loadNamed, SOURCE_HELP, SOURCE_OPTIONS } from "./source_options.ts";
import { MIN_PLAN_N, type Plan, planComparison } from "../lib/analysis/mod.ts";
import { answerJson, asJson, say } from "./say.ts";
import { plural } from "../lib/model/plural.ts";

const options = {
  ...SOURCE_OPTIONS,
  first: text("--first", "CONFIG", '"harness · model" (default: the two configs with most scored sessions)'),
  second: text("--second", "CONFIG", "the other one"),
  points: numberOr("--points", "P", 5, "the difference to be told, in points"),
  power: numberOr(
    "--power",
    "W",
    80,
    "chance of telling it where it is there, in percent; the test is two-sided at 5%",
  ),
} as const;

async function run(values: Values<typeof options>): Promise<void> {
  const difference = percent(values.points, "--points", 0, 50), power = percent(values.power, "--power", 5, 100);
  if ((values.first === undefined) !== (values.second === undefined)) {
    throw new UsageError("--first and --second go together: name both configs, or neither");
  }
  const configs = values.first === undefined ? undefined : [values.first, values.second!] as const;
  const dataset = await loadNamed(values);
  const plan = planComparison(dataset, { configs, difference, power });
  if (plan === null) {
    throw new Error(
      `${dataset.info.name}: nothing to plan from: it takes two configs with ${MIN_PLAN_N} scored sessions or more, and both outcomes`,
    );
  }
  if (asJson()) answerJson(plan);
  else say(`${dataset.info.sentence}\n\n${planText(plan)}`);
}

function planText(plan: Plan): string {
  const count = (value: number | null) => value === null ? "-" : value.toLocaleString("en-US");
  const share = (value: number | undefined) => `${(100 * (value ?? 0)).toFixed(0)}%`;
  const head = [
    "tries of a task",
    "tasks each, own",
    "tasks, the same",
    "same rate, own",
    "same rate, the same",
    "runs at least",
  ];
  const rows = plan.rows.map((r) =>
    [r.tries, r.unpaired, r.paired, r.equivalence, r.equivalence_paired, r.runs].map((v) => count(v))
  );
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: string[]) => cells.map((cell, i) => cell.padStart(widths[i]!)).join("   ");
  const { spread } = plan;
  const known = plan.tasks === null
    ? `These ${plural(plan.n, "session")} name no task that both configs tried; runs make ${
      share(spread.betweenRuns)
    } of the ` +
      "variance of outcomes."
    : `In these ${plural(plan.n, "session")} tasks make ${share(spread.betweenTasks)} of the variance of outcomes` +
      `${plan.repeated ? "" : " at least"}, ${share(spread.sharedByTasks)} of it alike for both (on ${
        plural(plan.tasks, "task")
      } that ` +
      `both tried), and runs ${share(spread.betweenRuns)}.`;
  const detectable = plan.detectable === null
    ? "no difference that is possible"
    : `a difference of ${(100 * plan.detectable).toFixed(1)} points`;
  return [
    plan.sentence,
    "",
    line(head),
    ...rows.map(line),
    "",
    `${known} ` +
    `As many sessions as there are now find ${detectable} with the same power, ` +
    `and the one asked for in ${share(plan.power_now)} of cases.`,
  ].join("\n");
}

function percent(value: number, option: string, least: number, most: number): number {
  if (!(value > least && value < most)) {
    throw new UsageError(`${option}: expected a number between ${least} and ${most}, found ${value}`);
  }
  return value / 100;
}

export default command({
  about:
    `How many tasks it takes to tell two configs apart by P points of success rate: each on its own tasks, both on the
same ones, each task tried once or several times; and to say that they are the same but for P points (equivalence). Rates
and what outcomes differ by are taken from the sessions.`,
  options,
  json: true,
  more: SOURCE_HELP,
  run,
});
