import { equal, match, ok } from "node:assert/strict";
import * as analysis from "../../lib/analysis/mod.ts";
import { failureTopics } from "../../lib/analysis/topics/mod.ts";
import { drawContamination, isStudy, publishedClaimFile, REFERENCE, replica, say } from "../../lib/study/mod.ts";
import * as study from "../../lib/study/mod.ts";
import type { Dataset, Session } from "../../lib/model/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { datasetOf, session, sessionsOf } from "../analysis/sessions.ts";
import { studyWordsIn } from "../support/study_words.ts";

const resampling = () => ({ random: seededRandom(1), draws: 50 });

/** Every sentence that the notebooks show of a dataset, in their order. */
function sentencesOf(dataset: Dataset): string[] {
  const told = say.toldOf(dataset, { names: study.studyNames });
  const cells = analysis.cellsOf(dataset), sessions = dataset.sessions ?? [];
  const prices = told.ofStudy ? study.publishedPrices() : analysis.unpricedTable();
  const fit = told.ofStudy ? { reference: REFERENCE } : {};
  const results = analysis.cellResults(dataset.info, cells, prices, fit);
  const found = analysis.effects(cells, fit), rows = analysis.sensitivity(cells);
  const held = told.ofStudy ? study.HELD_FIXED : analysis.mostCompared(cells);
  const under = held ? analysis.modelsUnder(cells, held.harness, held.benchmark) : [];
  const rates = told.ofStudy ? study.officialRates() : [];
  const grades = told.ofStudy ? analysis.official(cells, rates) : null;
  const spread = analysis.sessionResults(dataset);
  const gaps = analysis.officialGaps(cells, rates);
  const { topics, sentence } = failureTopics(dataset, { seed: 1, runs: 0 });
  const whose = say.verdictsOf(dataset);
  const reference = analysis.mostFrequent(cells, "harness") ?? "";
  const rules = { ...study.STUDY_GUARDRAILS, ...resampling() };
  return [
    say.whatWasRecorded(told),
    say.inTotal(analysis.totals(cells)),
    say.whoRanAll(analysis.coverage(cells), new Set(cells.map((c) => c.benchmark)).size, told),
    say.howItWasAsked(told),
    say.whoJudged(analysis.judgeCounts(dataset).judge_model, study.shortlistingReasons(dataset), told),
    say.setAgainstGrades(analysis.agreement(sessions), say.nothingToCompare(sessions)),
    say.swayedFromInside(null),
    say.whatRatesRestOn(whose),
    say.whoSaidSo(whose, told),
    say.hardestAndEasiest(analysis.ratesBy(cells, ["benchmark"]), told),
    say.pooledAgainstBalanced(analysis.reliability(cells), told),
    say.dependable(analysis.quadrant(cells), analysis.reliability(cells), told),
    say.publishedSwings(analysis.cellRows(cells), told),
    say.whoWins(analysis.contenders(cells), told),
    say.modelsHeldFixed(under, held, told),
    say.whatFactorsAdd(results, told),
    say.sharedOut(results),
    say.howSure(found, analysis.mixedRuns(cells).length, told),
    say.whatDesignLeavesOpen(found, rows, analysis.logitInteractions(cells, fit), analysis.cellRows(cells), told),
    say.otherChoices(rows, grades, told),
    say.sharesOverRuns(analysis.sharesByRun(cells)),
    say.ratesUsed(prices, analysis.blendedUsdPerMtok(prices), analysis.unpriced(cells, prices), told),
    say.onTheFrontier(analysis.frontier(cells, prices), analysis.cellRows(cells), told),
    say.costsQuoted(analysis.costByConfig(cells, prices), told),
    say.failuresDearer(
      analysis.failedCostPremium(cells, prices),
      analysis.failedCost(sessions, prices, resampling()),
      told,
    ),
    say.twoRankings(analysis.rankChange(cells, prices)),
    say.blendHeldAgainst(analysis.blendAgainstExact(told.ofStudy ? study.tokenSplit() : cells, prices), told),
    say.howMany(spread.failures),
    say.toolErrorsTell(analysis.toolErrorSignal(dataset), told),
    say.spentInFailing(spread.failed_tokens_by_harness, told),
    say.thrashOrGiveUp(analysis.thrash(sessions, resampling()), told),
    say.oneCapForAll(told),
    say.whatRulesCatch(analysis.guardrails(sessions, told.ofStudy ? rules : resampling()), null, told),
    say.topicsFound(topics, sentence, told),
    say.committedTopics(told),
    say.contaminationGaps(told.ofStudy ? study.contaminationPairs(cells) : [], told),
    say.whoseCoefficients(analysis.coefficients(cells, rates, fit), told),
    say.cellsAgree(analysis.officialAgreement(gaps), told),
    say.widestGaps(gaps, told),
    say.beyondChance(gaps, analysis.comparableSuites(cells, rates), told),
    say.orderOfShares(
      analysis.shareOrder(analysis.sharedCounts(analysis.sharedCells(cells, rates), "official"), ["model", "harness"], {
        random: seededRandom(1),
        draws: 50,
      }),
      null,
    ),
    say.explainedByWhom(analysis.whatExplains(cells, rates)),
    say.sessionsJoined(null, told),
    say.judgeAndGrade(analysis.agreement(sessions), say.nothingToCompare(sessions), told),
    say.correctedByHarness(analysis.correctedRates(sessions, "harness", resampling()), told),
    say.overturned([], told),
    say.audited({
      copies: analysis.duplicateRows(cells, analysis.duplicateCells(dataset)),
      short: study.shortSessions(sessions),
      long: study.longerThanRead(sessions),
      reasons: told.ofStudy ? study.shortlistingReasons(dataset) : null,
    }, told),
    say.labelsWanted(analysis.labelsToBuy(sessions, "harness", reference), reference, told),
    say.labelsPlanned(analysis.labelPlan(sessions, 20, seededRandom(1)), told),
    say.claimsCounted([], publishedClaimFile(), told.ofStudy),
  ];
}

/** Sessions of somebody else: two suites, three agents, two models, with grades that came with them. */
function own(n: number, fields: (i: number) => Partial<Session> = () => ({})): Session[] {
  const random = seededRandom(7);
  return Array.from({ length: n }, (_, i) => {
    const success = random() < 0.6 ? 1 as const : 0 as const;
    return session({
      sessionId: `run${i % 12}_${i}`,
      run: `run${i % 12}`,
      benchmark: ["invoices", "triage"][i % 2]!,
      harness: ["alpha", "beta", "gamma"][i % 3]!,
      deployment: ["acme/nova-1", "acme/nova-2"][i % 5 % 2]!,
      model: ["nova-1", "nova-2"][i % 5 % 2]!,
      success,
      officialSuccess: success,
      gradeOrigin: "program",
      totalTokens: 1000 + Math.floor(9000 * random()),
      calls: 1 + i % 20,
      toolErrors: i % 8,
      ...fields(i),
    });
  });
}

const OWN: Record<string, Session[]> = {
  "300 graded sessions": own(300),
  "three sessions": own(3),
  "one agent": own(60, () => ({ harness: "alpha", deployment: "acme/nova-1", model: "nova-1" })),
  "no verdicts": own(60, () => ({ success: null, officialSuccess: null, gradeOrigin: null })),
  "judged sessions, some graded by people": own(120, (i) => ({
    judgeModel: "acme/judge",
    judgeReasoning: "The agent stopped before the last step.",
    gradeOrigin: i < 60 ? "human" : null,
    ...(i < 60 ? {} : { officialSuccess: null }),
  })),
  "all solved": own(40, () => ({ success: 1, officialSuccess: 1 })),
  "no tokens known": own(80, () => ({ totalTokens: null })),
};

for (const [name, sessions] of Object.entries(OWN)) {
  Deno.test(`no sentence of the notebooks speaks of the study, or of what is no number, for ${name}`, () => {
    const dataset = datasetOf(sessions);
    equal(isStudy(dataset), false);
    for (const sentence of sentencesOf(dataset)) {
      equal(/NaN|undefined|Infinity|\[object/.test(sentence), false, sentence);
      equal(studyWordsIn(sentence).length, 0, sentence);
    }
  });
}

Deno.test("on the study's rows the published values stand beside ours", async () => {
  const all = sentencesOf(await replica()).join("\n\n");
  match(all, /Published for Claude Code · Claude Opus 4\.5, balanced: 73%; here 72\.9%/);
  match(all, /\| harness over model \| 7× \| 7\.9× \|/);
  match(all, /The published figures are right, as figures: 1,780 scored sessions give them back/);
  match(all, /On official grades the order of the two turns round/);
  match(all, /Pooled, a failed session costs 121% more than a successful one\. .* Simpson: on SWE-bench/);
  match(all, /It is no failure signal|it is no failure signal/);
  ok(!/NaN|undefined|Infinity/.test(all));
  ok(typeof drawContamination === "function");
});

const told = say.toldOf(datasetOf([]), {});

Deno.test("tool errors are called a signal where successes have none, and none where successes have as many", () => {
  const of = (success: 0 | 1, n: number, toolErrors: number) =>
    sessionsOf(n, success ? n : 0, { toolErrors }).map((s, i) => ({
      ...s,
      sessionId: `${success}_${toolErrors}_${i}`,
    }));
  const said = (sessions: Session[]) => say.toolErrorsTell(analysis.toolErrorSignal(datasetOf(sessions)), told);
  match(said([...of(0, 10, 7), ...of(1, 10, 0)]), /100% of the failures .* 0% of the successes.* go with failing/s);
  match(said([...of(0, 10, 7), ...of(1, 10, 7)]), /so have 100% of the \*successes\*.* no failure signal/s);
  match(said([...of(0, 10, 1), ...of(1, 10, 1)]), /No failure has 5 tool errors or more/);
  match(said(of(0, 10, 7)), /nothing can be compared/);
});

Deno.test("failures that cost less are not said to cost more", () => {
  const row = { n_failed: 9, n_successful: 9, usd_failed: 1, usd_successful: 2 };
  const part = { simpson: null, configs: 2, left_out: 0, runs: 4, pooled: { estimate: 0.5, lo: 0.3, hi: 0.8 } };
  const within = { ...part, within: { estimate: 0.6, lo: 0.4, hi: 0.9, p: 0.01 } };
  const rows = [{ ...row, benchmark: "a", ratio: 0.5, lo: 0.3, hi: 0.8, within, p_holm: 0.02 }];
  equal(
    say.failuresDearer(-0.5, rows, told),
    "Pooled, a failed session costs 50% less than a successful one. Within config, by suite: on a failures cost less.",
  );
});

Deno.test("one contender is no winner, in words too", () => {
  const words = say.whoWins(analysis.contenders(analysis.cellsOf(sessionsOf(20, 9))), told);
  equal(words, "A single config has ten scored sessions on swebench: one contender is no winner.");
});

Deno.test("a factor that explains nothing is no divisor in words", () => {
  const shares = { benchmark: 0.2, model: 0, harness: 0.1 };
  const fitted = { incremental_r2: { ...shares, full: 0.3 }, lmg_r2: shares, lpm_hc1: null, notes: [] };
  const words = say.sharedOut(fitted);
  ok(!words.includes("×"), words);
  match(words, /nothing is shared/);
});

Deno.test("a measured attack is told with its share and interval, and as no effect where the judge fails without one", () => {
  const report = {
    judge: "house-judge",
    settings: null,
    promptHash: "x",
    at: "2026-01-01T00:00:00Z",
    clean: { zeros: 1, ones: 0, undecided: 0 },
    kinds: [{ kind: "base64", n: 6, flipped: 3, undecided: 0 }, { kind: "role play", n: 0, flipped: 0, undecided: 6 }],
  };
  const text = say.swayedFromInside(report);
  match(text, /turned 3 of 6 verdicts, 50% \(19% to 81%\)\./);
  match(text, /\| base64 \| 6 \| 3 \| 50%/);
  match(text, /\| role play \| 0 \| 0 \| none was ruled on \| 6 \|/);
  match(
    say.swayedFromInside({ ...report, clean: { zeros: 0, ones: 1, undecided: 0 } }),
    /says nothing about the attacks/,
  );
});

/** The sentence of notebook 3 on what balancing changes, for these sessions. */
const balancing = (sessions: Session[]) =>
  say.pooledAgainstBalanced(analysis.reliability(analysis.cellsOf(datasetOf(sessions))), told);

Deno.test("rates that are the same are no gap, and suites whose intervals overlap are not called harder", () => {
  const alike = own(120, (i) => ({ success: i % 4 < 2 ? 1 : 0 }));
  match(balancing(alike), /the same in every config|widest gap/);
  ok(!/: (\d+%) pooled, \1 balanced/.test(balancing(alike)), balancing(alike));
  const rates = (solved: [number, number], n: number) =>
    say.hardestAndEasiest(
      analysis.ratesBy(
        analysis.cellsOf(datasetOf(solved.flatMap((k, suite) =>
          sessionsOf(n, k, { benchmark: ["a", "b"][suite]! })
            .map((s, i) => ({ ...s, sessionId: `${suite}_${i}` }))
        ))),
        ["benchmark"],
      ),
      told,
    );
  match(rates([43, 47], 100), /Their intervals overlap \(.*is not told/);
  match(rates([20, 80], 100), /looks better than one that ran mostly the first/);
  match(rates([40, 40], 100), /They were solved alike/);
});

Deno.test("labels wanted show the rate that was judged beside the one that is reckoned with", () => {
  const sessions = own(
    300,
    (i) => ({ officialSuccess: null, gradeOrigin: null, success: i % 3 ? 0 : 1, harness: "alpha" }),
  );
  const text = say.labelsWanted(analysis.labelsToBuy(sessions, "harness", "alpha"), "alpha", told);
  match(text, /judged solved.*taken as, corrected/);
  match(text, /\| alpha \| 300 \| 33% \| 29% \|/);
  ok(!/next hundred/.test(text));
});

Deno.test("a level of a few sessions is not settled by labelling them", () => {
  const few = [...own(60, () => ({ harness: "alpha" })), ...own(3, (i) => ({ harness: "beta", sessionId: `b_${i}` }))];
  const { rows } = analysis.labelsToBuy(few, "harness", "alpha");
  equal(rows.find(({ level }) => level === "beta")?.settles, null);
});

Deno.test("a mode that is in every cell is not said to be nowhere else, and few failures have no quartiles", () => {
  const failed = own(12, () => ({ success: 0, officialSuccess: 0, toolErrors: 7 }));
  const signal = analysis.toolErrorSignal(datasetOf(failed));
  equal(signal.other_cells, 0);
  match(say.toolErrorsTell(signal, told), /occurs in every benchmark and harness that failed/);
  const boxes = (n: number) => analysis.failedTokensByHarness(datasetOf(failed.slice(0, n)));
  match(say.spentInFailing(boxes(2), told), /too few to say what failing takes/);
});

Deno.test("a rule that catches no more than it stops is none, and one that no other run tried is not praised", () => {
  const alike = own(
    40,
    (i) => ({ totalTokens: 1000, success: i % 2 ? 1 : 0, officialSuccess: null, gradeOrigin: null }),
  );
  const said = (sessions: Session[]) => say.whatRulesCatch(analysis.guardrails(sessions, resampling()), null, told);
  match(said(alike), /none that is better than a coin/);
  const single = own(20, (i) => ({ run: "one", success: i % 2 ? 1 : 0, totalTokens: i % 2 ? 10 : 1000 }));
  match(said(single), /too few runs to try it on others/);
});

Deno.test("shares of a handful of sessions are not told as findings", () => {
  const cells = analysis.cellsOf(datasetOf(own(3, (i) => ({ success: i ? 1 : 0 }))));
  const results = analysis.cellResults(datasetOf([]).info, cells, analysis.unpricedTable(), {});
  match(say.whatFactorsAdd(results, told), /3 scored sessions, fewer than 10 for each coefficient/);
});

Deno.test("where no choice lets both explain anything there is no range of ratios", () => {
  const cells = analysis.cellsOf(datasetOf(own(60, () => ({ harness: "alpha" }))));
  match(say.otherChoices(analysis.sensitivity(cells), null, told), /no other choice/);
});

Deno.test("of failures that nobody can tell apart the share of silent ones is a range, and of all unknown none is said", () => {
  const failed = (of: Partial<Session>[]) =>
    analysis.failures(datasetOf([
      ...of.map((fields, i) => session({ sessionId: `f_${i}`, success: 0, calls: 1, totalTokens: 10, ...fields })),
      ...sessionsOf(90, 90, { calls: 50, totalTokens: 900 }),
    ]));
  match(
    say.howMany(failed([{ toolErrors: 0 }, { toolErrors: null }, { toolErrors: 0, errorSpans: 1 }, { toolErrors: 6 }])),
    /How 1 of 4 sessions failed cannot be told; 25% to 50% are silent/,
  );
  match(say.howMany(failed([{ toolErrors: null }])), /How the 1 session failed cannot be told/);
});

Deno.test("one benchmark is not said to be pooled with others, and several that not all ran are", () => {
  const said = (benchmarks: string[]) => {
    const cells = analysis.cellsOf(datasetOf(benchmarks.flatMap((benchmark) => sessionsOf(3, 1, { benchmark }))));
    return say.whoRanAll(analysis.coverage(cells), benchmarks.length, told);
  };
  equal(said(["solo"]), "No config ran the only benchmark with at least five sessions.");
  match(said(["solo", "other"]), /pooled over benchmarks therefore compares different tasks/);
});

Deno.test("a stratum whose every session is graded has a rate, and no interval of its own width", () => {
  const judged = (harness: string, graded: number) =>
    sessionsOf(100, 60, { harness, judgeModel: "owl" }).map((one, i) => ({
      ...one,
      sessionId: `${harness}_${i}`,
      officialSuccess: i >= graded ? null : i % 10 === 0 ? 1 - one.success! as 0 | 1 : one.success,
    }));
  const sessions = [...judged("all", 100), ...judged("half", 60)];
  const text = say.correctedByHarness(analysis.correctedRates(sessions, "harness", resampling()), told);
  const [all, half] = ["all", "half"].map((name) => text.split("\n").find((line) => line.startsWith(`| ${name}`))!);
  equal(all!.match(/58%, all graded/g)?.length, 3, all);
  ok(!/all graded/.test(half!) && /\d+% \(\d+% to \d+%\)/.test(half!), half);
});

Deno.test("a rule is told only of families with ten failed and ten successful sessions", () => {
  const said = (n: number) =>
    say.whatRulesCatch(
      analysis.guardrails(own(n, (i) => ({ success: i % 2 ? 1 : 0, totalTokens: i % 2 ? 10 : 1000 })), resampling()),
      null,
      told,
    );
  match(said(4), /No family of suites has 10 failed and 10 successful sessions/);
  match(said(20), /Youden's J/);
});

Deno.test("a ratio that leaving out does not move has no range", () => {
  const row = (harness: number): analysis.SensitivityRow[] =>
    ["without a", "without b"].map((choice, i) => ({
      ...analysis.sensitivity(analysis.cellsOf(datasetOf(own(60))))[0]!,
      kind: "left out",
      choice,
      harness: harness * (i + 1),
      model: 0.5,
    }));
  match(say.otherChoices(row(0.0001), null, told), /explains 0\.0×, whichever it is, of what the model explains/);
  match(say.otherChoices(row(0.2), null, told), /between 0\.4× .* and 0\.8×/);
});

Deno.test("a factor of one level is said to be one, not to explain nothing", () => {
  const cells = analysis.cellsOf(datasetOf(own(120, () => ({ model: "solo", deployment: "solo" }))));
  const results = analysis.cellResults(datasetOf([]).info, cells, analysis.unpricedTable(), {});
  const [adds, shares] = [say.whatFactorsAdd(results, told), say.sharesOverRuns(analysis.sharesByRun(cells))];
  match(adds, /\| model adds \| there is one alone \|/);
  match(adds, /\| harness adds \| \d+\.\d+% \|/);
  match(shares, /\| model \| there is one alone \| there is one alone \|/);
  match(shares, /\| harness \| \d+\.\d% \(\d/);
});
