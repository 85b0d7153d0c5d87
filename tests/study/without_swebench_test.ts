import { deepEqual, equal, match } from "node:assert/strict";
import { cellsOf, reliability, where } from "../../lib/analysis/mod.ts";
import { answer, isFigure, questionContext } from "../../lib/questions/mod.ts";
import { replica, studyOptions, withoutSwebenchQuestions } from "../../lib/study/mod.ts";

Deno.test("the leaderboard and the plane without SWE-bench are those of the other suites, under names of their own", async () => {
  const dataset = await replica();
  const context = questionContext(dataset, studyOptions());
  const others = where(dataset, { benchmark: (benchmark) => benchmark !== "swebench" });
  deepEqual(
    (await answer(withoutSwebenchQuestions[0]!, dataset, context)).found,
    reliability(cellsOf(others)),
  );
  for (const question of withoutSwebenchQuestions) {
    const { drawn: [figure] } = await answer(question, dataset, context);
    if (!figure || !isFigure(figure)) throw new Error(`${question.name} is no figure`);
    equal(figure.name, `03-${question.name}`);
    match(figure.caption, /^Source: .*, without SWE-bench\./);
    // Of rows without that suite there is nothing to leave out.
    match((await answer(question, others, context)).leftOut ?? "", /^without SWE-bench: /);
  }
});
