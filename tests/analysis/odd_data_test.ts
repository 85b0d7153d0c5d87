import { deepEqual, doesNotThrow, equal, ok, throws } from "node:assert/strict";
import * as analysis from "../../lib/analysis/mod.ts";
import * as study from "../../lib/study/mod.ts";
import type { References } from "../../lib/analysis/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { datasetOf, session, sessionsOf } from "./sessions.ts";

const PRICES = study.publishedPrices();

/** Datasets that a user may well have, and that a regression does not like. */
const ODD: Record<string, Dataset> = {
  "no sessions at all": datasetOf([]),
  "one session": datasetOf([session()]),
  "one session without a verdict": datasetOf([session({ success: null })]),
  "no verdicts": datasetOf(sessionsOf(40, 0, { success: null })),
  "every session solved": datasetOf([...sessionsOf(20, 20), ...sessionsOf(20, 20, { harness: "claude_code" })]),
  "no session solved": datasetOf([...sessionsOf(20, 0), ...sessionsOf(20, 0, { harness: "claude_code" })]),
  "one benchmark, model and harness": datasetOf(sessionsOf(30, 12)),
  "no reference harness": datasetOf([
    ...sessionsOf(20, 5, { harness: "mine", run: "a" }),
    ...sessionsOf(30, 25, { harness: "yours", run: "b" }),
  ]),
  "harness and model one and the same": datasetOf([
    ...sessionsOf(20, 5, { harness: "mine", deployment: "m/one" }),
    ...sessionsOf(20, 15, { harness: "yours", deployment: "m/two" }),
  ]),
  "perfect prediction": datasetOf([
    ...sessionsOf(20, 20, { harness: "mine" }),
    ...sessionsOf(20, 9),
    ...sessionsOf(15, 4, { benchmark: "appworld" }),
  ]),
  "unknown models": datasetOf(sessionsOf(30, 12, { deployment: "acme/secret-1" })),
  "an unknown model among known ones": datasetOf([
    ...sessionsOf(30, 12, { deployment: "acme/secret-1" }),
    ...sessionsOf(30, 20),
  ]),
  "no tokens, calls or seconds": datasetOf(sessionsOf(30, 12, { totalTokens: 0, calls: 0, durationS: 0 })),
  "40 harnesses of one run each": datasetOf(
    Array.from({ length: 40 }, (_, i) => sessionsOf(3, i % 4, { harness: `h${i}`, run: `r${i}` })).flat(),
  ),
  "as many terms as sessions": datasetOf([session(), session({ success: 0, harness: "other", sessionId: "r2_2" })]),
  "names of an object's own properties": datasetOf(
    ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"].flatMap((name, i, names) =>
      [name, names[(i + 1) % names.length]!].flatMap((other) =>
        sessionsOf(12, 3 + 2 * i, { harness: name, benchmark: other, deployment: name, run: name }).map((s, j) => ({
          ...s,
          sessionId: `${name}_${other}${j}`,
          judgeModel: name,
          judgeConfidence: other,
          judgeReasoning: `${name} the constructor of toString was valueOf ${other}`,
        }))
      )
    ),
  ),
  "names out of the ordinary": datasetOf([
    ...sessionsOf(20, 5, { harness: "a=b:c", benchmark: "·", deployment: "__proto__" }),
    ...sessionsOf(20, 9, { harness: "constructor", benchmark: "toString", deployment: "x/y-preview" }),
  ]),
};

for (const [name, dataset] of Object.entries(ODD)) {
  Deno.test(`results of ${name} have every key, and no number that is not one`, () => {
    const results = analysis.resultsOf(dataset, PRICES);
    deepEqual(Object.keys(results), Object.keys(analysis.resultsOf(datasetOf(sessionsOf(30, 12)), PRICES)));
    doesNotThrow(() => analysis.resultsJson(results));
  });

  Deno.test(`the questions beyond the keys have answers without NaN for ${name}`, () => {
    const sessions = analysis.needSessions(dataset);
    const cells = analysis.cellsOf(sessions);
    const options = { random: seededRandom(1), draws: 50 };
    const answers = {
      contenders: analysis.contenders(cells),
      quadrant: analysis.quadrant(cells),
      effects: analysis.effects(cells),
      sensitivity: analysis.sensitivity(cells),
      toolErrors: analysis.toolErrorSignal(dataset),
      thrash: analysis.thrash(sessions, options),
      guardrails: analysis.guardrails(sessions, options),
      costByConfig: analysis.costIntervalsByConfig(sessions, PRICES, options),
      costByCell: analysis.costIntervalsByCell(sessions, PRICES, options),
      rankChange: analysis.rankChange(cells, PRICES),
      frontier: analysis.frontier(cells, PRICES),
      failedCost: analysis.failedCost(sessions, PRICES, options),
      judgeTerms: analysis.judgeTerms(dataset),
      contamination: study.contaminationPairs(cells),
      blend: analysis.blendAgainstExact(cells, PRICES),
      under: analysis.modelsUnder(cells, "claude_code", "swebench"),
    };
    doesNotThrow(() => analysis.resultsJson(answers));
  });
}

Deno.test("as many terms as sessions: estimates without errors, and the results say why", () => {
  const { lpm_hc1, lpm_nonrobust, notes } = analysis.resultsOf(ODD["as many terms as sessions"]!, PRICES);
  for (const fit of [lpm_hc1, lpm_nonrobust]) {
    deepEqual(fit?.adj_r_squared, null);
    const [term] = Object.entries(fit?.terms ?? {}).filter(([name]) => name !== "Intercept");
    deepEqual([Math.abs(term?.[1].estimate ?? 0).toFixed(9), term?.[1].std_error, term?.[1].lo], [
      "1.000000000",
      null,
      null,
    ]);
  }
  ok(notes.some(({ note }) => /has no standard error: as many terms as observations/.test(note)));
});

Deno.test("names that every object has are names like others", () => {
  const { by_harness, judge, cells, failures } = analysis.resultsOf(
    ODD["names of an object's own properties"]!,
    PRICES,
  );
  deepEqual(by_harness.map((r) => [r.harness, r.n]), [
    ["__proto__", 24],
    ["constructor", 24],
    ["hasOwnProperty", 24],
    ["toString", 24],
    ["valueOf", 24],
  ]);
  deepEqual(Object.entries(judge.judge_model).map(([, n]) => n), [24, 24, 24, 24, 24]);
  equal(cells.length, 10);
  equal(failures.n, 120 - 2 * (3 + 5 + 7 + 9 + 11));
  const many = ODD["names of an object's own properties"]!.sessions!;
  const terms = analysis.judgeTerms(datasetOf([
    ...many,
    ...many.map((one) => ({ ...one, sessionId: `${one.sessionId} again` })),
  ]));
  ok(terms.length > 0 && terms.every((t) => Number.isFinite(t.z)));
});

Deno.test("what rounding leaves of a share is 0, and no divisor", () => {
  // Two harnesses with the same rate: the second explains nothing.
  const { incremental_r2 } = analysis.resultsOf(
    datasetOf([
      ...sessionsOf(30, 9, { harness: "a" }),
      ...sessionsOf(30, 9, { harness: "b" }),
      ...sessionsOf(30, 21, { harness: "a", benchmark: "other" }),
      ...sessionsOf(30, 21, { harness: "b", benchmark: "other" }),
    ]),
    PRICES,
  );
  deepEqual([incremental_r2?.harness, incremental_r2?.model], [0, 0]);
  equal(analysis.ratioOfShares(incremental_r2?.benchmark ?? null, incremental_r2?.model ?? null), null);
  equal(analysis.ratioOfShares(0, 0.5), 0);
});

Deno.test("a null verdict is in no rate and is not a failure, and is counted", () => {
  const results = analysis.resultsOf(datasetOf([...sessionsOf(10, 4), session({ success: null })]), PRICES);
  deepEqual(results.totals, { sessions: 11, scored: 10, successes: 4, llm_calls: 110, tokens: 11000 });
  equal(results.by_harness[0]?.rate, 0.4);
  equal(results.failures.n, 6);
  ok(results.notes.some((n) => n.key === "totals" && n.note.startsWith("1 of 11 sessions have no verdict")));
});

Deno.test("without the reference asked for the largest takes its place, and that is said", () => {
  const reference = { harness: "tool_calling" };
  const { lpm_hc1, notes } = analysis.resultsOf(ODD["no reference harness"]!, PRICES, { reference });
  deepEqual(Object.keys(lpm_hc1?.terms ?? {}), ["Intercept", "harness=mine"]);
  ok(notes.some((n) => /yours \(n = 30\), is the reference instead/.test(n.note)));
});

Deno.test("levels that nobody chose as references are named, chosen ones are not", () => {
  const said = (reference: References) =>
    analysis.resultsOf(ODD["no reference harness"]!, PRICES, { reference }).notes
      .flatMap(({ note }) => note.startsWith("effects are told over") ? [note] : []);
  deepEqual(said({}), [
    "effects are told over the most frequent levels: benchmark=swebench, model=kimi-k2.5, harness=yours",
  ]);
  deepEqual(said({ benchmark: "swebench", model: "kimi-k2.5" }), [
    "effects are told over the most frequent levels: harness=yours",
  ]);
  deepEqual(said(study.REFERENCE), []);
});

Deno.test("what cannot be told apart is named", () => {
  const { lpm_hc1, notes } = analysis.resultsOf(ODD["harness and model one and the same"]!, PRICES);
  deepEqual(Object.keys(lpm_hc1?.terms ?? {}), ["Intercept", "model=two"]);
  ok(notes.some((n) => /cannot be told apart from/.test(n.note)));
});

Deno.test("one unpriced model does not make the others' costs unknown, and its sessions are counted", () => {
  const results = analysis.resultsOf(ODD["an unknown model among known ones"]!, PRICES);
  deepEqual(results.cost_by_config.map((c) => [c.config, c.usd_total === null]), [
    ["tool_calling · kimi-k2.5", false],
    ["tool_calling · secret-1", true],
  ]);
  ok(results.notes.some((n) => n.note.startsWith("secret-1: 30 sessions have no price")));
});

Deno.test("a regression that has nothing to explain is null, with the reason", () => {
  const results = analysis.resultsOf(ODD["every session solved"]!, PRICES);
  deepEqual([results.lpm_hc1, results.logit, results.incremental_r2, results.eta_squared.harness], [
    null,
    null,
    null,
    null,
  ]);
  ok(results.notes.some((n) => n.key === "lpm_hc1"));
});

Deno.test("a notebook about what explains success says where there is nothing to explain", () => {
  const results = analysis.resultsOf(ODD["every session solved"]!, PRICES);
  throws(() => analysis.needRegression(results), /no regression: the scored sessions have one outcome or none.*give a/);
  const fitted = analysis.resultsOf(ODD["no reference harness"]!, PRICES);
  equal(analysis.needRegression(fitted).hc1.n, 50);
});

Deno.test("a source without any verdict is refused by name, with what to do", () => {
  const unjudged = analysis.cellsOf(sessionsOf(3, 0, { success: null }));
  const refused = /mine\.parquet: none of 3 sessions has a verdict.*deno task judge/;
  throws(() => analysis.needVerdicts(unjudged, "mine.parquet"), refused);
  doesNotThrow(() => analysis.needVerdicts(analysis.cellsOf(sessionsOf(3, 0)), "failed throughout"));
});
