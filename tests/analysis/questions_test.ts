import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  cellsOf,
  contenders,
  judgeTerms,
  modelsUnder,
  quadrant,
  resultsJson,
  termCounts,
  winners,
} from "../../lib/analysis/mod.ts";
import { contaminationGap, contaminationPairs, judgedTable, replica } from "../../lib/study/mod.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
import { datasetOf, session, sessionsOf } from "./sessions.ts";

const DATA = await replica();
const CELLS = cellsOf(DATA.sessions);

Deno.test("contenders come in the order of winners, and those not distinguishable from the best are tied", () => {
  const rows = contenders(CELLS);
  for (const { benchmark, config, rivals } of winners(CELLS)) {
    const suite = rows.filter((r) => r.benchmark === benchmark);
    deepEqual(suite.map((r) => r.place), suite.map((_, i) => i + 1));
    deepEqual(suite.map((r) => r.config), [config, ...rivals.map((r) => r.config)]);
    deepEqual(suite.slice(1).map((r) => r.tied_with_best), rivals.map((r) => r.p_holm >= 0.05));
  }
});

Deno.test("a best of equal rates is the one with more sessions, then the first by name", () => {
  const cells = cellsOf([
    ...sessionsOf(10, 5, { harness: "b" }),
    ...sessionsOf(20, 10, { harness: "c" }),
    ...sessionsOf(20, 10, { harness: "a" }),
  ]);
  deepEqual(contenders(cells).map((r) => r.harness), ["a", "c", "b"]);
});

Deno.test("a single contender is no winner, and stands apart from nobody", () => {
  const cells = cellsOf([
    ...sessionsOf(30, 20, { benchmark: "alone", harness: "a" }),
    ...sessionsOf(4, 1, { benchmark: "alone", harness: "b" }),
    ...sessionsOf(30, 20, { benchmark: "contested", harness: "a" }),
    ...sessionsOf(30, 5, { benchmark: "contested", harness: "b" }),
  ]);
  deepEqual(winners(cells).map((w) => w.benchmark), ["contested"]);
  deepEqual(contenders(cells).map((r) => [r.benchmark, r.harness, r.place]), [
    ["alone", "a", 1],
    ["contested", "a", 1],
    ["contested", "b", 2],
  ]);
});

Deno.test("the quadrant's medians cut the configs of two suites and more in halves", () => {
  const { rows, median_macro } = quadrant(CELLS);
  ok(rows.every((r) => r.n_benchmarks >= 2));
  ok(rows.filter((r) => r.macro >= (median_macro ?? NaN)).length * 2 >= rows.length);
  equal(rows.find((r) => r.config === "claude_code · kimi-k2.5")?.corner, "dependable");
});

Deno.test("contamination pairs have the gaps of the results, inside their intervals", () => {
  const pairs = contaminationPairs(CELLS);
  deepEqual(pairs.map((p) => p.model), contaminationGap(CELLS).map((r) => r.model));
  for (const p of pairs) {
    equal(p.gap, p.swebench.rate - p.browsecompplus.rate);
    ok(p.lo < p.gap && p.gap < p.hi);
  }
});

Deno.test("models under one harness on one suite come best first", () => {
  const rates = modelsUnder(CELLS, "claude_code", "swebench").map((r) => r.rate);
  equal(rates.length, 5);
  deepEqual(rates, [...rates].sort((a, b) => b - a));
});

Deno.test("a word counts once a reason, from three letters and three reasons on", () => {
  const reasons = ["Timeout. The API timeout!", "timeout at the api", "TIMEOUT", "an api", null];
  const failed = reasons.map((judgeReasoning) => session({ success: 0, judgeReasoning }));
  const solved = session({ success: 1, judgeReasoning: "timeout" });
  deepEqual(termCounts([...failed, solved]).map((t) => [t.term, t.reasons, t.failures]), [["api", 3, 5], [
    "timeout",
    3,
    5,
  ]]);
});

Deno.test("words that one harness's reasons have and the others' have not come first, within a benchmark", () => {
  const failed = (harness: string, judgeReasoning: string, n = 12) => sessionsOf(n, 0, { harness, judgeReasoning });
  const rows = judgeTerms(datasetOf([
    ...failed("a", "there was the tool loop and it was not stuck"),
    ...failed("b", "tool wrong answer"),
    ...failed("few", "tool rare words", 9),
    ...sessionsOf(12, 0, { benchmark: "appworld", judgeReasoning: "alone" }),
  ]));
  const of = (harness: string) => rows.filter((r) => r.harness === harness);
  deepEqual(of("a").slice(0, 2).map((r) => r.term), ["loop", "not"]);
  // Words that say nothing are left out, negations are not; a harness of few failures has no words of its own.
  deepEqual(
    new Set(rows.map((r) => r.term).filter((term) => ["was", "there", "the", "not"].includes(term))),
    new Set(["not"]),
  );
  deepEqual(new Set(rows.map((r) => r.harness)), new Set(["a", "b"]));
  deepEqual(of("b").slice(0, 2).map((r) => r.term), ["answer", "wrong"]);
  ok(rows.every((r) => r.benchmark === "swebench" && r.term !== "tool"));
});

onRecorded("mirror", "terms counted from the recorded reasons are the stored ones", async () => {
  const recorded = await judgedTable({ mirrors: [sharedPath("mirror")] });
  const key = (t: { benchmark: string; harness: string; term: string }) => `${t.benchmark} ${t.harness} ${t.term}`;
  const sorted = <T extends Parameters<typeof key>[0]>(rows: T[]) => [...rows].sort((a, b) => key(a) < key(b) ? -1 : 1);
  deepEqual(sorted(termCounts(recorded.sessions)), sorted(DATA.distributions.termCounts ?? []));
  deepEqual(sorted(judgeTerms(recorded)), sorted(judgeTerms(DATA)));
});

Deno.test("a number that is not one is an error that names its path, not a null", () => {
  throws(() => resultsJson({ a: [{ b: NaN }] }), /results\.json, field "a\.0\.b": found NaN/);
  throws(() => resultsJson({ a: Infinity }), /field "a": found Infinity/);
  equal(resultsJson({ b: 1, a: null }), '{\n  "b": 1,\n  "a": null\n}\n');
});
