import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import {
  datasetOf,
  judgedAndLabelled,
  labelDataset,
  labelMoves,
  labelResults,
  movedRates,
  nextToLabel,
  raterAgreement,
  trustedVerdicts,
} from "../../../lib/analysis/mod.ts";
import { drawLabelMoves } from "../../../lib/figures/mod.ts";
import type { Label, Session } from "../../../lib/model/mod.ts";
import { drawBinomial, newcombe, ppiMean, seededRandom, wilson } from "../../../lib/stats/mod.ts";
import { aSession } from "../../support/a_session.ts";

const label = (session_id: string, verdict: Label["verdict"], rest: Partial<Label> = {}): Label => ({
  session_id,
  rater: "ada",
  verdict,
  mode: null,
  comment: null,
  at: "2026-01-01T00:00:00Z",
  sampling_probability: 0.5,
  stratum: null,
  ...rest,
});

/** Two suites of one harness: on the hard one the judge is generous. */
function generous(seed: number) {
  const random = seededRandom(seed);
  const truth = new Map<string, 0 | 1>();
  const sessions = (["easy", "hard"] as const).flatMap((benchmark) =>
    Array.from({ length: benchmark === "easy" ? 1600 : 400 }, (_, i): Session => {
      const sessionId = `${benchmark}_${i}`;
      const solved = drawBinomial(random, 1, benchmark === "easy" ? 0.8 : 0.2) as 0 | 1;
      truth.set(sessionId, solved);
      const success = benchmark === "easy" || solved ? solved : drawBinomial(random, 1, 0.6) as 0 | 1;
      return aSession({ sessionId, benchmark, harness: "loop", success, judgeModel: "a judge" });
    })
  );
  return { sessions, truth };
}

Deno.test("a rate stays unbiased where strata were labelled at different chances, and PPI++ of all labels does not", () => {
  let [weighted, plain, held] = [0, 0, 0];
  const RUNS = 40;
  for (let seed = 1; seed <= RUNS; seed++) {
    const { sessions, truth } = generous(seed);
    // 5% of the many easy ones, half of the few hard ones: as an allocation would.
    const place = ({ sessionId }: Session) => Number(sessionId.split("_")[1]);
    const labels = sessions.filter((s) => place(s) < (s.benchmark === "easy" ? 80 : 200))
      .map((s) =>
        label(s.sessionId, truth.get(s.sessionId)!, {
          sampling_probability: s.benchmark === "easy" ? 0.05 : 0.5,
          stratum: s.benchmark,
        })
      );
    const seen = judgedAndLabelled(sessions, labels).sessions;
    const [rate] = movedRates(seen, labels, "harness", null);
    equal(rate!.stratified, true);
    const [even] = movedRates(seen, labels.map((one) => ({ ...one, sampling_probability: 0.1 })), "harness", null);
    equal(even!.stratified, false);
    const right = [...truth.values()].filter(Boolean).length / truth.size;
    weighted += (rate!.estimate! - right) / RUNS;
    plain += (even!.estimate! - right) / RUNS;
    held += Number(rate!.lo! <= right && right <= rate!.hi!) / RUNS;
  }
  ok(Math.abs(weighted) < 0.01, `off by ${weighted}`);
  ok(Math.abs(plain) > 0.02, `only off by ${plain}`);
  ok(held >= 0.85, `${held} of the intervals hold the rate`);
});

Deno.test("where all labels have one chance a level's rate is PPI++ of its labels", () => {
  const { sessions, truth } = generous(3);
  const labels = sessions.filter((_, i) => i % 20 === 0).map((s) => label(s.sessionId, truth.get(s.sessionId)!));
  const [rate] = movedRates(judgedAndLabelled(sessions, labels).sessions, labels, "harness", null);
  const labelled = rate!.confusion;
  const rest = sessions.filter((_, i) => i % 20 !== 0);
  const { estimate, lo, hi } = ppiMean(labelled, { n: rest.length, k: rest.filter((s) => s.success === 1).length });
  deepEqual([rate!.estimate, rate!.lo, rate!.hi], [estimate, lo, hi]);
});

Deno.test("labels of sessions that somebody picked are counted, and correct no rate", () => {
  const { sessions, truth } = generous(3);
  const of = (some: readonly Session[], chance: number | null) =>
    some.map((s) => label(s.sessionId, truth.get(s.sessionId)!, { sampling_probability: chance }));
  const drawn = of(sessions.filter((_, i) => i % 20 === 0), 0.05);
  // What a reader picks: sessions that the judge has wrong.
  const wrong = of(sessions.filter((s, i) => i % 20 && s.success !== truth.get(s.sessionId)).slice(0, 40), null);
  const rateOf = (labels: readonly Label[]) =>
    movedRates(judgedAndLabelled(sessions, labels).sessions, labels, "harness", null)[0]!;
  const [before, after, picked] = [rateOf(drawn), rateOf([...drawn, ...wrong]), rateOf(wrong)];
  deepEqual([after.estimate, after.lo, after.hi], [before.estimate, before.lo, before.hi]);
  deepEqual([after.labels, after.picked, before.picked], [drawn.length + 40, 40, 0]);
  deepEqual([picked.estimate, picked.why], [null, "labelled sessions were picked, not drawn"]);
  const moves = labelMoves(sessions, [...drawn, ...wrong], "harness", { random: seededRandom(1), draws: 50 });
  match(
    drawLabelMoves(moves, { source: "s" }).caption,
    /40 labels of sessions that were picked, not drawn, correct nothing\./,
  );
});

Deno.test("where every session of a level is labelled, it does not matter who picked them", () => {
  const sessions = Array.from({ length: 20 }, (_, i) => aSession({ sessionId: `s${i}`, success: 1, judgeModel: "j" }));
  const labels = sessions.map((s, i) => label(s.sessionId, i < 15 ? 1 : 0, { sampling_probability: null }));
  const [rate] = movedRates(judgedAndLabelled(sessions, labels).sessions, labels, "harness", null);
  deepEqual([rate!.picked, rate!.estimate], [0, 0.75]);
});

Deno.test("grades of others are left aside: what moves are people's labels alone", () => {
  const { sessions, truth } = generous(4);
  const graded = sessions.map((s): Session => ({ ...s, officialSuccess: 1, gradeOrigin: "program" }));
  const labels = sessions.slice(0, 60).map((s) => label(s.sessionId, truth.get(s.sessionId)!));
  const [all] = labelMoves(graded, labels, "harness", { random: seededRandom(1) }).agreement;
  equal(all!.n, 60);
});

Deno.test("sessions that nobody judged have the rate of their labels", () => {
  const sessions = Array.from({ length: 50 }, (_, i) => aSession({ sessionId: `s${i}`, success: null }));
  const labels = sessions.slice(0, 20).map((s, i) => label(s.sessionId, i < 15 ? 1 : 0));
  const { rates, agreement } = labelMoves(sessions, labels, "harness", { random: seededRandom(1) });
  const { lo, hi } = wilson(15, 20);
  deepEqual([rates[0]!.judged, rates[0]!.estimate, rates[0]!.lo, rates[0]!.hi, rates[0]!.sessions], [
    null,
    0.75,
    lo,
    hi,
    50,
  ]);
  deepEqual(agreement, []);
});

Deno.test("an order says since how many labels it is as it is, labels taken in the order of their times", () => {
  const sessions = (["a", "b"] as const).flatMap((harness) =>
    Array.from(
      { length: 200 },
      (_, i) =>
        aSession({
          sessionId: `${harness}${i}`,
          harness,
          success: i < (harness === "a" ? 110 : 100) ? 1 : 0,
          judgeModel: "j",
        }),
    )
  );
  // People find most of what the judge calls solved in a not to be.
  const labels = sessions.filter((_, i) => i % 2 === 0).map((s, i) =>
    label(s.sessionId, s.harness === "b" ? s.success : 0, { at: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString() })
  );
  const { orders: [order] } = labelMoves(sessions, labels.toReversed(), "harness", { random: seededRandom(1) });
  deepEqual([order!.judged, order!.corrected], ["a", "b"]);
  ok(order!.since > 100 && order!.since < 200, String(order!.since));
});

Deno.test("the difference of two labelled rates has Newcombe's interval, so a few labels tell nothing apart", () => {
  const sessions = ["a", "b"].flatMap((harness) =>
    Array.from({ length: 50 }, (_, i) => aSession({ sessionId: `${harness}${i}`, harness, success: null }))
  );
  const solved = (n: number) =>
    sessions.filter(({ sessionId }) => Number(sessionId.slice(1)) < n)
      .map((s) => label(s.sessionId, s.harness === "a" ? 0 : 1));
  const ordered = (n: number) => labelMoves(sessions, solved(n), "harness", { random: seededRandom(1) }).orders[0]!;
  deepEqual([1, 2, 9].map((n) => ordered(n).corrected), [null, null, null]);
  const { lo, hi } = newcombe({ k1: 0, n1: 20, k2: 20, n2: 20 });
  const { corrected, ...told } = ordered(20);
  equal(corrected, "b");
  ok(Math.abs(told.lo! - lo) < 1e-12 && Math.abs(told.hi! - hi) < 1e-12, `${told.lo} to ${told.hi}`);
});

Deno.test("two people's agreement is kappa with its interval", () => {
  const both = Array.from({ length: 40 }, (_, i) => [
    label(`s${i}`, i % 2 ? 1 : 0),
    label(`s${i}`, i % 2 || i < 8 ? 1 : 0, { rater: "ben" }),
  ]).flat();
  const [pair] = raterAgreement(both);
  deepEqual([pair!.raters, pair!.n, pair!.agree], [["ada", "ben"], 40, 36]);
  ok(pair!.kappa!.lo < pair!.kappa!.estimate && pair!.kappa!.estimate < pair!.kappa!.hi);
});

Deno.test("there is no kappa with somebody who only ever says one thing, nor of one session", () => {
  const one = [label("s0", 1), label("s0", 0, { rater: "ben" })];
  const same = [0, 1, 2].flatMap((i) => [label(`s${i}`, 1), label(`s${i}`, i % 2 ? 1 : 0, { rater: "ben" })]);
  for (const labels of [one, same]) equal(raterAgreement(labels)[0]!.kappa, null);
});

Deno.test("a dataset with labels is graded by them, says so, and has their results", () => {
  const { sessions, truth } = generous(5);
  const info = { name: "mine", sha256: "", sessions: sessions.length, sentence: "Mine.", caption: "mine" };
  const plain = datasetOf(info, sessions);
  equal(labelResults(plain), null);
  const labels = [
    ...sessions.slice(0, 80).map((s) => label(s.sessionId, truth.get(s.sessionId)!)),
    label("nowhere", 1),
    label("easy_0", truth.get("easy_0") === 1 ? 0 : 1, { rater: "ben" }),
  ];
  const labelled = labelDataset(plain, labels, "labels.jsonl");
  match(
    labelled.info.sentence,
    /^Mine\. People's labels \(labels\.jsonl\) grade 79 of its sessions; 1 on which people are split evenly is not graded; 1 labelled session is not here\.$/,
  );
  const results = labelResults(labelled)!;
  deepEqual([results.labelled, results.split, results.unknown], [79, 1, 1]);
  deepEqual(results.rates.harness, labelMoves(sessions, labels, "harness", { random: seededRandom(1) }).rates);
  throws(
    () => labelDataset({ ...plain, held: "none", sessions: null }, labels, "labels.jsonl"),
    /TRACES_SESSIONS=2000/,
  );
});

Deno.test("what is to be labelled next has its chance, and narrows the interval by so much", () => {
  const { sessions } = generous(6);
  const { next, reason } = nextToLabel(sessions, [], 40, seededRandom(1));
  equal(next.length, 40);
  ok(next.every(({ probability }) => probability > 0 && probability <= 1));
  match(reason, /^40 more labels are expected to give the rate over all sessions an interval of \d+ points/);
});

/** Judged and labelled: so many of each confidence, so many of them wrong. */
function confident(parts: readonly (readonly [confidence: string | null, n: number, wrong: number])[]): Session[] {
  return parts.flatMap(([judgeConfidence, n, wrong], part) =>
    Array.from({ length: n }, (_, i) =>
      aSession({
        sessionId: `${part}_${i}`,
        success: 1,
        officialSuccess: i < wrong ? 0 : 1,
        judgeModel: "a judge",
        judgeConfidence,
      }))
  );
}

Deno.test("verdicts are taken from the confidence on that keeps the risk, and the sentence says which", () => {
  const sessions = confident([["high", 100, 2], ["medium", 40, 4], ["low", 40, 30], [null, 5, 5]]);
  const drawn = sessions.map(({ sessionId }) => label(sessionId, 1, { sampling_probability: 0.5 }));
  const found = trustedVerdicts(sessions, drawn)!;
  deepEqual([found.from, found.verdicts, found.unsaid, found.why], ["medium", 180, 5, null]);
  equal(found.wrong!.estimate, 6 / 140);
  match(
    found.sentence,
    /^With 180 labelled verdicts those of medium confidence or more \(78%\) may be taken at their word: at most 10% of/,
  );
  equal(trustedVerdicts(confident([["high", 20, 10]]), [])!.from, null);
  match(trustedVerdicts(confident([["sure", 20, 0]]), [])!.sentence, /cannot be told: no labelled verdict says/);
  equal(trustedVerdicts([], []), null);
});

Deno.test("what labels that were chosen, or drawn at different chances, say of the judge is not vouched for", () => {
  const sessions = confident([["high", 60, 0]]);
  match(
    trustedVerdicts(sessions, sessions.map(({ sessionId }) => label(sessionId, 1, { sampling_probability: null })))!
      .why!,
    /chosen, not drawn/,
  );
  const uneven = sessions.map(({ sessionId }, i) => label(sessionId, 1, { sampling_probability: i < 5 ? 0.1 : 0.9 }));
  match(trustedVerdicts(sessions, uneven)!.sentence, /not vouched for: labels were drawn at different chances/);
});

Deno.test("the figure of labels says whether they contradict the judge, turn an order, or are too few", () => {
  const { sessions, truth } = generous(1);
  const two = sessions.map((s, i): Session => i % 2 ? { ...s, harness: "ladder" } : s);
  const titleOf = (labels: Label[], of: readonly Session[] = two) =>
    drawLabelMoves(labelMoves(of, labels, "harness", { random: seededRandom(1), draws: 50 }), { source: "a test" })
      .title;
  const all = two.map(({ sessionId }) => label(sessionId, truth.get(sessionId)!, { sampling_probability: 1 }));
  match(titleOf(all), /^Labels contradict \d of 2 judged rates; 1 pair of 1 can be told apart$/);
  match(titleOf(all.slice(0, 20)), /^20 labels do not bear a rate by harness yet$/);
  match(titleOf(all.slice(0, 1)), /^1 label does not bear a rate by harness yet$/);
  // The judge calls most of one and few of the other solved, people the other way round.
  const mostly = (i: number, harness: string, turned: boolean) =>
    ((i % 5 > 0) === ((harness === "loop") !== turned)) ? 1 : 0;
  const opposite = two.map((s, i): Session => ({ ...s, success: mostly(i, s.harness, false) }));
  const said = opposite.map(({ sessionId, harness }, i) =>
    label(sessionId, mostly(i + 1, harness, true), { sampling_probability: 1 })
  );
  match(titleOf(said, opposite), /^Labels turn the order round: ladder solves more than loop, not less$/);
});
