import { equal, match, ok } from "node:assert/strict";
import { harnessPanelTests, suiteFrontiers } from "../../lib/analysis/mod.ts";
import { drawHarnessPanels } from "../../lib/figures/mod.ts";
import { drawTaskItems } from "../../lib/figures/success/task_items.ts";
import { answer, isFigure, questionContext, questionNamed } from "../../lib/questions/mod.ts";
import { loadStudy, optionsFor } from "../../lib/study/mod.ts";
import { layoutFaults } from "../support/layout.ts";

const context = { source: "a test" };
const task = (benchmark: string, i: number, discrimination: number | null) => ({
  benchmark,
  task: `${benchmark}-${i}`,
  n: 6,
  k: discrimination === null ? 6 : 3,
  difficulty: null,
  difficultyStdError: null,
  discrimination,
  discriminationStdError: discrimination === null ? null : 0.5,
  information: 0,
  measures: discrimination === null ? "nothing: always solved" as const : "perhaps" as const,
});

Deno.test("a suite with next to nothing to draw has no panel and is named", () => {
  const rows = [0, 1, 2, 3].map((i) => task("sums", i, 0.5 + i / 10));
  const figure = drawTaskItems([...rows, task("words", 0, 0.4), task("words", 1, null)], context);
  equal(figure.title, "No task tells configs apart, 1 measures nothing");
  const able = [...rows, { ...task("sums", 4, 2), measures: "ability" as const }];
  equal(drawTaskItems(able, context).title, "1 of 5 tasks tells configs apart");
  equal((figure.bare.match(/>discrimination</g) ?? []).length, 1);
  match(figure.caption, /neither always nor never solved: words \(1 of 2\)/);
  equal(layoutFaults(figure).length, 0);
});

Deno.test("where no harness is told from another, the title says so and counts no gap", () => {
  const bar = (harness: string, k: number) => ({ harness, n: 20, k, rate: k / 20, lo: 0, hi: 1 });
  const panel = (benchmark: string, k: number) => ({
    benchmark,
    model: "m",
    gap: k / 20,
    bars: [bar("a", k), bar("b", 0)],
  });
  const titleOf = (...rows: ReturnType<typeof panel>[]) =>
    drawHarnessPanels(rows, harnessPanelTests(rows), context).title;
  equal(titleOf(panel("sums", 4), panel("words", 4)), "In no case is the best harness told from the worst");
  equal(
    titleOf(panel("sums", 4), panel("words", 15)),
    "In 1 of 2 cases the best harness is told from the worst, by up to 75 points",
  );
});

Deno.test("every config on the frontier of a suite has its name in the panel", async () => {
  const dataset = await loadStudy("replica");
  const asked = questionContext(dataset, await optionsFor(dataset));
  const { found, drawn } = await answer(questionNamed("suite-frontiers"), dataset, asked);
  const [figure] = drawn.filter(isFigure);
  const fronts = (found as ReturnType<typeof suiteFrontiers>).filter(({ judged }) => judged.length > 1)
    .flatMap(({ judged }) => judged.filter((row) => row.on_frontier).map(({ config }) => config));
  ok(fronts.length > 5);
  ok(!figure!.caption.includes("without a name"), figure!.caption);
  for (const config of new Set(fronts)) {
    const name = asked.names!.label("harness", config.split(" · ")[0]!) + " · " +
      asked.names!.label("model", config.split(" · ")[1]!);
    const named = figure!.bare.split(`>${name}</text>`).length - 1;
    ok(named >= fronts.filter((one) => one === config).length, `${name} is named ${named} times`);
  }
});
