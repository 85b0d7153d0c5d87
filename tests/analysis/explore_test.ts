import { deepEqual, equal } from "node:assert/strict";
import { cellsOf, op, table } from "../../lib/analysis/mod.ts";
import { replicaSessions } from "../../lib/study/sources/replica.ts";
import cellsCsv from "../../data/cells.csv" with { type: "text" };

Deno.test("Arquero counts and sums the same cells as cellsOf", () => {
  const sessions = replicaSessions(cellsCsv);
  const keys = ["benchmark", "harness", "deployment", "run", "success"] as const;
  const byHand = table(sessions).groupby(...keys)
    .rollup({ sessions: op.count(), tokens: op.sum("totalTokens"), calls: op.sum("calls") }).objects() as Record<
      string,
      string | number | null
    >[];
  const name = (values: unknown[]) => JSON.stringify(values);
  const ours = new Map(
    cellsOf(sessions).map((c) => [
      name([c.benchmark, c.harness, c.deployment, c.run, c.verdict]),
      [c.sessions, c.tokens, c.calls],
    ]),
  );
  equal(byHand.length, ours.size);
  for (const row of byHand) {
    deepEqual([row.sessions, row.tokens, row.calls], ours.get(name(keys.map((key) => row[key]))));
  }
});

Deno.test("a table of rows with other fields has null where a row lacks one", () => {
  const rows: object[] = [{ a: 1 }, { b: "x" }];
  deepEqual(table(rows).objects(), [{ a: 1, b: null }, { a: null, b: "x" }]);
});
