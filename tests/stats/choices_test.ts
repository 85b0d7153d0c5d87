import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { logOddsDirichlet, paretoFront, youdenJ } from "../../lib/stats/mod.ts";
import { fieldsNear, near } from "./near.ts";

Deno.test("paretoFront keeps the cheapest and each new best, whatever the order, and no equals", () => {
  const points = [[3, 0.5, "c"], [1, 0.4, "a"], [2, 0.3, "b"], [4, 0.9, "d"], [4, 0.7, "e"], [5, 0.9, "f"], [
    2,
    NaN,
    "g",
  ]] as const;
  const names = (list: readonly (readonly [number, number, string])[]) =>
    paretoFront(list, ([cost]) => cost, ([, value]) => value).map(([, , name]) => name);
  deepStrictEqual(names(points), ["a", "c", "d"]);
  deepStrictEqual(names([...points].reverse()), ["a", "c", "d"]);
  deepStrictEqual(names([]), []);
});

Deno.test("youdenJ finds the best cap and the best floor", () => {
  const [failed, solved] = [[9, 8, 7, 2], [1, 2, 3, 7]];
  deepStrictEqual(youdenJ(failed, solved, "above"), { threshold: 8, j: 0.5, sensitivity: 0.5, specificity: 1 });
  const floor = youdenJ(failed.map((v) => -v), solved.map((v) => -v), "below");
  deepStrictEqual(floor, { threshold: -8, j: 0.5, sensitivity: 0.5, specificity: 1 });
});

Deno.test("youdenJ is the best of all thresholds tried one by one", () => {
  const [positives, negatives] = [[5, 3, 9, 9, 4, 1], [2, 2, 6, 1, 4, 0, 3]];
  const tried = [...positives, ...negatives].map((t) =>
    positives.filter((v) => v >= t).length / 6 - negatives.filter((v) => v >= t).length / 7
  );
  near(youdenJ(positives, negatives, "above").j, Math.max(...tried), { rtol: 1e-12 });
});

Deno.test("youdenJ needs both sides", () => {
  throws(() => youdenJ([], [1], "above"), /found 0 positives, 1 negatives/);
  throws(() => youdenJ([NaN], [1], "above"), /found NaN/);
});

Deno.test("logOddsDirichlet follows its formula", () => {
  const [first, second] = [{ counts: { loop: 8, the: 30 }, total: 100 }, { counts: { loop: 1, the: 33 }, total: 120 }];
  const prior = { counts: { loop: 5, the: 95 }, total: 1000 };
  const [top] = logOddsDirichlet(first, second, { prior, priorTotal: 200 });
  const [y1, n1, y2, n2] = [8 + 1, 100 + 200 - 9, 1 + 1, 120 + 200 - 2];
  const [estimate, stdError] = [Math.log(y1 / n1) - Math.log(y2 / n2), Math.sqrt(1 / y1 + 1 / n1 + 1 / y2 + 1 / n2)];
  fieldsNear(top && { ...top, term: 0 }, { estimate, stdError, statistic: estimate / stdError }, { rtol: 1e-12 });
  strictEqual(top!.term, "loop");
});

Deno.test("logOddsDirichlet turns its signs when the groups change places", () => {
  const [a, b] = [{ counts: { x: 4, y: 1 }, total: 9 }, { counts: { x: 1, z: 6 }, total: 11 }];
  const [there, back] = [logOddsDirichlet(a, b), logOddsDirichlet(b, a)];
  deepStrictEqual(there.map((t) => t.term), ["x", "y", "z"]);
  deepStrictEqual(back.map((t) => t.term), ["z", "y", "x"]);
  there.forEach((t, i) => near(back[back.length - 1 - i]!.statistic, -t.statistic, { rtol: 1e-12 }));
});

Deno.test("a stronger prior pulls terms together; a term in every text of both groups tells nothing", () => {
  const [a, b] = [{ counts: { agent: 5, loop: 4 }, total: 5 }, { counts: { agent: 7 }, total: 7 }];
  const of = (priorTotal: number) => logOddsDirichlet(a, b, { priorTotal }).find((t) => t.term === "loop")!.estimate;
  ok(of(10) > of(1000) && of(1000) > 0);
  const agent = logOddsDirichlet(a, b).find((t) => t.term === "agent")!;
  deepStrictEqual([agent.estimate, agent.statistic, agent.pValue], [0, 0, 1]);
});

Deno.test("logOddsDirichlet refuses counts above their total and terms that the prior does not know", () => {
  const group = { counts: { x: 4 }, total: 3 };
  throws(() => logOddsDirichlet(group, group), /expected a count of "x" from 0 to 3, found 4/);
  const fine = { counts: { x: 1 }, total: 3 };
  throws(() => logOddsDirichlet(fine, fine, { prior: { counts: {}, total: 9 } }), /give "x" a share above 0/);
});
