import { deepEqual, equal, ok } from "node:assert/strict";
import { cellsOf, datasetOf, league, MIN_LEAGUE_N, planComparison } from "../../lib/analysis/mod.ts";
import type { Cell } from "../../lib/model/mod.ts";
import { drawBinomial, seededRandom } from "../../lib/stats/mod.ts";
import { replica } from "../../lib/study/mod.ts";
import { aSession } from "../support/a_session.ts";

/** Cells of three benchmarks and given rates by harness, a run each. */
function cells(rates: Record<string, number[]>, n = 60): Cell[] {
  const random = seededRandom(8);
  const sessions = Object.entries(rates).flatMap(([harness, byBenchmark]) =>
    byBenchmark.flatMap((rate, b) => {
      const k = drawBinomial(random, n, rate);
      return Array.from({ length: Number.isNaN(rate) ? 0 : n }, (_, i) =>
        aSession({
          sessionId: `${harness}${b}_${i}`,
          run: `${harness}${b}`,
          benchmark: `b${b}`,
          harness,
          success: i < k ? 1 : 0,
        }));
    })
  );
  const info = { name: "made up", sha256: "", sessions: sessions.length, sentence: "Made up.", caption: "made up" };
  return cellsOf(datasetOf(info, sessions));
}

Deno.test("the league table puts the better config first, with what is known of its place", () => {
  const table = league(cells({ good: [0.9, 0.8, 0.85], poor: [0.4, 0.3, 0.35], fair: [0.6, 0.55, 0.6] }), {
    random: seededRandom(1),
  })!;
  deepEqual(table.rows.map((r) => r.harness), ["good", "fair", "poor"]);
  const [first, , last] = table.rows;
  ok(first!.best > 0.95 && first!.near_best >= first!.best && first!.rank_lo === 1 && first!.rank_hi === 1);
  ok(last!.best < 0.01 && last!.lo < last!.rate && last!.rate < last!.hi);
  ok(Math.abs(table.rows.reduce((sum, r) => sum + r.best, 0) - 1) < 1e-9);
  ok(first!.unseen!.hi - first!.unseen!.lo > first!.hi - first!.lo, "a new benchmark is less certain than these");
  deepEqual(table.benchmarks, ["b0", "b1", "b2"]);
});

Deno.test("a config tried on an easy benchmark alone does not lead by that", () => {
  const table = league(cells({ wide: [0.95, 0.5, 0.5], narrow: [0.93, NaN, NaN], other: [0.9, 0.4, 0.45] }), {
    random: seededRandom(2),
  })!;
  const narrow = table.rows.find((r) => r.harness === "narrow")!;
  ok(narrow.rate < narrow.k / narrow.n - 0.08 && narrow.benchmarks === 1, JSON.stringify(narrow));
  ok(narrow.hi - narrow.lo > 0.2);
});

Deno.test("one config, one outcome or no session have no league table; one benchmark says nothing of others", () => {
  const random = seededRandom(1);
  equal(league([], { random }), null);
  equal(league(cells({ a: [0.5] }), { random }), null);
  equal(league(cells({ a: [1], b: [1] }), { random }), null);
  const single = league(cells({ a: [0.5], b: [0.7] }), { random })!;
  deepEqual(single.rows.map((r) => r.unseen), [null, null]);
});

Deno.test("runs of one session each, as where none is named, are not told from chance", () => {
  const sessions = Array.from(
    { length: 120 },
    (_, i) =>
      aSession({
        sessionId: `s${i}`,
        run: `s${i}`,
        harness: `h${i % 3}`,
        model: `m${i % 2}`,
        success: i % 7 < 3 ? 1 : 0,
      }),
  );
  const named = sessions.map((session, i) => ({ ...session, run: `night ${i % 6} ${i >> 5}` }));
  const terms = (of: typeof sessions) =>
    league(cellsOf(of), { random: seededRandom(1) })!.spread.map(({ term }) => term);
  equal(terms(sessions).includes("run"), false);
  equal(terms(named).includes("run"), true);
});

Deno.test("the replica's cells differ beyond what harness and model add up to, and its order does not matter", async () => {
  const all = cellsOf(await replica());
  const found = league(all, { random: seededRandom(3) })!;
  const spread = new Map(found.spread.map((s) => [s.term, s]));
  ok(spread.get("cell")!.lo > 0.3 && spread.get("run")!.lo === 0);
  ok(found.rows.every((r) => r.best < 0.6), "no config is clearly the best");
  deepEqual(league(all.toReversed(), { random: seededRandom(3) })!.rows, found.rows);
});

Deno.test("of a handful of sessions there is no league and no plan", () => {
  const few = cells({ good: [0.75], poor: [0.25] }, MIN_LEAGUE_N - 1);
  equal(league(few, { random: seededRandom(1) }), null);
  const outcomes = ([1, 0, 1] as const).map((success, i) =>
    aSession({ sessionId: `s${i}`, harness: `h${i % 2}`, success })
  );
  const info = { name: "made up", sha256: "", sessions: 3, sentence: "Made up.", caption: "made up" };
  equal(planComparison(datasetOf(info, outcomes), { difference: 0.05 }), null);
});
