import { MIN_COST_CELL_N } from "../../analysis/cut_offs.ts";
import { costIntervalsByCell } from "../../analysis/cost/cost_intervals.ts";
import { needSessions } from "../../analysis/counts/need_sessions.ts";
import { drawCostPerSuccessBySuite } from "../../figures/cost/cost_per_success_by_suite.ts";
import { familiesOf } from "../../figures/kit/family.ts";
import { ifAny, question } from "../question.ts";

/** USD per solved task of each config on each benchmark; a figure a family of suites. */
export const costPerSuccessBySuite = question({
  name: "cost-per-success-by-suite",
  title: "What does a solved task cost within each benchmark?",
  chapter: "cost",
  needs: ["sessions"],
  nothing: `no config has ${MIN_COST_CELL_N} scored sessions and a price on a benchmark`,
  ask: (dataset, { prices, familyOf, random }) =>
    ifAny(
      costIntervalsByCell(needSessions(dataset), prices, { random: random() })
        .map((row) => ({ ...row, family: familyOf(row.benchmark ?? "") })),
    ),
  draw: (rows, context) => familiesOf(rows).map((family) => drawCostPerSuccessBySuite(rows, family, context)),
});
