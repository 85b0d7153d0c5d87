import { deepEqual, equal, ok } from "node:assert/strict";
import {
  type GradedVerdict,
  judgeAgreement,
  judgeCalibration,
  judgeDisagreements,
} from "../../lib/analysis/judged/judge_agreement.ts";
import { panelAgreement, type RatedSession } from "../../lib/analysis/judged/judge_panel.ts";
import { judgeConfidence, shareShown } from "../../lib/analysis/judged/judge_said.ts";
import type { Session, Verdict } from "../../lib/model/mod.ts";
import { datasetOf, session } from "./sessions.ts";

const TOLERANCE = { atol: 1e-10 };

/** Sessions of one cell with this table. */
function cell(benchmark: string, tp: number, fp: number, fn: number, tn: number): GradedVerdict[] {
  const make = (n: number, verdict: Verdict, official: Verdict) =>
    Array.from({ length: n }, (_, i) => ({
      sessionId: `${benchmark}-${verdict}-${official}-${i}`,
      benchmark,
      harness: "h",
      judge: "j",
      verdict,
      official,
      confidence: verdict === official ? "high" : "low",
    }));
  return [...make(tp, 1, 1), ...make(fp, 1, 0), ...make(fn, 0, 1), ...make(tn, 0, 0)];
}

const near = (found: number, expected: number) =>
  ok(Math.abs(found - expected) < TOLERANCE.atol, `${found} ${expected}`);

// /usr/bin/python3 -c "from statsmodels.stats.inter_rater import cohens_kappa as k
// from statsmodels.stats.proportion import proportion_confint as w
// r=k([[20,5],[10,15]]); print(r.kappa, r.kappa_low, r.kappa_upp, 20/30, w(20,30,method='wilson'), 15/20, w(15,20,method='wilson'))"
const GOLDEN = {
  kappa: [0.3999999999999999, 0.151092290476661, 0.6489077095233389],
  sensitivity: [0.6666666666666666, 0.48780051644543837, 0.8076950191632386],
  specificity: [0.75, 0.5312991223812559, 0.8881382985923344],
};

Deno.test("sensitivity, specificity and kappa have statsmodels' values and intervals", () => {
  const [row] = judgeAgreement(cell("a", 20, 5, 10, 15));
  for (const name of ["kappa", "sensitivity", "specificity"] as const) {
    const { estimate, lo, hi } = row![name]!;
    [estimate, lo, hi].forEach((value, i) => near(value, GOLDEN[name][i]!));
  }
});

Deno.test("undecided and ungraded sessions are counted beside the table, and all cells make a last row", () => {
  const extra = (verdict: Verdict, official: Verdict) => ({ ...cell("a", 1, 0, 0, 0)[0]!, verdict, official });
  const rows = judgeAgreement([...cell("a", 3, 0, 0, 0), extra(null, 1), extra(1, null), ...cell("b", 0, 1, 0, 2)]);
  deepEqual(rows.map((row) => [row.benchmark, row.n, row.undecided, row.ungraded]), [["a", 3, 1, 1], ["b", 3, 0, 0], [
    "all",
    6,
    1,
    1,
  ]]);
  deepEqual([rows[0]!.specificity, rows[0]!.kappa, rows[1]!.sensitivity, rows[1]!.kappa], [null, null, null, null]);
  deepEqual(judgeAgreement([]), []);
});

Deno.test("calibration goes from the surest to what was not stated", () => {
  const rows = cell("a", 8, 1, 1, 0).map((row, i) => i === 0 ? { ...row, confidence: null } : row);
  deepEqual(judgeCalibration(rows).map((row) => [row.confidence, row.right, row.n]), [["high", 7, 7], ["low", 0, 2], [
    "not stated",
    1,
    1,
  ]]);
});

Deno.test("disagreements are the decided and graded that differ", () => {
  const rows = [...cell("b", 1, 1, 0, 0), ...cell("a", 0, 0, 1, 1), { ...cell("a", 1, 0, 0, 0)[0]!, verdict: null }];
  deepEqual(judgeDisagreements(rows).map((row) => row.benchmark), ["a", "b"]);
});

const rated = (sessionId: string, rater: string, ...verdicts: Verdict[]): RatedSession[] =>
  verdicts.map((verdict, i) => ({ sessionId, rater, repeat: i + 1, verdict }));

Deno.test("a panel has flips, pairs, alpha, and majorities with ties null", () => {
  const panel = panelAgreement([
    ...rated("1", "x", 1, 1, 0),
    ...rated("1", "y", 1),
    ...rated("2", "x", 0, 0),
    ...rated("2", "y", 1),
    ...rated("3", "x", 1),
    ...rated("3", "y", null),
    ...rated("4", "x", 0, 1),
    ...rated("4", "y", null),
  ]);
  deepEqual(panel.flips.map(({ rater, n, flipped }) => [rater, n, flipped]), [["x", 3, 2], ["y", 0, 0]]);
  equal(panel.flips[1]!.rate, null);
  deepEqual(panel.pairs.map(({ n, agree }) => [n, agree]), [[2, 1]]);
  deepEqual([panel.sessions, panel.unanimous, panel.majority, panel.tied, panel.undecided], [4, 2, 0, 1, 1]);
});

Deno.test("a panel that agrees always has alpha 1, one without pairs has none", () => {
  const agreeing = ["1", "2", "3"].flatMap((id, i) => ["x", "y"].flatMap((rater) => rated(id, rater, i % 2 ? 1 : 0)));
  equal(panelAgreement(agreeing).alpha!.estimate, 1);
  equal(panelAgreement(rated("1", "x", 1)).alpha, null);
});

Deno.test("pairs of judges and repeats of one have kappa, alpha and flips with intervals, without any grade", () => {
  // 40 sessions: the second judge differs on every eighth, each is asked three times, the second contradicts itself on some.
  const rows = Array.from({ length: 40 }, (_, i) => {
    const [first, second] = [i % 2, i % 8 === 0 ? 1 - i % 2 : i % 2] as Verdict[];
    const sessionId = `s${i}`;
    return [1, 2, 3].flatMap((repeat): RatedSession[] => [
      { sessionId, rater: "a", repeat, verdict: first! },
      { sessionId, rater: "b", repeat, verdict: i % 10 === 3 && repeat === 1 ? (1 - second!) as Verdict : second! },
    ]);
  }).flat();
  const { pairs: [pair], flips, alpha } = panelAgreement(rows);
  deepEqual([pair!.n, pair!.agree, pair!.onlyFirst, pair!.onlySecond], [40, 35, 0, 5]);
  const { estimate, lo, hi } = pair!.flipped!;
  ok(lo < estimate && estimate === 5 / 40 && estimate < hi);
  ok(pair!.kappa!.lo < pair!.kappa!.estimate && pair!.kappa!.estimate > 0.7);
  ok(pair!.alpha!.lo! < pair!.alpha!.estimate && pair!.alpha!.estimate < pair!.alpha!.hi!);
  equal(alpha!.estimate.toFixed(12), pair!.alpha!.estimate.toFixed(12));
  deepEqual(flips.map(({ n, flipped }) => [n, flipped]), [[40, 0], [40, 4]]);
  equal(flips[0]!.agreement, 1);
  // Two of three repeats differ in four sessions of forty: a pair of repeats agrees in 1 - 0.1 x 2/3.
  equal(flips[1]!.agreement!.toFixed(12), (1 - 0.1 * 2 / 3).toFixed(12));
  ok(flips[1]!.alpha!.estimate < 1);
});

const dataset = (sessions: Partial<Session>[]) => datasetOf(sessions.map((fields) => session(fields)));

Deno.test("confidence is counted per benchmark, surest first, and no verdict is unscored", () => {
  const said = (benchmark: string, judgeConfidence: string | null, success: Verdict) => ({
    benchmark,
    judgeConfidence,
    success,
  });
  const rows = judgeConfidence(
    dataset([
      said("b", "high", 1),
      said("a", "low", 0),
      said("a", "high", 1),
      said("a", "high", 0),
      said("a", null, null),
    ]),
  );
  deepEqual(rows, [
    { benchmark: "a", confidence: "high", n: 2, successes: 1 },
    { benchmark: "a", confidence: "low", n: 1, successes: 0 },
    { benchmark: "a", confidence: "unscored", n: 1, successes: 0 },
    { benchmark: "b", confidence: "high", n: 1, successes: 1 },
  ]);
});

Deno.test("the share shown is summed up per benchmark", () => {
  const shares = [1, 0.5, 0.25].map((share) => ({ benchmark: "a", shareShown: share }));
  deepEqual(shareShown(shares), [{ benchmark: "a", n: 3, whole: 1, min: 0.25, median: 0.5 }]);
});
