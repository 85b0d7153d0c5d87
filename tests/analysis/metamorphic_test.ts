import { equal, ok } from "node:assert/strict";
import { datasetOf, type Results, resultsOf } from "../../lib/analysis/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { publishedPrices, REFERENCE, replica } from "../../lib/study/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { agree } from "./agree.ts";

/** Sums in another order differ in their last bits. */
const ROUNDING = { rtol: 1e-9, atol: 1e-12 };
const FIT = { reference: REFERENCE };
const ALL = resultsOf(await replica(), publishedPrices(), FIT);

const changed = async (change: (sessions: Session[]) => Session[]): Promise<Results> => {
  const { info, sessions, distributions } = await replica();
  const { thresholds, judge, termCounts, duplicates } = distributions;
  const dataset = datasetOf(info, change(sessions), { thresholds, judge, termCounts, duplicates });
  return resultsOf(dataset, publishedPrices(), FIT);
};

Deno.test("the order of sessions changes no result", async () => {
  const random = seededRandom(5);
  const keys = new Map<Session, number>();
  const shuffled = await changed((sessions) => {
    for (const s of sessions) keys.set(s, random());
    return [...sessions].sort((a, b) => keys.get(a)! - keys.get(b)!);
  });
  agree(shuffled, ALL, ROUNDING, "results");
});

Deno.test("other names of a harness change nothing but the names", async () => {
  const renamed = await changed((sessions) =>
    sessions.map((s) => s.harness === "claude_code" ? { ...s, harness: "claude_codex" } : s)
  );
  const restored = JSON.parse(JSON.stringify(renamed).replaceAll("claude_codex", "claude_code"));
  agree(restored, ALL, ROUNDING, "results");
});

Deno.test("every session twice: same rates and coefficients, smaller errors, same clustered ones", async () => {
  const twice = await changed((sessions) => [...sessions, ...sessions]);
  agree(twice.cells.map((c) => c.rate), ALL.cells.map((c) => c.rate), ROUNDING, "rates");
  agree(twice.incremental_r2, ALL.incremental_r2, ROUNDING, "incremental_r2");
  agree(twice.eta_squared, ALL.eta_squared, ROUNDING, "eta_squared");
  const [name, n] = ["harness=claude_code", ALL.totals.scored];
  const [one, two] = [ALL.lpm_hc1?.terms[name], twice.lpm_hc1?.terms[name]];
  ok(one && two);
  agree(two.estimate, one.estimate, ROUNDING, "estimate");
  const p = Object.keys(ALL.lpm_hc1?.terms ?? {}).length;
  // HC1's factor n / (n - p) is all that keeps the ratio from the square root of 2.
  agree((one.std_error ?? NaN) / (two.std_error ?? NaN), Math.sqrt((2 * n - p) / (n - p)), ROUNDING, "std_error");
  const factor = Math.sqrt((2 * n - 1) / (2 * n - p) / ((n - 1) / (n - p)));
  const [cr, crTwice] = [ALL.lpm_cluster_run?.terms[name], twice.lpm_cluster_run?.terms[name]];
  agree((crTwice?.std_error ?? NaN) / factor, cr?.std_error, ROUNDING, "clustered std_error");
});

Deno.test("a run split in two changes no count, and no error but the clustered one", async () => {
  const split = await changed((sessions) =>
    sessions.map((s, i) => s.benchmark === "swebench" && i % 2 === 0 ? { ...s, run: `${s.run}b` } : s)
  );
  const { lpm_cluster_run: before, ...expected } = ALL;
  const { lpm_cluster_run: after, ...found } = split;
  agree(found, expected, ROUNDING, "results");
  const name = "harness=claude_code";
  ok(Math.abs((before?.terms[name]?.std_error ?? 0) - (after?.terms[name]?.std_error ?? 0)) > 1e-6);
});

Deno.test("a session without a verdict changes counts of sessions and means, and no rate", async () => {
  const more = await changed((sessions) => [...sessions, { ...sessions[0]!, success: null, failureMode: null }]);
  equal(more.totals.sessions, ALL.totals.sessions + 1);
  agree(more.by_harness, ALL.by_harness, ROUNDING, "by_harness");
  agree(more.lpm_hc1, ALL.lpm_hc1, ROUNDING, "lpm_hc1");
  agree(more.cost_by_config, ALL.cost_by_config, ROUNDING, "cost_by_config");
});
