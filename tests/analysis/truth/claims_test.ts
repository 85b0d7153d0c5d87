import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { asInFile } from "../../../lib/analysis/mod.ts";
import { type ClaimRow, decideClaims, parseClaims } from "../../../lib/analysis/claims/mod.ts";
import { fullResults, judgedTable, publishedClaimFile, replica, resultsToAsk } from "../../../lib/study/mod.ts";
import { datasetOf, sessionsOf } from "../sessions.ts";
import { onRecorded, sharedPath } from "../../support/shared.ts";
// Worked out from the rows of the judged table by pandas alone.
// Made with: /usr/bin/python3 tests/analysis/truth/claims_oracle.py TABLE > tests/analysis/truth/claims_oracle.json
import oracle from "./claims_oracle.json" with { type: "json" };
// What each published claim was decided to be, read one by one; a change has its reason in the changelog.
import verdicts from "./claims_verdicts.json" with { type: "json" };

const results = { totals: { n: 10, k: 4 }, rows: [{ name: "a", v: 1 }, { name: "b", v: 2 }], empty: [] };
const claim = (fields: Record<string, unknown>) =>
  parseClaims({
    links: { own: "03-simpson" },
    claims: [{
      id: "c",
      claim: "a claim",
      published: 0.4,
      value: "totals.k / totals.n",
      tolerance: 0.01,
      test: "near",
      ...fields,
    }],
  }, "mine.json");
const decide = async (fields: Record<string, unknown>): Promise<ClaimRow> => {
  const [row] = await decideClaims(claim(fields), results);
  if (!row) throw new Error("no row");
  return row;
};

Deno.test("a value within its tolerance is reproduced, with its interval, n and link", async () => {
  const row = await decide({ unit: "rate", interval: '{"lo": 0.2, "hi": 0.6, "n": totals.n}' });
  deepEqual([row.verdict, row.value, row.lo, row.hi, row.n, row.link], ["reproduced", 0.4, 0.2, 0.6, 10, "03-simpson"]);
  equal(row.why, "The data give 40%; stated was 40%.");
});

Deno.test("the verdicts come in their order", async () => {
  const fails = { distinct: "false", ground_truth: "false" };
  const verdict = async (fields: Record<string, unknown>) => (await decide({ ...fails, ...fields })).verdict;
  const gone = 'rows[name="z"].v';
  equal(await verdict({ not_testable: "no traces", published: 9, value: gone }), "not testable");
  equal(await verdict({ value: gone }), "not in these data");
  equal(await verdict({ value: gone, if_missing: "contradicted" }), "contradicted by its own data");
  equal(await verdict({ published: 9 }), "contradicted by its own data");
  equal(await verdict({}), "not distinguishable in its own data");
  equal(await verdict({ distinct: "true" }), "does not survive ground truth");
  equal(await verdict({ distinct: "true", ground_truth: "1 = 1" }), "reproduced");
});

Deno.test("each test holds the value to what was published, with its tolerance to spare", async () => {
  const verdict = async (test: string, published: number, tolerance: number | null = 0.01) =>
    (await decide({ test, published, tolerance })).verdict === "reproduced";
  deepEqual(
    await Promise.all([0.385, 0.395, 0.405, 0.415].map((p) => verdict("near", p))),
    [false, true, true, false],
  );
  deepEqual(await Promise.all([0.405, 0.415].map((p) => verdict("at_least", p))), [true, false]);
  deepEqual(await Promise.all([0.395, 0.385].map((p) => verdict("at_most", p))), [true, false]);
  equal((await decide({ test: "is_true", value: "totals.n = 10", tolerance: null })).verdict, "reproduced");
  equal(
    (await decide({ test: "is_true", value: "totals.n", tolerance: null })).verdict,
    "contradicted by its own data",
  );
});

Deno.test("an empty selection is a missing value, and a condition on nothing is not true", async () => {
  const missing = await decide({ value: 'rows[name="z"].v' });
  deepEqual([missing.verdict, missing.value], ["not in these data", null]);
  match(missing.why, /selection is empty/);
  equal((await decide({ ground_truth: 'rows[name="z"].v > 1' })).verdict, "does not survive ground truth");
  const overNothing = await decide({ value: "totals.k / (totals.n - 10)" });
  deepEqual([overNothing.verdict, overNothing.value], ["contradicted by its own data", null], "no ratio");
  match(overNothing.why, /divided by 0/);
});

Deno.test("why says what a failing condition found", async () => {
  const row = await decide({ ground_truth: 'totals.n > 20 and rows[name="a"].v = 1' });
  equal(
    row.why,
    "The data give 0.4, but against the grades totals.n is 10, where > 20 is needed.",
  );
  const said = await decide({ distinct: "false", distinct_why: '"there are " & $string($count(rows)) & " of them"' });
  equal(said.why, "The data give 0.4, but there are 2 of them.");
});

const CELLS = {
  ultimate: [
    { benchmark: "b1", harness: "h1", model: "m1", deployment: "x/m1" },
    { benchmark: "b2", harness: "h2", model: "m1", deployment: "x/m1" },
  ],
  cells: [{ benchmark: "b1", config: "h1 · m1", rate: 0.4 }, { benchmark: "b2", config: "h2 · m1", rate: 0.6 }],
  front: ["h1 · m1"],
  fit: { terms: { "harness=h2": { estimate: 0.4 } } },
};
const inCells = async (value: string, fields: Record<string, unknown> = {}) => {
  const [row] = await decideClaims(claim({ value, ...fields }), CELLS, { optionalKeys: ["extra"] });
  return row?.verdict === "not in these data" ? row.why : null;
};

Deno.test("a claim about a cell that no session is of is not in these data, and says which", async () => {
  equal(await inCells('cells[benchmark="b1" and config="h1 · m1"].rate'), null);
  equal(await inCells('cells[benchmark="b9"].rate'), "No session has benchmark b9.");
  equal(
    await inCells('cells[benchmark="b1" and config="h2 · m1"].rate'),
    "No session has benchmark b1 and config h2 · m1.",
  );
  equal(
    await inCells('cells[benchmark="b1"].x[config="h2 · m1"].n'),
    "No session has benchmark b1 and config h2 · m1.",
  );
  equal(await inCells('$sum([0, cells[model in ["m8", "m9"] and rate > 0].rate])'), "No session has model m8 or m9.");
  equal(await inCells('$count(cells[$contains(benchmark, "q")])'), 'No session has benchmark with "q" in it.');
  equal(await inCells("fit.terms.`harness=h2`.estimate"), null);
  equal(await inCells("fit.terms.`harness=h9`.estimate"), "No session has harness h9.");
});

Deno.test("a claim of one's own cells is decided by its value, however it asks for them", async () => {
  const stays = { published: 1, test: "is_true", tolerance: null };
  equal(await inCells('"h1 · m1" in front', stays), null);
  equal(await inCells('"h9 · m1" in front', stays), "No session has config h9 · m1.");
  equal(await inCells('$count(cells[benchmark="b1" and $not($contains(config, "h9"))]) = 0', stays), null);
  equal(await inCells('( $c := cells[0]; $c.benchmark = "b1" )', stays), null);
  equal(await inCells('( $c := cells[0]; $c.benchmark = "b9" )', stays), "No session has benchmark b9.");
});

Deno.test("a claim about a part that other results have is not in these data", async () => {
  equal(await inCells("extra.rate"), 'These results have no "extra".');
  equal(await inCells("0.4", { ground_truth: "extra.rate > 0" }), 'These results have no "extra".');
});

Deno.test("a claim that its own data contradict by having no such cell needs data with its names", async () => {
  const fields = { if_missing: "contradicted" };
  equal(await inCells('cells[benchmark="b1" and config="h2 · m1"].rate', fields), null);
  equal(await inCells('cells[benchmark="b1" and config="h9 · m1"].rate', fields), "No session has config h9 · m1.");
});

Deno.test("the value that a claim states is read by either name, and sentences use the word they are told", async () => {
  const { claims: [byName] } = parseClaims({
    claims: [{ id: "c", claim: "a claim", stated: 0.4, value: "totals.k", tolerance: 0, test: "near" }],
  }, "mine.json");
  equal(byName?.stated, claim({}).claims[0]?.stated);
  const [row] = await decideClaims(claim({ ground_truth: "true" }), results, { stated: "printed", grades: "labels" });
  equal(row?.why, "The data give 0.4; printed was 0.4; labels agree.");
});

Deno.test("published claims asked of other people's sessions are decided on none of them", async () => {
  const sessions = [...sessionsOf(30, 12, { benchmark: "mine", deployment: "acme/one", harness: "h" })];
  const dataset = datasetOf(sessions);
  const { study, claims } = await fullResults(dataset, { claims: publishedClaimFile() });
  equal(study, undefined);
  const named = claims?.filter(({ id }) => /opus|kimi|deepseek|gemini|gpt|claude/.test(id)) ?? [];
  ok(named.length > 30);
  deepEqual(named.filter((r) => r.verdict !== "not in these data").map((r) => r.id), []);
  ok(claims?.filter((r) => r.verdict !== "not testable").every((r) => !r.why.includes("published")));
});

Deno.test("an expression at fault is an error with the claim's id, not a verdict", async () => {
  await rejects(decide({ value: "totals.(" }), /claim "c", field "value": does not parse as JSONata/);
  await rejects(decide({ value: "nothere.x" }), /claim "c", field "value": the results have no key "nothere"/);
  await rejects(decide({ ground_truth: "$$.nothere[v=1]" }), /field "ground_truth": the results have no key "nothere"/);
  await rejects(decide({ distinct: "$count(nothere) = 0" }), /field "distinct": the results have no key "nothere"/);
  await rejects(decide({ value: "$foo(totals)" }), /claim "c", field "value": cannot be evaluated/);
  await rejects(
    decide({ value: "rows.v" }),
    /claim "c", field "value": expected one number, true or false, found \[1,2\]/,
  );
  equal((await decide({ value: '$sum(rows[name="a"].v) - 0.6' })).value, 0.4, "names inside a selection are not keys");
});

Deno.test("a condition that has to hold, and an effect, need no stated value", async () => {
  const claims = parseClaims({
    claims: [
      { id: "holds", claim: "a claim", value: "totals.k = 4", test: "is_true" },
      { id: "does-not", claim: "a claim", value: "totals.k = 5", test: "is_true" },
    ],
  }, "mine.json");
  deepEqual((await decideClaims(claims, results)).map(({ verdict }) => verdict), [
    "reproduced",
    "contradicted by its own data",
  ]);
});

Deno.test("a claims file at fault names file, claim and field", () => {
  throws(() => claim({ test: "nearly" }), /mine\.json, claim "c", field "test"/);
  throws(() => claim({ tolerance: null }), /claim "c", field "tolerance": near, at_least and at_most need/);
  throws(() => claim({ valeu: "1" }), /claim "c": Unrecognized key: "valeu"/);
  const twice = claim({}).claims.flatMap((c) => [c, c]);
  throws(() => parseClaims({ claims: twice }, "mine.json"), /claim "c": this id is there twice/);
  throws(() => parseClaims([], "mine.json"), /mine\.json, the file/);
});

Deno.test("on the replica every published claim has its verdict, and values are those of pandas", async () => {
  const { study } = await fullResults(await replica());
  const rows = study?.claims ?? [];
  deepEqual(Object.fromEntries(rows.map((r) => [r.id, r.verdict])), verdicts);
  for (const { id, value } of oracle) {
    const found = Number(rows.find((r) => r.id === id)?.value);
    ok(Math.abs(found / value - 1) < 1e-6, `${id}: ${found}, not ${value}`);
  }
});

Deno.test("every published claim quotes the text, or is another number of one that does, and says where", () => {
  const { claims } = publishedClaimFile();
  const quoted = new Set(claims.filter((c) => c.quote && c.section).map((c) => c.id));
  deepEqual(claims.filter((c) => !quoted.has(c.id) && !quoted.has(c.view_of ?? "")).map((c) => c.id), []);
});

const effect = (lo: number, hi: number, more = "") => `{"estimate": ${(lo + hi) / 2}, "lo": ${lo}, "hi": ${hi}${more}}`;
const tested = (fields: Record<string, unknown>) =>
  decide({ test: "effect", tolerance: null, unit: "points", about: "these cells", ...fields });

Deno.test("an effect is told by its interval, and by p where one is given", async () => {
  const verdict = async (fields: Record<string, unknown>) => (await tested(fields)).verdict;
  equal(await verdict({ effect: effect(0.1, 0.3) }), "reproduced");
  equal(await verdict({ effect: effect(-0.1, 0.3) }), "not distinguishable in its own data");
  equal(await verdict({ effect: effect(0.1, 0.3, ', "p": 0.2') }), "not distinguishable in its own data");
  equal(await verdict({ effect: effect(-0.3, -0.1) }), "contradicted by its own data");
  equal(await verdict({ effect: effect(-0.3, -0.1), says: "below" }), "reproduced");
  equal(await verdict({ effect: effect(-0.04, 0.2), says: "not below", margin: 0.05 }), "reproduced");
  equal(await verdict({ effect: effect(-0.2, 0), says: "same", margin: 0.05 }), "not distinguishable in its own data");
  equal(await verdict({ effect: effect(-0.02, 0.03), says: "same", margin: 0.05 }), "reproduced");
  equal(await verdict({ effect: "empty[0]" }), "not distinguishable in its own data", "no effect, no interval");
});

Deno.test("grades are held to the same test: they agree, tell the opposite, or cannot tell", async () => {
  const row = async (graded: string, more = {}) => await tested({ effect: effect(0.1, 0.3), graded, ...more });
  const [agrees, opposite, open] = [effect(0.05, 0.2), effect(-0.4, -0.2), effect(-0.1, 0.2)];
  deepEqual([(await row(agrees)).verdict, (await row(agrees)).graded?.outcome], ["reproduced", "agrees"]);
  equal((await row(opposite)).verdict, "does not survive ground truth");
  deepEqual([(await row(open)).verdict, (await row(open)).graded?.outcome], ["reproduced", "cannot tell"]);
  match((await row(open)).why, /they cannot tell/);
  const apart = await row(opposite, { comparable: "1 = 2" });
  equal(apart.graded?.comparable, false);
  match(apart.why, /not like for like/);
  const unsure = await tested({ effect: effect(-0.1, 0.3), graded: opposite });
  equal(unsure.verdict, "does not survive ground truth", "the opposite says more than cannot tell");
});

Deno.test("a value survives grades whose interval holds what was stated", async () => {
  const graded = async (graded_value: string) => (await decide({ graded_value })).verdict;
  equal(await graded(effect(0.35, 0.5)), "reproduced");
  equal(await graded(effect(0.42, 0.5)), "does not survive ground truth");
});

Deno.test("what rests on sessions that are not an agent's says so, before anything is told of it", async () => {
  const row = await tested({ effect: effect(-0.1, 0.3), not_agents: "7" });
  equal(row.verdict, "rests on sessions that are not an agent's");
  match(row.why, /rests on 7 sessions/);
  equal((await tested({ effect: effect(0.1, 0.3), not_agents: "$sum([]) > 0" })).verdict, "reproduced");
});

Deno.test("a contrast says how many verdicts would undo it, or how many sessions would tell", async () => {
  const contrast = (a: string, b: string) => tested({ value: "0.5", effect: `$contrast(${a}, ${b})` });
  const clear = await contrast('{"n": 50, "k": 45}', '{"n": 50, "k": 20}');
  equal(clear.verdict, "reproduced");
  match(clear.turns ?? "", /^\d+ other verdicts of 100 would undo it$/);
  const close = await contrast('{"n": 50, "k": 27}', '{"n": 50, "k": 24}');
  match(close.turns ?? "", /sessions a side would tell/);
  equal((await contrast('{"n": 0, "k": 0}', '{"n": 50, "k": 24}')).verdict, "not distinguishable in its own data");
});

Deno.test("functions of claims: rates, balanced rates, spreads, medians, costs", async () => {
  const value = async (source: string) => (await decide({ value: source, test: "at_least", published: 0 })).value;
  equal(await value('$rate([{"n": 10, "k": 4}, {"n": 10, "k": 8}]).estimate'), 0.6);
  ok(Math.abs(Number(await value('$balanced([{"n": 10, "k": 4}, {"n": 100, "k": 80}]).estimate')) - 0.6) < 1e-12);
  ok(Math.abs(Number(await value('$spread([{"n": 10, "k": 4}, {"n": 10, "k": 8}]).estimate')) - 0.2828427) < 1e-6);
  equal(await value("$median([3, 1, 2, 10]).estimate"), 2.5);
  equal(await value("$median([1, 2, 3, 4, 5, 6]).lo"), 1, "six values: their ends hold the median with 97%");
  equal(await value('$perSuccess(2, {"n": 10, "k": 5}).estimate'), 4);
});

Deno.test("a quotation is short, and a view is of a claim", () => {
  throws(() => claim({ quote: "word ".repeat(16) }), /field "quote": expected at most 15 words/);
  throws(() => claim({ view_of: "z" }), /field "view_of": no claim is called "z"/);
  throws(() => claim({ test: "effect" }), /field "effect": a claim tested by its effect needs one/);
  throws(() => claim({ effect: "1", says: "same" }), /field "margin"/);
});

onRecorded("mirror", "the judged table and the replica give the same verdicts", async () => {
  const claims = publishedClaimFile();
  const [judged, rebuilt] = await Promise.all(
    [judgedTable({ mirrors: [sharedPath("mirror")] }), replica()].map(async (dataset) =>
      await decideClaims(claims, asInFile(resultsToAsk(await dataset)))
    ),
  );
  deepEqual(judged?.map((r) => [r.id, r.verdict]), rebuilt?.map((r) => [r.id, r.verdict]));
});
