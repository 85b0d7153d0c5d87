import { MIN_PLAN_N, planComparison } from "../../analysis/success/plan.ts";
import { drawPlan } from "../../figures/success/plan.ts";
import { question } from "../question.ts";

/** A difference in rates that most would want to see. */
const DIFFERENCE = 0.05;

/** How many sessions an answer takes that these do not give. */
export const plan = question({
  name: "plan",
  title: "How many tasks would tell two configs apart?",
  chapter: "success",
  needs: ["cells"],
  nothing: `fewer than two configs have ${MIN_PLAN_N} scored sessions, or every session has the same outcome`,
  ask: (dataset) => planComparison(dataset, { difference: DIFFERENCE }),
  draw: (sizes, context) => [drawPlan(sizes, context)],
});
