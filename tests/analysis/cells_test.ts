import { deepEqual, equal } from "node:assert/strict";
import { cellsOf, tally } from "../../lib/analysis/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { session, sessionsOf } from "./sessions.ts";

const MIXED = [
  ...sessionsOf(3, 2, { run: "a", benchmark: "swebench", harness: "x", totalTokens: 10, calls: 2, durationS: 0.5 }),
  ...sessionsOf(2, 0, { run: "a", benchmark: "swebench", harness: "x", success: null }),
  ...sessionsOf(4, 4, { run: "b", benchmark: "appworld", harness: "x", inputTokens: 7, outputTokens: 1 }),
];

Deno.test("sessions become one cell per benchmark, harness, deployment, run and verdict, with sums", () => {
  const cells = cellsOf(MIXED);
  deepEqual(cells.map((c) => [c.benchmark, c.run, c.verdict, c.sessions]), [
    ["appworld", "b", 1, 4],
    ["swebench", "a", 0, 1],
    ["swebench", "a", 1, 2],
    ["swebench", "a", null, 2],
  ]);
  deepEqual([cells[2]?.tokens, cells[2]?.calls, cells[2]?.durationS], [20, 4, 1]);
  deepEqual([cells[0]?.inputTokens, cells[0]?.cachedTokens, cells[0]?.outputTokens], [28, null, 4]);
});

Deno.test("the order of sessions does not change the cells", () => {
  const random = seededRandom(7);
  const shuffled = [...MIXED].sort(() => random() - 0.5);
  deepEqual(cellsOf(shuffled), cellsOf(MIXED));
});

Deno.test("a sum is of the sessions that know the value, and says how many do; where none does it is unknown, not 0", () => {
  const cells = cellsOf([session({ inputTokens: 5 }), session({ inputTokens: null }), session({ inputTokens: 5 })]);
  deepEqual(cells.map((c) => [c.inputTokens, c.inputTokensKnown, c.sessions]), [[10, 2, 3]]);
  deepEqual(cells.map((c) => [c.cachedTokens, c.cachedTokensKnown]), [[null, 0]]);
  const without = cellsOf([session({ totalTokens: null, durationS: null })]);
  deepEqual(without.map((c) => [c.tokens, c.tokensKnown, c.durationS, c.durationKnown]), [[null, 0, null, 0]]);
});

Deno.test("names that hold separators of any kind stay apart", () => {
  const cells = cellsOf([
    session({ benchmark: 'a","b', harness: "c" }),
    session({ benchmark: "a", harness: 'b","c' }),
    session({ benchmark: "", harness: "__proto__" }),
  ]);
  equal(cells.length, 3);
  equal(tally(cells, ["benchmark", "harness"]).length, 3);
  equal(tally(cells, ["harness"]).find((t) => t.harness === "__proto__")?.n, 1);
});

Deno.test("no sessions are no cells", () => deepEqual(cellsOf([]), []));

Deno.test("cells of thousands of runs add up as those of a few, and what is not known stays so", () => {
  const one = (i: number) => ({
    ...session({ run: `r${i}`, success: i % 3 === 2 ? null : i % 2 as 0 | 1, harness: `h${i % 4}` }),
    totalTokens: i % 5 === 0 ? null : i,
  });
  const many = cellsOf(Array.from({ length: 6000 }, (_, i) => one(i)));
  equal(many.length, 6000);
  const parts = [0, 1].flatMap((odd) => tally(many.filter((_, i) => i % 2 === odd), ["harness"]));
  for (const all of tally(many, ["harness"])) {
    const own = parts.filter((part) => part.harness === all.harness);
    for (const key of ["sessions", "n", "k", "tokens", "tokensKnown", "calls"] as const) {
      equal(all[key], own[0]![key]! + own[1]![key]!, key);
    }
  }
  equal(tally(many, ["run"]).length, 6000);
});
