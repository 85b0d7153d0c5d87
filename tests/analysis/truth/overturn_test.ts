import { deepEqual, equal, ok } from "node:assert/strict";
import { fitLinear, seededRandom } from "../../../lib/stats/mod.ts";
import { cellsOf, headlineCells, overturn } from "../../../lib/analysis/mod.ts";
import { searchLinear, searchPair, searchQuadratic } from "../../../lib/analysis/truth/overturn_search.ts";
import { headlines, replica } from "../../../lib/study/mod.ts";

const cell = (n: number, k: number, i: number) => ({ benchmark: `b${i}`, harness: "h", model: "m", n, k });
const TINY = 1e-9;

/** All vectors of changes within the cells, by the number of sessions changed. */
function* changes(cells: readonly { n: number; k: number }[], at = 0): Generator<number[]> {
  const c = cells[at];
  if (!c) return yield [];
  for (const rest of changes(cells, at + 1)) {
    for (let d = -c.k; d <= c.n - c.k; d++) yield [d, ...rest];
  }
}

/** The fewest changes that bring `value` to zero or below, by trying all. */
function byTrying(cells: readonly { n: number; k: number }[], value: (k: number[]) => number): number | null {
  let fewest: number | null = null;
  for (const d of changes(cells)) {
    const flips = d.reduce((sum, x) => sum + Math.abs(x), 0);
    if ((fewest === null || flips < fewest) && value(cells.map((c, i) => c.k + (d[i] ?? 0))) <= 0) fewest = flips;
  }
  return fewest;
}

Deno.test("the search of a linear headline finds what trying everything finds", () => {
  const random = seededRandom(1);
  for (let round = 0; round < 40; round++) {
    const cells = [0, 1, 2, 3].map((i) => cell(5, Math.floor(random() * 6), i));
    const weights = cells.map(() => random() * 2 - 0.7);
    const value = (k: number[]) => weights.reduce((sum, w, i) => sum + w * (k[i] ?? 0), 0);
    if (value(cells.map((c) => c.k)) <= 0) continue;
    const found = searchLinear(weights, cells, cells.map(() => true));
    equal(found.atMost, byTrying(cells, value), `round ${round}`);
    if (found.atMost !== null) ok(value(cells.map((c, i) => c.k + (found.changes[i] ?? 0))) <= TINY);
  }
});

Deno.test("the bounds of a quadratic headline hold what trying everything finds", () => {
  const random = seededRandom(2);
  let tight = 0, tried = 0;
  for (let round = 0; round < 60; round++) {
    const cells = [0, 1, 2, 3].map((i) => cell(5, Math.floor(random() * 6), i));
    const direction = () => cells.map(() => random() - 0.5);
    const along = [direction(), direction()], against = [direction()];
    const square = (ds: number[][], k: number[]) =>
      ds.reduce((s, d) => s + d.reduce((a, v, i) => a + v * (k[i] ?? 0), 0) ** 2, 0);
    // All verdicts false leaves nothing to compare: that overturns nothing.
    const value = (k: number[]) => k.every((x) => x === 0) ? 1 : square(along, k) - square(against, k);
    if (value(cells.map((c) => c.k)) <= 0) continue;
    const { atLeast, atMost, changes: d } = searchQuadratic(along, against, cells, cells.map(() => true));
    const exact = byTrying(cells, value);
    tried++;
    if (exact === null) {
      deepEqual([atLeast, atMost], [null, null], `round ${round}`);
      continue;
    }
    ok(atLeast !== null && atLeast <= exact, `round ${round}: at least ${atLeast}, exactly ${exact}`);
    ok(atMost !== null && atMost >= exact, `round ${round}: found ${atMost}, exactly ${exact}`);
    ok(value(cells.map((c, i) => c.k + (d[i] ?? 0))) <= 0, `round ${round}: what was found does not overturn`);
    if (atMost === exact) tight++;
  }
  ok(tried > 15 && tight > tried / 2, `${tight} of ${tried} are exact`);
});

Deno.test("the search of two cells finds the nearest pair of counts that overturns", () => {
  const cells = [cell(20, 18, 0), cell(20, 6, 1)];
  const holds = (a: number, b: number) => a - b > 8;
  const found = searchPair({ kind: "pair", first: 0, second: 1, holds }, cells);
  equal(found.atMost, 4);
  ok(!holds(18 + (found.changes[0] ?? 0), 6 + (found.changes[1] ?? 0)));
});

Deno.test("on the replica each set of errors overturns its headline, and lies where it says", async () => {
  const cells = headlineCells(cellsOf((await replica()).sessions));
  const asked = headlines(cells);
  const rows = overturn(cells, asked);
  ok(rows.length > 20);
  for (const row of rows) {
    ok(row.at_most === null || row.at_least === null || row.at_least <= row.at_most, row.headline);
    if (row.at_most === null) continue;
    const wrong = cells.map((c) => {
      const e = row.errors.find((x) => x.benchmark === c.benchmark && x.harness === c.harness && x.model === c.model);
      return { ...c, k: c.k - (e?.false_successes ?? 0) + (e?.false_failures ?? 0) };
    });
    const value = headlines(wrong).find((h) => h.id === row.headline)?.value ?? NaN;
    const sign = Math.sign(asked.find((h) => h.id === row.headline)?.value ?? NaN);
    ok(sign * value <= TINY, `${row.headline}, errors in ${row.where}: still ${value}`);
    if (row.where !== "anywhere" && row.where !== "its two cells") {
      ok(row.errors.every((e) => e.harness === row.where), "errors outside the harness");
    }
  }
});

Deno.test("the weights of a coefficient are those of the regression", async () => {
  const cells = headlineCells(cellsOf((await replica()).sessions));
  const effect = headlines(cells).find((h) => h.id === "claude-code-helps");
  const rows = cells.map((c) => ({
    levels: { benchmark: c.benchmark, model: c.model, harness: c.harness },
    cluster: "",
    n: c.n,
    k: c.k,
  }));
  const factors = [{ name: "benchmark" }, { name: "model" }, { name: "harness", reference: "tool_calling" }];
  const fitted = fitLinear(rows, { factors }).coefficients["harness=claude_code"] ?? NaN;
  const weights = effect?.form?.kind === "linear" ? effect.form.weights : [];
  const sum = weights.reduce((total, w, i) => total + w * (cells[i]?.k ?? NaN), 0);
  ok(Math.abs(sum - fitted) < TINY && Math.abs((effect?.value ?? NaN) - fitted) < TINY);
});

Deno.test("headlines on other data than the published ones are unknown, not false", () => {
  const asked = headlines([cell(10, 4, 0), cell(12, 9, 1)]);
  deepEqual(asked.filter((h) => h.id !== "harness-over-model").map((h) => h.holds), [null, null, null, null, null]);
  deepEqual(overturn([], headlines([])), []);
});
