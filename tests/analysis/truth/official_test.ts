import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  cellsOf,
  incrementalShares,
  official,
  officialAgreement,
  officialGaps,
  whatExplains,
} from "../../../lib/analysis/mod.ts";
import { officialRates, parseOfficialRates, replica } from "../../../lib/study/mod.ts";
import { aSession } from "../../support/a_session.ts";
// Made with: /usr/bin/python3 tests/analysis/ground_truth/oracle.py > tests/analysis/ground_truth/oracle.json
import oracle from "./oracle.json" with { type: "json" };

/** The tolerance of the contract of results.json. */
const EXACT = { rtol: 1e-6 };
const near = (found: number | null | undefined, expected: number, what: string) =>
  ok(Math.abs((found ?? NaN) - expected) <= EXACT.rtol * Math.abs(expected), `${what}: ${found}, not ${expected}`);

const HEADER = "benchmark,harness,model,n,k,official_rate,steps,agent_usd,repeats_tool_calling";

Deno.test("official agrees with pandas, scipy and numpy on every number", async () => {
  const found = official(cellsOf((await replica()).sessions), officialRates());
  near(found.spearman, oracle.spearman, "spearman");
  near(found.mean_absolute_gap, oracle.mean_absolute_gap, "mean_absolute_gap");
  for (
    const key of [
      "incremental_r2",
      "incremental_r2_active_cells",
      "incremental_r2_shared_cells",
      "judged_incremental_r2_shared_cells",
    ] as const
  ) {
    for (const factor of ["benchmark", "model", "harness", "full"] as const) {
      near(found[key]?.[factor], oracle[key][factor], `${key}.${factor}`);
    }
  }
  equal(found.all.length, oracle.rows);
  equal(found.cells.length, oracle.cells);
});

Deno.test("rows that repeat tool_calling are in no number", () => {
  const rates = officialRates();
  ok(rates.some((r) => r.repeatsAnother));
  const { all } = official([], rates);
  equal(all.length, rates.filter((r) => !r.repeatsAnother).length);
});

Deno.test("without judged cells what cannot be said is null, and the official regressions stand", () => {
  const found = official([], officialRates());
  deepEqual(
    [found.cells, found.spearman, found.mean_absolute_gap, found.judged_incremental_r2_shared_cells],
    [[], null, null, null],
  );
  ok(found.incremental_r2);
  deepEqual(officialAgreement(officialGaps([], officialRates())), []);
  equal(incrementalShares([]), null);
});

Deno.test("a gap carries chance and the selection that would explain it", () => {
  const judged = Array.from(
    { length: 40 },
    (_, i) => aSession({ sessionId: `r_${i}`, benchmark: "appworld", model: "deepseek-v3.2", success: i < 36 ? 1 : 0 }),
  );
  const [gap] = officialGaps(cellsOf(judged), officialRates());
  ok(gap && gap.differs && gap.gap > 0.8 && gap.gap_lo > 0.6);
  near(gap.selection, (0.9 / 0.1) / (0.03 / 0.97), "selection");
  ok((gap.selection_at_least ?? 0) > 1 && (gap.selection_at_least ?? 0) < (gap.selection ?? 0));
  equal(gap.wrong_if_subset, 36 - 3, "3 of 100 were solved, so 33 of 36 verdicts would be wrong");
});

Deno.test("what explains success comes with intervals that hold their shares, and the corrected slot empty", async () => {
  const rows = whatExplains(cellsOf((await replica()).sessions), officialRates());
  equal(rows.some((r) => r.verdicts === "corrected"), false);
  for (const row of rows) {
    for (const { share, without_chance, lo, hi } of [row.harness, row.model, row.benchmark]) {
      ok(lo <= without_chance! && without_chance! <= hi && without_chance! <= share, row.verdicts);
    }
  }
  const [judged, graded] = ["judged, shared cells", "official, shared cells"].map((v) =>
    rows.find((r) => r.verdicts === v)
  );
  // Judged, the model may explain nothing and the harness explains something; graded, it is the other way.
  ok(judged && graded && judged.harness.lo > 0 && judged.model.lo === 0);
  ok(graded.model.lo > graded.harness.hi && graded.harness.lo === 0);
});

Deno.test("a fault in the official rates names file, row and column", () => {
  const parse = (line: string) => () => parseOfficialRates(`${HEADER}\n${line}`, "rates.csv");
  throws(parse("a,b,c,100,66,x,1,1,False"), /rates\.csv, row 0, field "official_rate": expected a number, found "x"/);
  throws(parse("a,b,c,100,65,0.66,1,1,False"), /field "k": expected round\(official_rate x n\); found 65/);
  throws(parse("a,b,c,100,66,0.66,1,1,no"), /field "repeats_tool_calling": expected True or False, found "no"/);
  throws(parse("a,b,c,100,166,1.66,1,1,False"), /field "officialRate"/);
  throws(parse("a,b,c,1,1,1,1,1,False\na,b,c,1,1,1,1,1,False"), /row 1: a x b x c is also row 0/);
});
