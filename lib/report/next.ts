import { cellsOf, totals, usdOfCell } from "../analysis/mod.ts";
import { plural } from "../figures/mod.ts";
import { shellWord } from "../model/escape.ts";
import type { Dataset, Prices } from "../model/mod.ts";
import type { Answered } from "../questions/mod.ts";
import { league } from "../questions/success/league.ts";
import { foundOf } from "./found.ts";

/** Something to do next: why, and the command to type. */
export interface Step {
  /** Why, in a sentence. */
  why: string;
  /** What to type. */
  command: string;
}

/** The port at which the report looks for the workbench, unless it is told another. */
export const VIEW_PORT = 4650;

/** Steps on the first screen. */
const MOST = 3;

/** From this share of sessions on, those without a verdict are worth judging. */
const UNJUDGED = 0.02;

/**
 * What is worth doing next, by what these data lack: verdicts, prices, sessions enough to tell configs apart; last of all to
 * look at sessions.
 *
 * @param asked the source as a command line names it, and the rates that were given
 */
export function nextSteps(
  dataset: Dataset,
  answered: readonly Answered[],
  { source, prices }: { source: string; prices: Prices },
): Step[] {
  const name = shellWord(source);
  const cells = cellsOf(dataset);
  const { sessions, scored } = totals(cells);
  const found = foundOf(answered, league);
  const near = found?.rows.filter((row) => row.near_best >= 0.05).length ?? 0;
  const steps: (Step | null)[] = [
    sessions - scored > UNJUDGED * sessions
      ? {
        why: `${
          plural(sessions - scored, "session has", "sessions have")
        } no verdict: let a model judge what is not judged${
          dataset.info.hasCalls ? "" : ", from the traces that they were summed up from"
        }`,
        command: `deno task judge ${dataset.info.hasCalls ? name : "TRACES"} --plan`,
      }
      : null,
    near > 1
      ? {
        why: `${plural(near, "config")} could be within ${
          Math.round(100 * (found?.margin ?? 0))
        } points of the best: how many tasks would tell them apart`,
        command: `deno task plan --source ${name}`,
      }
      : null,
    cells.some(({ tokensKnown }) => tokensKnown > 0) && cells.every((cell) => usdOfCell(cell, prices) === null)
      ? { why: "No config has a price: give your own rates", command: `deno task report ${name} --prices prices.json` }
      : null,
    {
      why: scored === 0
        ? "Read sessions, and label them"
        : "Read sessions, and label those that you would have judged otherwise",
      command: `deno task view ${name} --port ${VIEW_PORT}`,
    },
    { why: "The same for a comment of CI, or for a program", command: `deno task report ${name} --format md` },
  ];
  return steps.filter((step) => step !== null).slice(0, MOST);
}
