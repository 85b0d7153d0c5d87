import { deepEqual, equal, ok } from "node:assert/strict";
import { guardrails } from "../../lib/analysis/mod.ts";
import { resampledRules } from "../../lib/analysis/failure/guardrail_bootstrap.ts";
import { replica, STUDY_GUARDRAILS, taskFamily } from "../../lib/study/mod.ts";
import { seededRandom, youdenJ } from "../../lib/stats/mod.ts";
import { agree } from "./agree.ts";
import { session } from "./sessions.ts";

const SEED = 11;
const ROUNDING = { rtol: 1e-12 };
const tokens = (values: number[], success: 0 | 1) => values.map((totalTokens) => session({ totalTokens, success }));

Deno.test("a cap catches failures at or above it, a floor at or below it", () => {
  const [family] = guardrails([...tokens([10, 20, 40], 0), ...tokens([5, 20, 30, 35], 1)], {
    random: seededRandom(SEED),
    draws: 100,
    singleCap: 30,
  });
  deepEqual(family?.cap.find((p) => p.threshold === 20), {
    threshold: 20,
    failures_caught: 2 / 3,
    successes_stopped: 3 / 4,
  });
  deepEqual(family?.floor.find((p) => p.threshold === 20), {
    threshold: 20,
    failures_caught: 2 / 3,
    successes_stopped: 2 / 4,
  });
  deepEqual(family?.single_cap, { threshold: 30, failures_caught: 1 / 3, successes_stopped: 2 / 4 });
  agree([family?.best_cap?.threshold, family?.best_cap?.youden_j], [40, 1 / 3], ROUNDING);
});

Deno.test("the same seed gives the same intervals", () => {
  const sessions = [...tokens([10, 20, 40, 50], 0), ...tokens([5, 20, 30], 1)];
  const run = () => guardrails(sessions, { random: seededRandom(SEED), draws: 200 });
  deepEqual(run(), run());
});

Deno.test("the rule of a draw is that of Youden's J on the drawn sessions", () => {
  const [failed, solved] = [[10, 20, 20, 40, 70], [5, 20, 30, 35]];
  for (const kind of ["cap", "floor"] as const) {
    const drawn = { failed: [] as number[], solved: [] as number[] };
    const uniform = seededRandom(SEED);
    const sign = kind === "cap" ? -1 : 1;
    const all = [...failed.map((t) => [t, 0]), ...solved.map((t) => [t, 1])].sort((a, b) => sign * (a[0]! - b[0]!));
    for (let i = 0; i < all.length; i++) {
      const [t, side] = all[Math.floor(uniform() * all.length)]!;
      (side === 0 ? drawn.failed : drawn.solved).push(t!);
    }
    const expected = youdenJ(drawn.failed, drawn.solved, kind === "cap" ? "above" : "below");
    const { threshold_lo } = resampledRules(failed, solved, kind, { random: seededRandom(SEED), draws: 1 });
    agree(threshold_lo, expected.threshold, ROUNDING);
  }
});

Deno.test("without failures, or without successes, there is no best threshold", () => {
  const [only] = guardrails(tokens([1, 2], 1), { random: seededRandom(SEED) });
  deepEqual([only?.best_cap, only?.best_floor, only?.single_cap, only?.n_failed], [null, null, null, 0]);
});

Deno.test("one cap for all families catches nothing where sessions are conversations", async () => {
  const families = guardrails((await replica()).sessions, {
    ...STUDY_GUARDRAILS,
    random: seededRandom(SEED),
    draws: 20,
  });
  deepEqual(families.map((f) => f.family), ["coding and search", "conversational"]);
  const [work, talk] = families;
  equal(talk?.single_cap?.failures_caught, 0);
  ok(work?.single_cap && work.single_cap.successes_stopped > 0.1 && work.single_cap.threshold === 2_000_000);
  ok(talk?.best_floor && talk.best_floor.youden_j > (talk.best_cap?.youden_j ?? 1));
  for (const rule of families.flatMap((f) => [f.best_cap!, f.best_floor!])) {
    ok(rule.validated_j !== null && rule.validated_j < rule.youden_j, "runs left out are less kind");
    agree(rule.optimism, rule.youden_j - rule.validated_j, ROUNDING);
  }
});

Deno.test("without families and a cap to ask about there is one family and no single cap", () => {
  const sessions = [session({ success: 0 }), session({ success: 1, benchmark: "mine" })];
  const families = guardrails(sessions, { random: seededRandom(SEED), draws: 5 });
  deepEqual(families.map((f) => [f.family, f.benchmarks, f.single_cap]), [["all suites", ["mine", "swebench"], null]]);
});

Deno.test("TAU suites are conversations, everything else is work", () => {
  deepEqual(["tau2_retail", "tau_bench", "swebench", "mine"].map(taskFamily), [
    "conversational",
    "conversational",
    "coding and search",
    "coding and search",
  ]);
});
