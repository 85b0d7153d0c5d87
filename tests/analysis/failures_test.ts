import { deepEqual, equal } from "node:assert/strict";
import {
  failedTokensByCell,
  failedTokensByHarness,
  failureModeOf,
  failures,
  failureThresholds,
  toolErrorsByHarness,
  toolErrorSignal,
} from "../../lib/analysis/mod.ts";
import { datasetOf, session, sessionsOf } from "./sessions.ts";

const THRESHOLDS = { tokensP90: 5000, callsP90: 50 };
const failed = (fields: Parameters<typeof session>[0]) => failureModeOf(session({ success: 0, ...fields }), THRESHOLDS);

Deno.test("a failure is in the first mode that holds", () => {
  equal(failed({ toolErrors: 5, totalTokens: 9000, errorSpans: 1 }), "tool-call errors");
  equal(failed({ toolErrors: 4, totalTokens: 5000, errorSpans: 1 }), "non-convergence / loop");
  equal(failed({ calls: 50 }), "non-convergence / loop");
  equal(failed({ totalTokens: 4999, calls: 49, errorSpans: 1 }), "runtime / span error");
  equal(failed({ toolErrors: 0 }), "silent wrong answer");
  equal(failed({ toolErrors: 9, failureMode: "silent wrong answer" }), "silent wrong answer");
});

Deno.test("a failure is silent where tool errors and failed calls were counted, and not known where they were not", () => {
  equal(failed({ toolErrors: null }), "unknown");
  equal(failed({ toolErrors: 0, errorSpans: null }), "unknown");
  equal(failed({ toolErrors: null, errorSpans: 1 }), "runtime / span error");
  equal(failed({ toolErrors: 5, errorSpans: null }), "tool-call errors");
  equal(failed({ toolErrors: null, errorSpans: null, totalTokens: 5000 }), "non-convergence / loop");
});

Deno.test("thresholds are 90th percentiles over scored sessions, successes too, by linear interpolation", () => {
  const sessions = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10].map((v) =>
    session({ totalTokens: v, calls: v, success: v > 8 ? 1 : 0 })
  );
  // numpy.quantile([0, 1, 2, 3, 4, 5, 6, 7, 8, 10], 0.9) is 8.2
  deepEqual(failureThresholds([...sessions, session({ success: null, totalTokens: 1e9 })]), {
    tokensP90: 8.2,
    callsP90: 8.2,
  });
  equal(failureThresholds([session({ success: null })]), null);
});

Deno.test("failures are counted by mode, harness and benchmark; modes without one are not listed", () => {
  const sessions = [
    ...sessionsOf(3, 1, { toolErrors: 7 }),
    ...sessionsOf(2, 0, { harness: "claude_code", benchmark: "appworld", errorSpans: 2 }),
    session({ success: null, toolErrors: 9 }),
  ];
  const found = failures(datasetOf(sessions, { thresholds: THRESHOLDS }));
  deepEqual(found.modes, { "tool-call errors": 2, "runtime / span error": 2 });
  deepEqual(found.by_cell, [
    { benchmark: "appworld", harness: "claude_code", mode: "runtime / span error", n: 2 },
    { benchmark: "swebench", harness: "tool_calling", mode: "tool-call errors", n: 2 },
  ]);
  equal(found.n, 4);
});

Deno.test("boxes take failed sessions only, and cells of 15 failures at least", () => {
  const tokens = [1, 2, 3, 4, 100];
  const few = tokens.map((totalTokens) => session({ success: 0, totalTokens }));
  const [box] = failedTokensByHarness(datasetOf([...few, session({ totalTokens: 1e6 })]));
  // numpy.quantile([1, 2, 3, 4, 100], [.25, .5, .75]) is 2, 3, 4; 1.5 IQR beyond the box ends at 7
  deepEqual(box, { harness: "tool_calling", n: 5, q1: 2, median: 3, q3: 4, whisker_lo: 1, whisker_hi: 4 });
  deepEqual(failedTokensByCell(datasetOf(few)), []);
  equal(failedTokensByCell(datasetOf(sessionsOf(15, 0)))[0]?.n, 15);
});

Deno.test("unknown tool errors are in no box", () => {
  const sessions = [session({ success: 0, toolErrors: 3 }), session({ success: 0, toolErrors: null })];
  equal(toolErrorsByHarness(datasetOf(sessions))[0]?.n, 1);
  deepEqual(toolErrorsByHarness(datasetOf(sessionsOf(4, 0))), []);
});

Deno.test("tool errors are no failure signal where successes have as many", () => {
  const signal = toolErrorSignal(datasetOf([
    ...sessionsOf(4, 3, { toolErrors: 9 }),
    ...sessionsOf(2, 2, { toolErrors: 0 }),
    ...sessionsOf(5, 2, { harness: "smolagents_code", toolErrors: 1 }),
    session({ toolErrors: null }),
  ], { thresholds: THRESHOLDS }));
  deepEqual(signal.harnesses, [{ harness: "tool_calling", failures: 1, of_failures: 1 }]);
  deepEqual(signal.cells.map((c) => [c.successes, c.of_successes, c.unknown]), [[3, 5, 1]]);
  deepEqual([signal.share_of_failures, signal.share_of_successes], [1, 0.6]);
});
