/** `deno task plan`: how many tasks it takes to tell two configs apart, or to say that they are the same. @module */
import { parseArgs } from "node:util";
import { type Plan, planComparison } from "../lib/analysis/mod.ts";
import { sourceHelp } from "../lib/engines/mod.ts";
import { loadStudy, study } from "../lib/study/mod.ts";
import { failure, say } from "./say.ts";
import { needsText } from "./permissions.ts";

const HELP = `deno task plan [--source S] [--first CONFIG --second CONFIG] [--points P] [--power W] [--json]

How many tasks it takes to tell two configs apart by P points of success rate: each on its own tasks, both on the same ones,
each task tried once or several times; and to say that they are the same but for P points (equivalence). Rates and what
outcomes differ by are taken from the sessions.

  --source S       where the sessions come from; the judged table where it is already here, else the replica:
${sourceHelp(study).replaceAll(/^/gm, "                   ")}
  --first CONFIG   "harness · model" (default: the two configs with most scored sessions)
  --second CONFIG
  --points P       the difference to be told, in points (default: 5)
  --power W        chance of telling it where it is there, in percent (default: 80); the test is two-sided at 5%
  --json           print the plan as JSON`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      source: { type: "string" },
      first: { type: "string" },
      second: { type: "string" },
      points: { type: "string", default: "5" },
      power: { type: "string", default: "80" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    say(`${HELP}\n\n${needsText("plan")}`);
    return 0;
  }
  const difference = percent(values.points, "--points", 0, 50), power = percent(values.power, "--power", 5, 100);
  if ((values.first === undefined) !== (values.second === undefined)) {
    throw new Error("--first and --second go together: name both configs, or neither");
  }
  const configs = values.first === undefined ? undefined : [values.first, values.second!] as const;
  const dataset = await loadStudy(values.source);
  const plan = planComparison(dataset, { configs, difference, power });
  if (plan === null) {
    throw new Error(
      `${dataset.info.name}: nothing to plan from: it takes two configs with scored sessions of both outcomes`,
    );
  }
  if (values.json) say(JSON.stringify(plan, null, 2));
  else say(`${dataset.info.sentence}\n\n${text(plan)}`);
  return 0;
}

function text(plan: Plan): string {
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
    ? `These ${count(plan.n)} sessions name no task that both configs tried; runs make ${
      share(spread.betweenRuns)
    } of the ` +
      "variance of outcomes."
    : `In these ${count(plan.n)} sessions tasks make ${share(spread.betweenTasks)} of the variance of outcomes` +
      `${plan.repeated ? "" : " at least"}, ${
        share(spread.sharedByTasks)
      } of it alike for both (on ${plan.tasks} tasks that ` +
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

function percent(given: string, option: string, least: number, most: number): number {
  const value = Number(given);
  if (!(value > least && value < most)) {
    throw new Error(`${option}: expected a number between ${least} and ${most}, found "${given}"`);
  }
  return value / 100;
}

try {
  Deno.exit(await main());
} catch (error) {
  console.error(failure("plan", error));
  Deno.exit(2);
}
