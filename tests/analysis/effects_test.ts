import { deepEqual, equal, ok } from "node:assert/strict";
import { cellsOf, effects, logitInteractions, sensitivity } from "../../lib/analysis/mod.ts";
import { REFERENCE, replica } from "../../lib/study/mod.ts";
import oracle from "./oracle.json" with { type: "json" };
import { agree } from "./agree.ts";
import { sessionsOf } from "./sessions.ts";

const EXACT = { rtol: 1e-6, atol: 1e-12 };
const LIKELIHOOD = { rtol: 1e-4 };
const FIT = { reference: REFERENCE };
const CELLS = cellsOf((await replica()).sessions);

Deno.test("effects agree with statsmodels under HC1 and clustered by run", () => {
  const found = effects(CELLS, FIT);
  const row = found?.rows.find((r) => r.level === "claude_code");
  const { lpm_hc1, lpm_cluster_run } = oracle;
  const name = "harness=claude_code";
  agree(row?.estimate, lpm_hc1.terms[name].estimate, EXACT, "estimate");
  agree([row?.hc1?.lo, row?.hc1?.hi], [lpm_hc1.terms[name].lo, lpm_hc1.terms[name].hi], EXACT, "HC1");
  agree([row?.cr1?.lo, row?.cr1?.hi], [lpm_cluster_run.terms[name].lo, lpm_cluster_run.terms[name].hi], EXACT, "CR1");
});

Deno.test("levels in fewer than five runs have no clustered interval and are named", () => {
  const thin = effects(CELLS, FIT)?.rows.filter((r) => r.too_few_runs);
  deepEqual(thin?.map((r) => [r.level, r.runs, r.cr1, r.small_sample]), [
    ["gpt-5.2", 1, null, null],
    ["tool_calling_with_shortlisting", 3, null, null],
  ]);
  ok(thin?.every((r) => r.hc1 !== null && r.withheld !== null));
});

Deno.test("most cells hold a single run, and clustering widens the intervals", () => {
  const found = effects(CELLS, FIT);
  deepEqual([found?.runs, found?.cells, found?.cells_with_one_run], [61, 52, 43]);
  ok(found?.widening && found.widening.min > 1 && found.widening.small_sample_median > found.widening.median);
});

Deno.test("levels that occur with a single level of another factor are named as confounded", () => {
  const found = effects(CELLS, FIT)?.confounded.map((c) => `${c.level} with ${c.only}, n = ${c.n}`);
  ok(found?.includes("gpt-5.2 with swebench, n = 52"));
  ok(found?.includes("tool_calling_with_shortlisting with appworld, n = 82"));
});

Deno.test("unless told otherwise every level is compared with the most frequent one", () => {
  const found = effects(cellsOf([
    ...sessionsOf(10, 3, { harness: "rare" }),
    ...sessionsOf(20, 8, { harness: "usual" }),
    ...sessionsOf(20, 9, { harness: "zeal" }),
  ]));
  deepEqual(found?.references, { benchmark: "swebench", model: "kimi-k2.5", harness: "usual" });
  deepEqual(found?.rows.map((r) => [r.level, r.reference]), [["rare", "usual"], ["zeal", "usual"]]);
});

Deno.test("there are no effects where nothing varies", () => equal(effects(cellsOf(sessionsOf(9, 9))), null));

Deno.test("sensitivity begins with the published shares and agrees with statsmodels under other choices", () => {
  const rows = sensitivity(CELLS);
  const sharesOf = (choice: string) => {
    const row = rows.find((r) => r.choice === choice);
    return { benchmark: row?.benchmark, model: row?.model, harness: row?.harness };
  };
  const only = ({ benchmark, model, harness }: Record<"benchmark" | "model" | "harness", number>) => ({
    benchmark,
    model,
    harness,
  });
  agree(sharesOf("as they are"), only(oracle.incremental_r2), EXACT, "as published");
  agree(sharesOf("order-free share (LMG)"), oracle.lmg_r2, EXACT, "LMG");
  agree(sharesOf("without gpt-4.1"), only(oracle.incremental_r2_without_gpt41), EXACT, "without gpt-4.1");
  agree(sharesOf("logistic regression"), only(oracle.mcfadden), LIKELIHOOD, "McFadden");
});

Deno.test("each benchmark, model and harness is left out in turn", () => {
  const left = sensitivity(CELLS).filter((r) => r.kind === "left out");
  equal(left.length, 6 + 6 + 5);
  const n = CELLS.filter((c) => c.verdict !== null && c.harness !== "claude_code").reduce((a, c) => a + c.sessions, 0);
  equal(left.find((r) => r.choice === "without claude_code")?.n, n);
});

Deno.test("a choice that leaves one level of a factor says that it has no share", () => {
  const cells = cellsOf([...sessionsOf(10, 3), ...sessionsOf(10, 8, { harness: "claude_code" })]);
  const row = sensitivity(cells).find((r) => r.choice === "without claude_code");
  deepEqual([row?.harness, row?.note], [
    null,
    "only one benchmark and one model and one harness is left, which has no share",
  ]);
});

Deno.test("a logistic regression with interactions names the terms that perfect cells leave without an estimate", () => {
  const found = logitInteractions(CELLS);
  const whys = Object.values(found?.separated ?? {}).join();
  ok(whys.includes("model=claude-opus-4-5, harness=claude_code: 138 of 138"));
  ok(whys.includes("model=gemini-3-pro, harness=claude_code: 38 of 38"));
  ok(found && found.terms > Object.keys(found.separated).length);
  equal(logitInteractions(cellsOf(sessionsOf(9, 9))), null);
});
