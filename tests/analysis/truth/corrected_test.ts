import { deepEqual, equal, ok } from "node:assert/strict";
import {
  correctedCoefficients,
  correctedRates,
  correctedShares,
  incrementalShares,
  labelPlan,
  labelsToBuy,
} from "../../../lib/analysis/mod.ts";
import type { Session } from "../../../lib/model/mod.ts";
import { drawBinomial, seededRandom } from "../../../lib/stats/mod.ts";
import { aSession } from "../../support/a_session.ts";

/** True success by harness and model; the judge is generous to claude_code and strict with tool_calling. */
const TRUTH = { claude_code: [0.5, 0.7], tool_calling: [0.5, 0.7] } as const;
const JUDGE = { claude_code: { se: 0.97, sp: 0.55 }, tool_calling: { se: 0.6, sp: 0.97 } } as const;
const MODELS = ["kimi-k2.5", "claude-opus-4-5"] as const;

/** 600 sessions a cell on two benchmarks alike, of which the first `labels` are graded. */
function sessions(labels: number, seed: number): Session[] {
  const random = seededRandom(seed);
  const flip = (p: number) => drawBinomial(random, 1, p) === 1;
  return (["appworld", "swebench"] as const).flatMap((benchmark) =>
    (["claude_code", "tool_calling"] as const).flatMap((harness) =>
      MODELS.flatMap((model, m) =>
        Array.from({ length: 600 }, (_, i) => {
          const solved = flip(TRUTH[harness][m] ?? 0);
          const { se, sp } = JUDGE[harness];
          const success = flip(solved ? se : 1 - sp) ? 1 : 0;
          const sessionId = `${benchmark}-${harness}-${model}_${i}`;
          const officialSuccess = i < labels ? (solved ? 1 : 0) : null;
          return aSession({ sessionId, benchmark, harness, model, success, officialSuccess });
        })
      )
    )
  );
}

Deno.test("corrected rates by harness hold the truth where the judged ones are 15 points off and more", () => {
  const found = correctedRates(sessions(150, 1), "harness", { random: seededRandom(2), draws: 500 });
  ok(found);
  for (const row of [...found.roganGladen.strata, ...found.ppi]) {
    ok((row.lo ?? 1) < 0.6 && 0.6 < (row.hi ?? 0), `${row.stratum}: ${row.lo} to ${row.hi}`);
    ok(Math.abs(row.judgedRate - 0.6) > 0.15 && row.valid, row.stratum);
  }
  deepEqual(found.roganGladen.pooled, []);
});

Deno.test("with sessions of a run alike a corrected rate takes runs with labels, and holds the truth", () => {
  const alone = sessions(150, 1).map((s) => ({ ...s, run: "r" }));
  const none = correctedRates(alone, "harness", { random: seededRandom(2), draws: 20 });
  ok(
    none?.byRun.length && none.byRun.every((row) => row.lo === null && row.why !== null),
    "one run is no sample of runs",
  );
  const many = sessions(150, 1).map((s, i) => ({ ...s, run: `r${i % 30}` }));
  const found = correctedRates(many, "harness", { random: seededRandom(2), draws: 20 });
  for (const row of found?.byRun ?? []) {
    ok((row.lo ?? 1) < 0.6 && 0.6 < (row.hi ?? 0), `${row.stratum}: ${row.lo} to ${row.hi}`);
    equal(row.clusters, 30);
  }
});

Deno.test("the corrected coefficient of the harness holds zero where the judged one does not", () => {
  const term = correctedCoefficients(sessions(150, 3), { reference: { harness: "tool_calling" } })?.terms.find((t) =>
    t.name === "harness=claude_code"
  );
  ok(term && term.lo < 0 && 0 < term.hi, `${term?.lo} to ${term?.hi}`);
  ok(term.judged > 0.25, `judged ${term.judged}`);
});

Deno.test("corrected shares give the model back what the judge gave to the harness", () => {
  const all = sessions(150, 5);
  const found = correctedShares(all, { random: seededRandom(6), draws: 200 });
  ok(found && found.harness.hi < 0.05 && found.model.share > found.harness.share, JSON.stringify(found));
  const judged = incrementalShares([...new Set(all.map((s) => `${s.harness} ${s.model} ${s.benchmark}`))].map((key) => {
    const rows = all.filter((s) => `${s.harness} ${s.model} ${s.benchmark}` === key);
    const [harness = "", model = "", benchmark = ""] = key.split(" ");
    return {
      levels: { harness, model, benchmark },
      cluster: key,
      n: rows.length,
      k: rows.filter((s) => s.success).length,
    };
  }));
  ok(judged && judged.harness > judged.model, "the test's judge would not mislead");
});

Deno.test("without grades there is nothing corrected", () => {
  const none = sessions(0, 7);
  deepEqual([correctedCoefficients(none), correctedShares(none, { random: seededRandom(1) })], [null, null]);
});

Deno.test("a label plan spends its budget on sessions that have no grade, each once", () => {
  const all = sessions(30, 8), plan = labelPlan(all, 100, seededRandom(9));
  equal(plan.sessions.length, 100);
  equal(new Set(plan.sessions).size, 100);
  const graded = new Set(all.filter((s) => s.officialSuccess !== null).map((s) => s.sessionId));
  ok(plan.sessions.every((id) => !graded.has(id)));
  equal(plan.strata.reduce((sum, s) => sum + s.buy, 0), 100);
  deepEqual(labelPlan(all, 100, seededRandom(9)), plan, "the same seed gives the same plan");
});

Deno.test("labels to buy narrow the interval, and settle a wide difference with fewer of them", () => {
  const { rows, assumed, sentence } = labelsToBuy(sessions(60, 10), "harness", "tool_calling", [50, 200, 5000]);
  equal(assumed, false);
  ok(sentence.includes("measured on 480 graded sessions"), sentence);
  deepEqual(rows.map((r) => r.level), ["claude_code", "tool_calling"]);
  for (const { widths } of rows) {
    const [few, many, tooMany] = widths.map((w) => w.ppi);
    ok(few && many && many < few, "more labels give a narrower interval");
    equal(tooMany, null, "there are not so many sessions");
  }
  equal(rows[1]?.settles, null, "the reference is not held against itself");
  const settles = rows[0]?.settles;
  ok(settles && settles >= 50 && settles < 2400, `settled with ${settles}`);
});

Deno.test("error rates that are no better than chance are not taken as measured, and the sentence says why", () => {
  const wrong = sessions(60, 12).map((s) => ({ ...s, success: s.success === 1 ? 0 as const : 1 as const }));
  const { assumed, sentence } = labelsToBuy(wrong, "harness", "tool_calling");
  equal(assumed, true);
  ok(sentence.includes("on 480 graded sessions its verdicts say no more than chance"), sentence);
});

Deno.test("without grades the judge's error rates are assumed, and the sentence says so", () => {
  const found = labelsToBuy(sessions(0, 11), "harness", "absent");
  deepEqual([found.assumed, found.sensitivity, found.rows[0]?.settles], [true, 0.9, null]);
  ok(found.sentence.includes("assumed"));
});
