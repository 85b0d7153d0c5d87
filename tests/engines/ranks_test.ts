import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { duckDb, generatedQuery } from "../support/engines.ts";
import { needs } from "../support/needs.ts";
import type { SqlEngine } from "../../lib/engines/engine.ts";
import type { Group } from "../../lib/engines/quantile_groups.ts";

/** Runs a test on a DuckDB table that is asked as an engine without quantiles, and as what it is. */
function onTable(name: string, sql: string, test: (counting: SqlEngine, asking: SqlEngine) => Promise<void>): void {
  needs(["read", "write", "env", "ffi", "sys", "run"], name, async () => {
    const { openSqlEngine } = await import("../../lib/engines/mod.ts");
    const folder = await Deno.makeTempDir();
    await duckDb(`${folder}/t.duckdb`, `CREATE TABLE sessions AS ${sql}`);
    const engine = await openSqlEngine(`duckdb:${folder}/t.duckdb`);
    try {
      await test({ ...engine, dialect: { ...engine.dialect, ranks: null } }, engine);
    } finally {
      await engine.close();
      await Deno.remove(folder, { recursive: true });
    }
  });
}

onTable(
  "quantiles and boxes found by counting are those of the engine",
  generatedQuery(20_000),
  async (counting, asking) => {
    const { distributionsIn } = await import("../../lib/engines/distributions.ts");
    const { cellsFrom } = await import("../../lib/engines/counted.ts");
    const cells = await cellsFrom(asking, 100_000);
    let queries = 0;
    const watched: SqlEngine = {
      ...counting,
      rows: (sql) => {
        queries++;
        return counting.rows(sql);
      },
    };
    const found = await distributionsIn(watched, cells);
    deepEqual(found, await distributionsIn(asking, cells));
    equal(found.failedTokensByHarness!.length, 5);
    equal(found.failedTokensByCell!.length, 30);
    ok(queries < 30, `${queries} queries`);
  },
);

const group = (n: number): Group => ({
  column: "totalTokens",
  scope: `"success" IS NOT NULL`,
  shared: null,
  own: null,
  n,
  qs: [],
});
const few = (values: number[]) =>
  generatedQuery(values.length, { success: "1", totalTokens: `([${values.join(", ")}])[i + 1]` });

for (
  const [what, values] of [
    ["one value", [7]],
    ["values that are all the same", [5, 5, 5, 5]],
    ["two values far apart", [0, 9_007_199_254_740_991]],
    ["many repeats and gaps", [0, 0, 0, 1, 1, 1_000_000, 1_000_000, 1_000_001, 3, 3, 3, 3]],
  ] as [string, number[]][]
) {
  onTable(`every rank of ${what} is found by counting`, few(values), async (counting) => {
    const { countedRanks } = await import("../../lib/engines/ranks_by_counting.ts");
    const ranks = values.map((_, i) => i);
    deepEqual(await countedRanks(counting, [group(values.length)], [ranks]), [values.toSorted((a, b) => a - b)]);
  });
}

onTable("a fraction among the values is an error, wherever it lies", few([1, 2, 3.5, 4, 5]), async (counting) => {
  const { countedRanks } = await import("../../lib/engines/ranks_by_counting.ts");
  await rejects(countedRanks(counting, [group(5)], [[2]]), /"totalTokens": expected whole numbers/);
});

onTable("a group that has other rows than were counted is no answer", few([1, 2, 3]), async (counting) => {
  const { countedRanks } = await import("../../lib/engines/ranks_by_counting.ts");
  const { ChangedError } = await import("../../lib/engines/engine.ts");
  await rejects(countedRanks(counting, [group(4)], [[1]]), ChangedError);
});
