import { deepEqual, ok } from "node:assert/strict";
import { loadDataset, replica } from "../../lib/sources/mod.ts";
import { publishedPrices, type Results, resultsOf } from "../../lib/analysis/mod.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
// Made with statsmodels on the judged table; see the note in the folder of the values.
import golden from "../golden/judged.json" with { type: "json" };
// Made with: /usr/bin/python3 tests/analysis/oracle.py
import oracle from "./oracle.json" with { type: "json" };
import { agree, type Tolerance } from "./agree.ts";

/** The tolerance of the contract. */
const EXACT: Tolerance = { rtol: 1e-6, atol: 1e-12 };
/** Maximum likelihood stops where two programs' stopping rules stop. */
const LIKELIHOOD: Tolerance = { rtol: 1e-4 };
/** Sums of seconds are rounded to nine digits in data/cells.csv. */
const SUMS: Tolerance = { rtol: 1e-6, atol: 1e-9 };
/** Quartiles of the replica. */
const CLOSE: Tolerance = { rtol: 0.1 };

/** Keys that are distributions: the replica has them close, not exact. */
const DISTRIBUTIONS = ["failed_tokens_by_harness", "failed_tokens_by_cell", "tool_errors_by_harness"];

const { mcfadden: _, ...ORACLE_KEYS } = oracle;

Deno.test("the replica has every count, rate, mean and fit of the golden values", async () => {
  const results = keyed(resultsOf(await replica(), publishedPrices()));
  for (const [key, expected] of Object.entries(golden)) {
    if (!DISTRIBUTIONS.includes(key)) agree(results[key], expected, EXACT, key);
  }
});

Deno.test("the replica agrees with statsmodels and pandas on every other key of counts and sums", async () => {
  const results = keyed(resultsOf(await replica(), publishedPrices()));
  for (const [key, expected] of Object.entries(ORACLE_KEYS)) {
    agree(results[key], expected, key === "logit" ? LIKELIHOOD : SUMS, key);
  }
});

Deno.test("the replica's quartiles of failed tokens are within 10% where a cell has 30 failures", async () => {
  const { failed_tokens_by_cell: found } = resultsOf(await replica(), publishedPrices());
  const quartiles = (rows: typeof found) =>
    rows.filter((r) => r.n >= 30).map(({ benchmark, harness, q1, median, q3 }) => ({
      benchmark,
      harness,
      q1,
      median,
      q3,
    }));
  ok(quartiles(found).length >= 5);
  agree(quartiles(found), quartiles(golden.failed_tokens_by_cell), CLOSE, "failed_tokens_by_cell");
});

onRecorded("mirror", "the judged table equals the golden values on every key they hold", async () => {
  const results = await judged();
  for (const [key, expected] of Object.entries(golden)) agree(results[key], expected, EXACT, key);
});

onRecorded("mirror", "the judged table agrees with statsmodels and pandas on every other key", async () => {
  const results = await judged();
  for (const [key, expected] of Object.entries(ORACLE_KEYS)) {
    agree(results[key], expected, key === "logit" ? LIKELIHOOD : SUMS, key);
  }
});

onRecorded("mirror", "the replica has the judged table's keys, and its numbers but for distributions", async () => {
  const [table, rebuilt] = [await judged(), keyed(resultsOf(await replica(), publishedPrices()))];
  deepEqual(Object.keys(rebuilt), Object.keys(table));
  for (const [key, expected] of Object.entries(table)) {
    if (key !== "source" && !DISTRIBUTIONS.includes(key)) agree(rebuilt[key], expected, SUMS, key);
  }
  const quartiles = ({ failed_tokens_by_harness: rows }: Record<string, unknown>) =>
    (rows as Results["failed_tokens_by_harness"]).map(({ harness, q1, median, q3 }) => ({ harness, q1, median, q3 }));
  agree(quartiles(rebuilt), quartiles(table), CLOSE, "failed_tokens_by_harness");
});

async function judged(): Promise<Record<string, unknown>> {
  Deno.env.set("TRACES_MIRROR", sharedPath("mirror"));
  return keyed(resultsOf(await loadDataset("judged"), publishedPrices()));
}

const keyed = (results: Results): Record<string, unknown> => ({ ...results });
