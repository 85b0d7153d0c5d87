import { guardrails } from "../../analysis/mod.ts";
import { drawGuardrail } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** Failures caught against successes stopped as a threshold of tokens moves. */
export const guardrail = question({
  name: "guardrail",
  title: "What would a token cap or a floor catch?",
  chapter: "failure",
  needs: ["sessions"],
  nothing: "no family of suites has failed and successful sessions",
  ask: (dataset, { familyOf, random, singleCap }) => {
    const rows = guardrails(dataset.sessions, {
      familyOf,
      random: random(),
      ...(singleCap === null ? {} : { singleCap }),
    });
    return rows.some((row) => row.n_failed && row.n_successful) ? rows : null;
  },
  draw: (rows, context) => [drawGuardrail(rows, context)],
});
