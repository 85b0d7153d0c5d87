import { costIntervalsByConfig, needSessions } from "../../analysis/mod.ts";
import { drawCostPerSuccess } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** USD per solved task of each config, failures paid for. */
export const costPerSuccess = question({
  name: "cost-per-success",
  title: "What does a solved task cost?",
  chapter: "cost",
  needs: ["sessions"],
  nothing: "no config has a price",
  ask: (dataset, { prices, random }) => {
    const rows = costIntervalsByConfig(needSessions(dataset), prices, { random: random() });
    return rows.length ? rows : null;
  },
  draw: (rows, context) => [drawCostPerSuccess(rows, context)],
});
