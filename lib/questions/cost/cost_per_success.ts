import { costIntervalsByConfig, MIN_COST_CONFIG_N } from "../../analysis/cost/cost_intervals.ts";
import { needSessions } from "../../analysis/counts/need_sessions.ts";
import { drawCostPerSuccess } from "../../figures/cost/cost_per_success.ts";
import { ifAny, question } from "../question.ts";

/** USD per solved task of each config, failures paid for. */
export const costPerSuccess = question({
  name: "cost-per-success",
  title: "What does a solved task cost?",
  chapter: "cost",
  needs: ["sessions"],
  nothing: `no config has a price and ${MIN_COST_CONFIG_N} scored sessions`,
  ask: (dataset, { prices, random }) =>
    ifAny(costIntervalsByConfig(needSessions(dataset), prices, { random: random() })),
  draw: (rows, context) => [drawCostPerSuccess(rows, context)],
});
