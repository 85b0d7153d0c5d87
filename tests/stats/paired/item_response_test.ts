import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { itemResponse, type Response } from "../../../lib/stats/mod.ts";
import golden from "../../golden/paired/item_response.json" with { type: "json" };
import { fieldsNear, near } from "../near.ts";

const SAME = { rtol: 1e-3, atol: 1e-3 };

for (
  const [name, { model, prior, responses, logLikelihood, items, abilities, abilityStdErrors }] of Object.entries(golden)
) {
  Deno.test(`itemResponse has the maximum, errors and abilities that scipy finds on a dense grid: ${name}`, () => {
    const found = itemResponse(responses, { model: model as "rasch" | "2pl", prior });
    ok(found.converged);
    near(found.logLikelihood, logLikelihood, { rtol: 1e-6 });
    const byTask = new Map(found.items.map((item) => [item.task, item]));
    items.forEach((expected, i) => fieldsNear(byTask.get(`t${i}`), expected, SAME, `t${i}`));
    for (const { agent, ability, stdError } of found.abilities) {
      near(ability, abilities[Number(agent.slice(1))]!, SAME, agent);
      near(stdError, abilityStdErrors[Number(agent.slice(1))]!, SAME, agent);
    }
  });
}

const responsesOf = (solved: readonly (readonly number[])[], n = 5): Response[] =>
  solved.flatMap((row, agent) => row.map((k, task) => ({ agent: `a${agent}`, task: `t${task}`, n, k })));

Deno.test("tasks that measure nothing are named: always solved, never solved, and those that weaker agents solve", () => {
  const strong = [0, 1, 2, 3, 4, 5, 6, 7].map((
    s,
  ) => [20, 0, ...[2, 5, 9, 13].map((at) => Math.min(20, 3 * s + 14 - at)), 20 - 2 * s]);
  const { items, converged } = itemResponse(responsesOf(strong, 20), { model: "2pl" });
  ok(converged);
  deepStrictEqual(items.map((i) => i.measures), [
    "nothing: always solved",
    "nothing: never solved",
    "ability",
    "ability",
    "ability",
    "ability",
    "the reverse",
  ]);
  deepStrictEqual([items[0]!.difficulty, items[0]!.discrimination, items[0]!.information], [null, null, 0]);
  ok(items[2]!.difficulty! < items[3]!.difficulty! && items[3]!.difficulty! < items[4]!.difficulty!);
});

Deno.test("a task that everybody solves as often as anybody perhaps measures something, and says little", () => {
  const { items } = itemResponse(responsesOf([[5, 5, 3], [4, 4, 2], [2, 2, 3], [1, 0, 2], [3, 2, 3], [0, 1, 2]]), {
    model: "2pl",
  });
  strictEqual(items[2]!.measures, "perhaps");
  ok(items[2]!.information < items[0]!.information / 4);
});

Deno.test("ten thousand tries of each change nothing but the certainty of abilities", () => {
  const solved = [[5, 4, 2], [4, 3, 1], [3, 1, 1], [1, 1, 0]].map((row) => row.map((k) => k * 2000));
  const { abilities, converged } = itemResponse(responsesOf(solved, 10_000), { model: "rasch" });
  ok(converged);
  ok(abilities[0]!.ability > abilities[3]!.ability + 1);
  ok(abilities.every((a) => a.stdError < 0.05));
});

Deno.test("what cannot be told is an error that says why", () => {
  throws(() => itemResponse(responsesOf([[1, 2]]), { model: "rasch" }), /at least two agents, found 1/);
  throws(() => itemResponse(responsesOf([[5, 0], [5, 0]]), { model: "rasch" }), /always or never solved/);
  throws(
    () => itemResponse([...responsesOf([[1, 2], [2, 1]]), { agent: "a0", task: "t1", n: 1, k: 0 }], { model: "rasch" }),
    /"t1" by "a0" is there twice/,
  );
  throws(() => itemResponse(responsesOf([[6, 2], [2, 1]]), { model: "2pl" }), /response 0: expected k from 0 to n = 5/);
});
