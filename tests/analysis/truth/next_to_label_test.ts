import { deepEqual, equal, match, ok } from "node:assert/strict";
import { nextToLabel } from "../../../lib/analysis/mod.ts";
import { seededRandom } from "../../../lib/stats/mod.ts";
import { sessionsOf } from "../sessions.ts";

const next = (harnesses: Record<string, number>, budget = 20) =>
  nextToLabel(
    Object.entries(harnesses).flatMap(([harness, n]) =>
      sessionsOf(n, Math.floor(n / 2), { harness, judgeModel: "owl-1" }).map((s, i) => ({
        ...s,
        sessionId: `${harness}_${i}`,
      }))
    ),
    [],
    budget,
    seededRandom(1),
  ).reason;

Deno.test("most labels are said to lie in a stratum only where more than half do", () => {
  const even = next({ a: 40, b: 40, c: 40, d: 40, e: 40 });
  ok(!/most of them/.test(even), even);
  match(even, /over 5 strata/);
  match(next({ a: 400, b: 10 }), /most of them \(1\d\) in .*a/);
  match(next({ a: 40 }), /all in .*a.*, the only stratum/);
});

Deno.test("strata are of what the labels are for, and chances are those of the draw, of strata drawn together too", () => {
  const sessions = ["a", "b", "c", "d"].flatMap((harness) =>
    sessionsOf(25, 12, { harness, judgeModel: "owl-1" }).map((s, i) => ({ ...s, sessionId: `${harness}_${i}` }))
  );
  const drawn = (budget: number, by?: ["harness"] | ["model"]) =>
    nextToLabel(sessions, [], budget, seededRandom(1), by).next;
  deepEqual(new Set(drawn(20, ["harness"]).map(({ stratum }) => stratum)), new Set(["a", "b", "c", "d"]));
  equal(new Set(drawn(20, ["model"]).map(({ stratum }) => stratum)).size, 1);
  // Five labels do not reach four strata of two each.
  for (const budget of [5, 20]) {
    const next = drawn(budget);
    for (const [stratum, of] of Map.groupBy(next, ({ stratum }) => stratum)) {
      const sizes = 25 * stratum.split(" + ").length;
      equal(of[0]!.probability, of.length / sizes, stratum);
    }
    ok(next.length === budget);
  }
});

Deno.test("no interval is said to be wider than all there is", () => {
  match(next({ a: 3 }), /^3 more labels are expected to leave the rate over all sessions open, all in/);
  match(next({ a: 40 }), /an interval of \d\d points/);
});
