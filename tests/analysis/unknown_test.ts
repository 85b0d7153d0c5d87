import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  cellRows,
  cellsOf,
  costByConfig,
  costIntervalsByConfig,
  failedCostPremium,
  failedOverSuccessful,
  failures,
  guardrails,
  resultsOf,
  totals,
} from "../../lib/analysis/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { publishedPrices } from "../../lib/study/mod.ts";
import { datasetOf, session } from "./sessions.ts";

const PRICES = publishedPrices();
const count = (max: number) => fc.integer({ min: 0, max });
const known = fc.record({
  benchmark: fc.constantFrom("swebench", "appworld"),
  harness: fc.constantFrom("a", "b"),
  success: fc.constantFrom<Session["success"]>(0, 1, null),
  totalTokens: count(1e6),
  calls: count(50),
  durationS: count(1000),
  toolErrors: fc.option(count(9)),
});
const numbered = (all: readonly object[]) =>
  all.map((fields, i) => session({ ...fields, sessionId: `r${i % 3}_${i}` }));
const sessions = fc.array(known, { minLength: 1, maxLength: 40 }).map(numbered);
/** What nobody recorded of a session. */
const unknown = fc.constantFrom<(keyof Session)[]>(["totalTokens"], ["durationS"], ["totalTokens", "durationS"]);

/** A copy of some sessions of which something is not known. */
function withUnknown(all: readonly Session[], fields: readonly (keyof Session)[]): Session[] {
  const copies = all.map((s, i) => ({
    ...s,
    sessionId: `${s.run}_u${i}`,
    ...Object.fromEntries(fields.map((f) => [f, null])),
  }));
  return [...all, ...copies];
}

Deno.test("sessions whose tokens are not known change no number of tokens or dollars", () => {
  fc.assert(fc.property(sessions, (all) => {
    const [data, more] = [datasetOf(all), datasetOf(withUnknown(all, ["totalTokens"]))];
    equal(more.distributions.thresholds?.tokensP90, data.distributions.thresholds?.tokensP90);
    deepEqual(more.distributions.failedTokensByHarness, data.distributions.failedTokensByHarness);
    deepEqual(more.distributions.failedTokensByCell, data.distributions.failedTokensByCell);
    deepEqual(costByConfig(more.cells, PRICES), costByConfig(data.cells, PRICES));
    equal(failedCostPremium(more.cells, PRICES), failedCostPremium(data.cells, PRICES));
    equal(totals(more.cells).tokens, totals(data.cells).tokens);
    const tokensOf = (cells: typeof data.cells) => cellRows(cells).map((r) => r.tokens);
    deepEqual(tokensOf(more.cells), tokensOf(data.cells));
    const random = () => ({ random: seededRandom(1), draws: 50 });
    deepEqual(guardrails(more.sessions, random()), guardrails(data.sessions, random()));
    deepEqual(
      costIntervalsByConfig(more.sessions, PRICES, random()),
      costIntervalsByConfig(data.sessions, PRICES, random()),
    );
  }));
});

Deno.test("sessions whose duration is not known change no number of seconds", () => {
  fc.assert(fc.property(sessions, (all) => {
    const [data, more] = [datasetOf(all), datasetOf(withUnknown(all, ["durationS"]))];
    deepEqual(cellRows(more.cells).map((r) => r.duration_s), cellRows(data.cells).map((r) => r.duration_s));
    const seconds = (cells: typeof data.cells) => failedOverSuccessful(cells).map((r) => r.duration);
    deepEqual(seconds(more.cells), seconds(data.cells));
  }));
});

Deno.test("a cell says how many know a value: never more than there are, and a sum only where one does", () => {
  fc.assert(fc.property(sessions, unknown, (all, fields) => {
    for (const cell of cellsOf(withUnknown(all, fields))) {
      for (const [sum, n] of [[cell.tokens, cell.tokensKnown], [cell.durationS, cell.durationKnown]] as const) {
        ok(n >= 0 && n <= cell.sessions);
        equal(sum === null, n === 0);
      }
    }
    const total = cellsOf(withUnknown(all, fields)).reduce((sum, c) => sum + c.tokensKnown, 0);
    equal(total, all.length * (fields.includes("totalTokens") ? 1 : 2));
  }));
});

Deno.test("a failure whose tokens are not known has a mode only where calls or tool errors decide it", () => {
  const many = Array.from(
    { length: 10 },
    (_, i) => session({ sessionId: `r_${i}`, totalTokens: 100 * (i + 1), calls: 10 }),
  );
  const failed = (fields: Partial<Session>, i: number) =>
    session({ sessionId: `f_${i}`, success: 0, totalTokens: null, calls: 1, toolErrors: 0, ...fields });
  const data = datasetOf([
    ...many,
    failed({}, 0),
    failed({ errorSpans: 1 }, 1),
    failed({ calls: 10 }, 2),
    failed({ toolErrors: 5 }, 3),
    failed({ failureMode: "silent wrong answer" }, 4),
  ]);
  deepEqual(failures(data).modes, {
    "tool-call errors": 1,
    "non-convergence / loop": 1,
    "silent wrong answer": 1,
    unknown: 2,
  });
});

Deno.test("results of sessions of which nothing is known have every key, nulls for numbers, and say so", () => {
  const all = numbered(Array.from({ length: 12 }, (_, i) => ({ success: i % 2, totalTokens: null, durationS: null })));
  const results = resultsOf(datasetOf(all), PRICES);
  equal(results.totals.tokens, null);
  deepEqual(results.failed_tokens_by_harness, []);
  deepEqual(results.cost_by_config.map((r) => [r.n, r.usd_total, r.usd_per_task]), [[0, null, null]]);
  equal(results.failures.tokens_p90, null);
  ok(results.notes.some(({ note }) => /tokens of 12 of 12 sessions are not known/.test(note)));
  ok(results.notes.some(({ note }) => /the duration of 12 of 12 sessions is not known/.test(note)));
});
