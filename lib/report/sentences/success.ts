import { cellsOf, totals } from "../../analysis/mod.ts";
import { int, pct, plural } from "../../figures/mod.ts";
import { chance } from "../../figures/kit/format.ts";
import { league } from "../../questions/success/league.ts";
import { wilson } from "../../stats/mod.ts";
import { foundOf } from "../found.ts";
import type { Sentence } from "./told.ts";

/** From this probability on a config is called the best. */
const CLEAR = 0.95;

/** How many sessions are solved. */
export const solved: Sentence = ({ dataset }) => {
  const { sessions, scored, successes } = totals(cellsOf(dataset));
  if (sessions === 0) return "There is no session.";
  if (scored === 0) return `None of ${plural(sessions, "session")} has a verdict, so nothing is said of success.`;
  const { lo, hi } = wilson(successes, scored);
  const without = sessions - scored;
  return `${int(successes)} of ${plural(scored, "session")} with a verdict are solved: ${
    pct(successes / scored)
  } (95% ${pct(lo)} to ${pct(hi)})${without ? `; ${plural(without, "has", "have")} none` : ""}.`;
};

/** Which config is best, and what cannot be told from it. */
export const best: Sentence = ({ answered, names }) => {
  const found = foundOf(answered, league);
  const [first] = found?.rows ?? [];
  if (!found || !first) return null;
  const near = found.rows.filter((row) => row !== first && row.near_best >= 0.05).length;
  const range = `${pct(first.rate)} (95% ${pct(first.lo)} to ${pct(first.hi)})`;
  return first.best >= CLEAR
    ? `${names.config(first.config)} is the best of ${plural(found.rows.length, "config")} with ${
      chance(first.best)
    } probability, at ${range} over all suites.`
    : `No config is clearly the best: ${names.config(first.config)} comes first with ${range}, and ${
      plural(near, "other could", "others could")
    } be within ${Math.round(100 * found.margin)} points of the best.`;
};
