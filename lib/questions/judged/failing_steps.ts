import { needSessions } from "../../analysis/counts/need_sessions.ts";
import { failingSteps as stepsOf } from "../../analysis/judged/failing_steps.ts";
import { failingStepsTable } from "../../figures/judged/failing_steps.ts";
import { question } from "../question.ts";

/** The call at which each failed session was lost, with a quotation. */
export const failingSteps = question({
  name: "failing-steps",
  title: "At which step could failed sessions no longer succeed?",
  chapter: "judged",
  needs: ["sessions"],
  nothing: "no failed session has a judge that names its failing step",
  ask: (dataset) => stepsOf(needSessions(dataset)),
  draw: (steps, context) => [failingStepsTable(steps, context)],
});
