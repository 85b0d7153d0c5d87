import { cellsOf } from "../../analysis/counts/cells.ts";
import { league as leagueOf } from "../../analysis/explain/multilevel.ts";
import { drawLeague } from "../../figures/success/league.ts";
import { question } from "../question.ts";

/** Every config in one table, however it was tried, and how likely each is the best. */
export const league = question({
  name: "league",
  title: "Which config is the best over all benchmarks, and how likely?",
  chapter: "success",
  needs: ["cells"],
  nothing: "fewer than two configs have scored sessions, or every session has the same outcome",
  ask: (dataset, { random }) => leagueOf(cellsOf(dataset), { random: random() }),
  draw: (table, context) => [drawLeague(table, context)],
});
