import { deepEqual, equal, ok } from "node:assert/strict";
import { cellsOf, shares, sharesByRun } from "../../lib/analysis/mod.ts";
import { replicaSessions } from "../../lib/study/sources/replica.ts";
import cellsCsv from "../../data/cells.csv" with { type: "text" };

const cells = cellsOf(replicaSessions(cellsCsv));

Deno.test("shares by run are the shares, with intervals around what chance does not explain", () => {
  const found = sharesByRun(cells)!;
  const expected = shares(cells)!;
  equal(found.runs, 61);
  for (const { factor, incremental, lmg } of found.rows) {
    ok(Math.abs(incremental.share - expected.incremental[factor]!) < 1e-12, factor);
    ok(Math.abs(lmg.share - expected.lmg[factor]!) < 1e-12, factor);
    ok(incremental.lo <= incremental.without_chance! && incremental.without_chance! <= incremental.hi, factor);
    ok(incremental.without_chance! <= incremental.share, factor);
  }
  deepEqual(sharesByRun(cells.toReversed())?.runs, found.runs);
});

Deno.test("where sessions of a run are alike, the harness's share is less certain by run than by session", () => {
  // Each session a run of its own: nothing is alike then.
  const alone = cells.flatMap((cell) =>
    Array.from({ length: cell.sessions }, (_, i) => ({ ...cell, sessions: 1, run: `${cell.run}-${cell.verdict}-${i}` }))
  );
  const width = (of: typeof cells) => {
    const row = sharesByRun(of)!.rows.find((r) => r.factor === "harness")!;
    return row.incremental.hi - row.incremental.lo;
  };
  ok(width(cells) > 1.5 * width(alone));
});

Deno.test("shares by run of data without a failure are unknown", () => {
  equal(sharesByRun(cells.filter((c) => c.verdict === 1)), null);
});
