import { where } from "../../analysis/mod.ts";
import { type Question, questionNamed } from "../../questions/mod.ts";

const SUITE = "swebench";

/** A question asked once more of all suites but SWE-bench, whose tasks may be in training data, as the write-up draws it. */
function withoutSwebench(name: string): Question {
  const base = questionNamed(name), own = `${name}-without-swebench`;
  return {
    ...base,
    name: own,
    title: `${base.title.replace(/\?$/, "")}, without SWE-bench?`,
    nothing: `without SWE-bench: ${base.nothing}`,
    ask: (dataset, context) =>
      dataset.cells.some(({ benchmark }) => benchmark === SUITE) &&
        dataset.cells.some(({ benchmark }) => benchmark !== SUITE)
        ? base.ask(where(dataset, { benchmark: (benchmark) => benchmark !== SUITE }), context)
        : null,
    draw: (answer, context) =>
      base.draw(answer, {
        ...context,
        source: `${context.source}, without SWE-bench`,
        names: {
          ...context.names,
          figureName: (figure) => context.names.figureName?.(figure === name ? own : figure) ?? own,
        },
      }),
  };
}

/** The leaderboard and the plane of dependable configs without SWE-bench. */
export const withoutSwebenchQuestions: readonly Question[] = ["pooled-vs-balanced", "reliability-quadrant"]
  .map(withoutSwebench);
