import { cellsOf } from "../../analysis/counts/cells.ts";
import { league as leagueOf, MIN_LEAGUE_N } from "../../analysis/explain/multilevel.ts";
import { agentsAmong } from "../../analysis/success/agents.ts";
import { drawLeague } from "../../figures/success/league.ts";
import { question } from "../question.ts";

/** Every config of an agent in one table, however it was tried, and how likely each is the best. */
export const league = question({
  name: "league",
  title: "Which config is the best over all benchmarks, and how likely?",
  chapter: "success",
  needs: ["cells"],
  nothing: `fewer than two configs have ${MIN_LEAGUE_N} scored sessions, or every session has the same outcome`,
  ask: (dataset, { random, notAgents }) => {
    const { cells, left_out: leftOut } = agentsAmong(cellsOf(dataset), notAgents);
    const table = leagueOf(cells, { random: random() });
    return table && { ...table, leftOut };
  },
  draw: (table, context) => [drawLeague(table, { ...context, leftOut: table.leftOut })],
});
