import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { compare, ratesBy, where, withColumn } from "../../lib/analysis/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { fisherExact, mcnemar, newcombe, pairedDifference, stratifiedFisher } from "../../lib/stats/mod.ts";
import { replica } from "../../lib/study/mod.ts";
import { datasetOf, session, sessionsOf } from "./sessions.ts";

const DATA = await replica();

/** One session a letter: task, harness, solved or not. */
function tried(harness: string, results: Record<string, string>): Session[] {
  return Object.entries(results).flatMap(([taskId, tries]) =>
    [...tries].map((mark, i) =>
      session({
        sessionId: `${harness}_${taskId}_${i}`,
        harness,
        taskId,
        trial: String(i),
        success: mark === "?" ? null : mark === "+" ? 1 : 0,
      })
    )
  );
}

Deno.test("tasks that both tried once are compared by McNemar's exact test; others say nothing, and are counted", () => {
  const a = tried("a", { t1: "+", t2: "+", t3: "+", t4: "+", t5: "-", t6: "+", t7: "+", t8: "?" });
  const b = tried("b", { t1: "-", t2: "-", t3: "-", t4: "-", t5: "-", t6: "+", t9: "+", t8: "+" });
  const found = compare(datasetOf([...a, ...b]), { harness: ["a", "b"], by: "task" });
  const expected = mcnemar({ both: 1, onlyFirst: 4, onlySecond: 0, neither: 1 });
  equal(found.test, "McNemar's exact test");
  ok(Math.abs(found.pValue - expected.pValue) < 1e-12);
  equal(found.estimate, expected.estimate);
  deepEqual([found.pairs, found.n, found.leftOut], [6, 12, 3]);
  deepEqual(found.first, { name: "a", n: 6, k: 5, rate: 5 / 6 });
  deepEqual(found.notHeld, []);
});

Deno.test("repeats of a task are no more tasks: the interval is over tasks, the test over their signs", () => {
  const once = datasetOf([...tried("a", { t1: "+", t2: "+", t3: "-" }), ...tried("b", { t1: "-", t2: "+", t3: "-" })]);
  const often = datasetOf([
    ...tried("a", { t1: "++++", t2: "++++", t3: "----" }),
    ...tried("b", { t1: "----", t2: "++++", t3: "----" }),
  ]);
  const [few, many] = [once, often].map((data) => compare(data, { harness: ["a", "b"], by: "task" }));
  equal(many!.pValue, few!.pValue);
  equal(many!.estimate, few!.estimate);
  equal(many!.test, "exact test over the signs of the tasks' differences");
  const trials = ["t1", "t2", "t3"].map((task, i) => ({
    task,
    first: { n: 4, k: i < 2 ? 4 : 0 },
    second: { n: 4, k: i === 1 ? 4 : 0 },
  }));
  const { lo, hi } = pairedDifference(trials);
  deepEqual([many!.lo, many!.hi], [lo, hi]);
});

Deno.test("a task of one suite is not the task of the same name of another", () => {
  const of = (harness: string, benchmark: string) =>
    tried(harness, { t1: "+" }).map((s) => ({ ...s, benchmark, sessionId: `${s.sessionId}${benchmark}` }));
  throws(
    () => compare(datasetOf([...of("a", "x"), ...of("b", "y")]), { harness: ["a", "b"], by: "task" }),
    /made up: "a" and "b" have no task in common; give the sessions a taskId, or compare by "benchmark"/,
  );
});

Deno.test("sessions without a task cannot be paired, which is said with how many they are", () => {
  throws(
    () => compare(DATA, { harness: ["claude_code", "tool_calling"], by: "task" }),
    /no task in common \(of 1269 of 1269 sessions it is not known\)/,
  );
});

Deno.test("without anything held fixed it is Fisher's test and Newcombe's interval, and says what else differs", () => {
  const found = compare(DATA, { harness: ["claude_code", "tool_calling"] });
  const [a, b] = ["claude_code", "tool_calling"].map((name) =>
    ratesBy(DATA.cells, ["harness"]).find((r) => r.harness === name)!
  );
  const rates = { k1: a!.k, n1: a!.n, k2: b!.k, n2: b!.n };
  equal(found.pValue, fisherExact(rates).pValue);
  const { estimate, lo, hi } = newcombe(rates);
  deepEqual([found.estimate, found.lo, found.hi], [estimate, lo, hi]);
  deepEqual([found.pairs, found.leftOut, found.notHeld], [null, 0, ["benchmark", "model"]]);
  equal(found.test, "Fisher's exact test");
});

Deno.test("within strata both sides' sessions of the same names are compared, and others left out", () => {
  const by = ["benchmark", "model"];
  const found = compare(DATA, { harness: ["claude_code", "tool_calling"], by });
  const counts = ratesBy(DATA.cells, ["benchmark", "model", "harness"]);
  const strata = counts.filter((r) => r.harness === "claude_code").flatMap((a) => {
    const b = counts.find((r) => r.harness === "tool_calling" && r.benchmark === a.benchmark && r.model === a.model);
    return b ? [{ k1: a.k, n1: a.n, k2: b.k, n2: b.n }] : [];
  });
  equal(found.pairs, strata.length);
  equal(found.pValue, stratifiedFisher(strata).pValue);
  equal(found.n + found.leftOut, 1269);
  equal(found.test, "Fisher's exact test within benchmark and model");
  deepEqual(found.notHeld, []);
});

Deno.test("sides of any field, a column of one's own included, are compared and grouped by", () => {
  const sized = withColumn(DATA, "size", (s) => s.calls > 30 ? "long" : "short");
  const rates = ratesBy(sized, ["size"]);
  deepEqual(rates.map((r) => r.size), ["long", "short"]);
  equal(rates.reduce((sum, r) => sum + r.n, 0), 1780);
  equal(where(sized, { size: "long" }).sessions.every((s) => s.calls > 30), true);
  const found = compare(sized, { size: ["long", "short"], by: "benchmark" });
  equal(found.first.n + found.second.n + found.leftOut, 1780);
  deepEqual(ratesBy(sized, ["harness"]).map((r) => r.n), ratesBy(DATA.cells, ["harness"]).map((r) => r.n));
  throws(() => where(sized, { size: "huge" }), /no size "huge"; of size there are long, short/);
  throws(() => withColumn(DATA, "calls", () => 1), /sessions have a field "calls" already/);
  deepEqual(
    ratesBy(withColumn(datasetOf(sessionsOf(12, 5)), "n", (s) => Number(s.sessionId.match(/\d+$/)![0])), ["n"]).map((
      r,
    ) => r.n).length,
    12,
  );
});

Deno.test("what cannot be compared is an error that says why", () => {
  const two = datasetOf([session({ harness: "a" }), session({ harness: "b", success: null, sessionId: "r1_s2" })]);
  throws(() => compare(two, { harness: ["a", "b"] }), /harness "b" has no scored session/);
  throws(
    () => compare(DATA, { harness: ["claude_code", "tool_caling"] }),
    /no harness "tool_caling"; did you mean "tool_calling"/,
  );
  throws(() => compare(DATA, { harness: ["claude_code", "claude_code"] }), /expected one field with two values/);
  throws(() => compare(DATA, { by: "task" }), /expected one field with two values/);
  throws(
    () => compare(DATA, { harness: ["claude_code", "tool_calling"], by: ["task", "model"] }),
    /by "task" stands alone/,
  );
  throws(
    () => compare(DATA, { harness: ["claude_code", "tool_calling"], by: "modle" }),
    /no field "modle"; did you mean "model"/,
  );
});

Deno.test("where sessions stay in an engine, names of cells are enough for strata and not for tasks", () => {
  const { info, cells, distributions } = DATA;
  const away = { info, cells, distributions, held: "none" as const, sessions: null };
  const by = "benchmark";
  deepEqual(
    compare(away, { harness: ["claude_code", "tool_calling"], by }),
    compare(DATA, { harness: ["claude_code", "tool_calling"], by }),
  );
  throws(
    () => compare(away, { harness: ["claude_code", "tool_calling"], by: "task" }),
    /its 1,781 sessions stay in the engine/,
  );
  ok(ratesBy(away, ["config"]).length > 5);
  match(where(away, { benchmark: "swebench" }).info.caption, /only benchmark swebench/);
  throws(() => where(away, { calls: 3 }), /"calls" is not counted in cells, and not all sessions are held/);
});
