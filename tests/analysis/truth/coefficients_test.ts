import { deepEqual, equal, ok } from "node:assert/strict";
import { cellsOf, coefficients, comparableSuites, linearFit, linearModel } from "../../../lib/analysis/mod.ts";
import type { Cell, OfficialRate } from "../../../lib/model/mod.ts";
import { NOT_KNOWN } from "../../../lib/model/mod.ts";
import { officialRates, REFERENCE, replica } from "../../../lib/study/mod.ts";
import { agree } from "../agree.ts";

// lm(I(k / n) ~ benchmark + model + harness, weights = n) in R on data/official_rates.csv, rows that repeat tool_calling
// and agents of at most 0.6 steps left out; the second without AppWorld.
const R_ACTIVE = {
  claude_code: -0.032870785,
  openai_solo: -0.060611976,
  smolagents_code: -0.018752722,
  tool_calling_with_shortlisting: 0.003043401,
};
const R_COMPARABLE = { claude_code: -0.028998193, openai_solo: -0.073390388, smolagents_code: -0.005349738 };
const R_DIGITS = { rtol: 1e-6 };

const cells = cellsOf((await replica()).sessions);
const found = coefficients(cells, officialRates(), { reference: REFERENCE });
const of = (verdicts: string, suites: string) =>
  (found?.rows ?? []).filter((row) => row.verdicts === verdicts && row.suites === suites);

Deno.test("official coefficients are those of R, with and without suites that are not comparable", () => {
  const estimates = (suites: string) =>
    Object.fromEntries(of("official, active cells", suites).map(({ harness, estimate }) => [harness, estimate]));
  agree(estimates("all suites"), R_ACTIVE, R_DIGITS);
  agree(estimates("comparable suites"), R_COMPARABLE, R_DIGITS);
});

Deno.test("judged coefficients are those of the published regression, and these cells' interval is HC1's", () => {
  const model = linearModel(cells, { reference: REFERENCE });
  const { terms } = linearFit(model!, "HC1", "lpm_hc1").fit;
  for (const { harness, estimate, these_cells } of of("judged, all cells", "all suites")) {
    const term = terms[`harness=${harness}`];
    agree({ estimate, ...these_cells }, { estimate: term?.estimate, lo: term?.lo, hi: term?.hi }, { rtol: 1e-9 });
  }
});

Deno.test("the difference of two coefficients is what both say, and new cells are less sure than these", () => {
  for (const { harness, suites, difference, these_cells, new_cells } of found!.turns) {
    const estimate = (verdicts: string) => of(verdicts, suites).find((row) => row.harness === harness)?.estimate ?? NaN;
    const own = estimate("judged, shared cells") - estimate("official, shared cells");
    ok(Math.abs(difference - own) < 1e-9, harness);
    if (these_cells && new_cells) ok(new_cells.hi - new_cells.lo > these_cells.hi - these_cells.lo, harness);
  }
  ok(found!.turns.some(({ new_cells }) => new_cells !== null));
});

Deno.test("where a harness has few cells nothing is said of new ones", () => {
  const few = of("official, shared cells", "comparable suites");
  equal(few.length, 3);
  deepEqual(few.map((row) => row.new_cells), [null, null, null]);
  ok(few.every((row) => row.these_cells !== null));
});

const cell = (benchmark: string, harness: string, verdict: 0 | 1, calls: number): Cell => ({
  ...NOT_KNOWN,
  benchmark,
  harness,
  model: "m",
  deployment: "m",
  run: "r",
  verdict,
  sessions: 10,
  calls: 10 * calls,
});
const grade = (benchmark: string, harness: string, steps: number): OfficialRate => ({
  benchmark,
  harness,
  model: "m",
  n: 100,
  k: 50,
  officialRate: 0.5,
  steps,
  agentUsd: 1,
  repeatsAnother: false,
});

Deno.test("a suite is comparable where judged and graded sessions take about as many calls in every cell", () => {
  const judged = [cell("a", "x", 1, 10), cell("a", "y", 0, 10), cell("b", "x", 1, 10), cell("c", "x", 1, 10)];
  const graded = [grade("a", "x", 9), grade("a", "y", 11), grade("b", "x", 30), grade("c", "x", 0)];
  const rows = comparableSuites(judged, graded);
  deepEqual(rows.map(({ benchmark, comparable }) => [benchmark, comparable]), [["a", true], ["b", false], [
    "c",
    false,
  ]]);
  equal(rows[2]?.least, null, "no step was graded");
});

Deno.test("without grades, or without the reference among the graded, there is no coefficient of theirs", () => {
  equal(coefficients(cells, []), null);
  const judged = [cell("a", "x", 1, 9), cell("a", "y", 0, 9), cell("b", "x", 1, 9), cell("b", "x", 0, 9)];
  const some = coefficients(judged, [grade("a", "y", 9)], { reference: { harness: "x" } });
  ok(some?.rows.length);
  ok(some.rows.every((row) => row.verdicts.startsWith("judged, all")));
});
