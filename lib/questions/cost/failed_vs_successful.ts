import { failedCost } from "../../analysis/cost/failed_cost.ts";
import { needSessions } from "../../analysis/counts/need_sessions.ts";
import { drawFailedVsSuccessful } from "../../figures/cost/failed_vs_successful.ts";
import { ifAny, question } from "../question.ts";

/** Mean USD of a failed over that of a successful session. */
export const failedVsSuccessful = question({
  name: "failed-vs-successful",
  title: "What does a failure cost compared with a success?",
  chapter: "cost",
  needs: ["sessions"],
  nothing: "no benchmark has failed and successful sessions with a price",
  ask: (dataset, { prices, random }) => ifAny(failedCost(needSessions(dataset), prices, { random: random() })),
  draw: (rows, { failedCostBand, ...context }) => [
    drawFailedVsSuccessful(rows, { ...context, ...(failedCostBand ? { band: failedCostBand } : {}) }),
  ],
});
