import { needSessions } from "../../analysis/counts/need_sessions.ts";
import { guardrails } from "../../analysis/failure/guardrails.ts";
import { drawGuardrail } from "../../figures/failure/guardrail.ts";
import { question } from "../question.ts";

/** Failures and successes that a family must have: fewer are parted by any threshold. */
export const MIN_OF_EACH = 10;

/** Failures caught against successes stopped as a threshold of tokens moves. */
export const guardrail = question({
  name: "guardrail",
  title: "What would a token cap or a floor catch?",
  chapter: "failure",
  needs: ["sessions"],
  nothing: `no family of suites has ${MIN_OF_EACH} failed and ${MIN_OF_EACH} successful sessions with known tokens`,
  ask: (dataset, { familyOf, random, singleCap }) => {
    const rows = guardrails(needSessions(dataset), {
      familyOf,
      random: random(),
      ...(singleCap === null ? {} : { singleCap }),
    });
    const enough = rows.filter((row) => Math.min(row.n_failed, row.n_successful) >= MIN_OF_EACH);
    return enough.length ? enough : null;
  },
  draw: (rows, context) => [drawGuardrail(rows, context)],
});
