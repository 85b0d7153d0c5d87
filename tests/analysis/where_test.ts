import { deepEqual, equal, ok } from "node:assert/strict";
import { resultsOf, where } from "../../lib/analysis/mod.ts";
import { publishedPrices, replica } from "../../lib/study/mod.ts";
import { datasetOf, session, sessionsOf } from "./sessions.ts";

const DATA = await replica();

Deno.test("a slice holds the sessions that match every field, and says so", () => {
  const slice = where(DATA, { benchmark: ["swebench", "appworld"], harness: "claude_code" });
  equal(
    slice.sessions.length,
    DATA.sessions.filter((s) => /swebench|appworld/.test(s.benchmark) && s.harness === "claude_code").length,
  );
  equal(slice.info.sessions, slice.sessions.length);
  ok(slice.info.caption.endsWith("only benchmark swebench or appworld, harness claude_code"));
});

Deno.test("an empty filter is the dataset itself, and a filter that nothing matches an empty one", () => {
  equal(where(DATA, {}), DATA);
  equal(where(DATA, { model: "gpt-9" }).sessions.length, 0);
});

Deno.test("a verdict of null can be asked for", () => equal(where(DATA, { verdict: null }).sessions.length, 1));

Deno.test("a config is its harness and model", () => {
  const slice = where(DATA, { config: "claude_code · kimi-k2.5" });
  ok(slice.sessions.length > 0 && slice.sessions.every((s) => s.model === "kimi-k2.5" && s.harness === "claude_code"));
});

Deno.test("a failure keeps its mode in a slice: thresholds are those of the whole", () => {
  const few = sessionsOf(9, 0, { benchmark: "appworld", totalTokens: 10, calls: 1 });
  const many = sessionsOf(91, 91, { totalTokens: 1000, calls: 99 });
  const slice = where(datasetOf([...few, ...many]), { benchmark: "appworld" });
  deepEqual(resultsOf(slice, publishedPrices()).failures.modes, { "silent wrong answer": 9 });
  deepEqual(slice.facts.thresholds, { tokensP90: 1000, callsP90: 99 });
});

Deno.test("stated counts are sliced where they have the column, and unknown where they have not", () => {
  const byBenchmark = where(DATA, { benchmark: "swebench" }).facts;
  equal(
    byBenchmark.judgeCounts?.reduce((a, r) => a + r.n, 0),
    DATA.sessions.filter((s) => s.benchmark === "swebench").length,
  );
  ok(byBenchmark.termCounts?.every((t) => t.benchmark === "swebench"));
  const byModel = where(DATA, { model: "gpt-4.1" }).facts;
  deepEqual([byModel.judgeCounts, byModel.termCounts, byModel.shortlisting], [null, null, null]);
});

Deno.test("results of a slice of one session come without a crash", () => {
  equal(resultsOf(where(datasetOf([session()]), { verdict: 1 }), publishedPrices()).totals.sessions, 1);
});
