import { deepEqual, equal, ok } from "node:assert/strict";
import { cellsOf, shares, sharesByRun } from "../../lib/analysis/mod.ts";
import { replicaSessions } from "../../lib/study/sources/replica.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import cellsCsv from "../../data/cells.csv" with { type: "text" };

const cells = cellsOf(replicaSessions(cellsCsv));

Deno.test("shares by run are the shares, with intervals around them, the same for the same seed", () => {
  const found = sharesByRun(cells, { random: seededRandom(1), draws: 60 })!;
  const expected = shares(cells)!;
  equal(found.runs, 61);
  for (const { factor, incremental, lmg } of found.rows) {
    equal(incremental.share, expected.incremental[factor]);
    equal(lmg.share, expected.lmg[factor]);
    ok(incremental.lo <= incremental.share && incremental.share <= incremental.hi, factor);
  }
  deepEqual(sharesByRun(cells, { random: seededRandom(1), draws: 60 }), found);
});

Deno.test("where sessions of a run are alike, the harness's share is less certain by run than by session", () => {
  // Each session a run of its own: resampling runs is then resampling sessions within their verdicts.
  const alone = cells.flatMap((cell) =>
    Array.from({ length: cell.sessions }, (_, i) => ({ ...cell, sessions: 1, run: `${cell.run}-${cell.verdict}-${i}` }))
  );
  const width = (of: typeof cells, draws: number) => {
    const row = sharesByRun(of, { random: seededRandom(1), draws })!.rows.find((r) => r.factor === "harness")!;
    return row.incremental.hi - row.incremental.lo;
  };
  ok(width(cells, 60) > 1.5 * width(alone, 20));
});

Deno.test("shares by run of data without a failure are unknown", () => {
  equal(sharesByRun(cells.filter((c) => c.verdict === 1), { random: seededRandom(1), draws: 5 }), null);
});
