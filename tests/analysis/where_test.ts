import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { type Filter, judgeCounts, resultsOf, where } from "../../lib/analysis/mod.ts";
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

Deno.test("an empty filter is the dataset itself, and one that nothing fits as a whole is empty and says so", () => {
  equal(where(DATA, {}), DATA);
  const none = where(DATA, { harness: "openai_solo", calls: (n) => n > 1e9 });
  equal(none.sessions.length, 0);
  match(none.info.sentence, /Here only harness openai_solo, calls as chosen: 0 sessions\./);
});

Deno.test("a list, a regular expression and a test keep what they say, one by one and together", () => {
  const found = where(DATA, {
    benchmark: /^tau2/g,
    harness: ["claude_code", "openai_solo"],
    totalTokens: (n) => (n ?? 0) > 1e5,
  });
  const expected = DATA.sessions.filter((s) =>
    s.benchmark.startsWith("tau2") && ["claude_code", "openai_solo"].includes(s.harness) && s.totalTokens! > 1e5
  );
  ok(expected.length > 0 && expected.length < DATA.sessions.length);
  deepEqual(found.sessions, expected);
  deepEqual(where(DATA, (s) => s.calls === 3).sessions, DATA.sessions.filter((s) => s.calls === 3));
  match(
    found.info.caption,
    /only benchmark like \/\^tau2\/g, harness claude_code or openai_solo, totalTokens as chosen$/,
  );
});

const unknown: [what: string, filter: Filter, message: RegExp][] = [
  [
    "a value",
    { benchmark: "swe-bench" },
    /no benchmark "swe-bench"; did you mean "swebench"\? of benchmark there are appworld, .*tau2_telecom$/,
  ],
  [
    "a value in a list",
    { harness: ["claude_code", "smolagent_code"] },
    /no harness "smolagent_code"; did you mean "smolagents_code"/,
  ],
  [
    "a field",
    { benchmrak: "swebench" },
    /no field "benchmrak"; did you mean "benchmark"\? of fields there are benchmark, /,
  ],
  ["an expression", { model: /^gtp/ }, /no model that \/\^gtp\/ finds.* of model there are claude-opus-4-5, /],
  ["a verdict of another type", { verdict: true as never }, /no verdict true; of verdict there are 0, 1$/],
  ["a number for a name", { run: 7 as never }, /no run 7; .*of run there /],
  ["anything of an empty list", { harness: [] }, /harness is wanted of an empty list, which keeps nothing$/],
  ["a value like nothing that is there", { model: "zzzzzz" }, /no model "zzzzzz"; of model there are/],
];
for (const [what, filter, message] of unknown) {
  Deno.test(`${what} that is not there is an error with the nearest names and what there is`, () => {
    throws(() => where(DATA, filter), message);
  });
}

Deno.test("a verdict of null can be asked for", () => equal(where(DATA, { verdict: null }).sessions.length, 1));

Deno.test("a config is its harness and model", () => {
  const slice = where(DATA, { config: "claude_code · kimi-k2.5" });
  ok(slice.sessions.length > 0 && slice.sessions.every((s) => s.model === "kimi-k2.5" && s.harness === "claude_code"));
});

Deno.test("a failure keeps its mode in a slice: thresholds are those of the whole", () => {
  const few = sessionsOf(9, 0, { benchmark: "appworld", totalTokens: 10, calls: 1, toolErrors: 0 });
  const many = sessionsOf(91, 91, { totalTokens: 1000, calls: 99 });
  const slice = where(datasetOf([...few, ...many]), { benchmark: "appworld" });
  deepEqual(resultsOf(slice, publishedPrices()).failures.modes, { "silent wrong answer": 9 });
  deepEqual(slice.distributions.thresholds, { tokensP90: 1000, callsP90: 99 });
});

Deno.test("stated counts are sliced where they have the column, and unknown where they have not", () => {
  const byBenchmark = where(DATA, { benchmark: "swebench" }).distributions;
  equal(
    byBenchmark.judge?.reduce((a, r) => a + r.n, 0),
    DATA.sessions.filter((s) => s.benchmark === "swebench").length,
  );
  ok(byBenchmark.termCounts?.every((t) => t.benchmark === "swebench"));
  const byModel = where(DATA, { model: "gpt-4.1" });
  deepEqual([byModel.distributions.judge, byModel.distributions.termCounts], [null, null]);
  equal(byModel.distributions.duplicates?.every((c) => c.model === "gpt-4.1"), true);
  throws(() => judgeCounts(byModel), /what the judge said of .*only model gpt-4\.1 cannot be told/);
});

Deno.test("results of a slice of one session come without a crash", () => {
  equal(resultsOf(where(datasetOf([session()]), { verdict: 1 }), publishedPrices()).totals.sessions, 1);
});

Deno.test("of several topics of a session one has to fit; none, not sorted and unknown names are told apart", () => {
  const topics = ["loop | wrong tool", "loop", "", null];
  const data = datasetOf(topics.map((text, i) => session({ sessionId: `s${i}`, topics: text })));
  const of = (wanted: NonNullable<Filter["topics"]> | null) =>
    where(data, { topics: wanted }).sessions.map(({ sessionId }) => sessionId);
  deepEqual(of("loop"), ["s0", "s1"]);
  deepEqual(of("wrong tool"), ["s0"]);
  deepEqual(of(["wrong tool", null]), ["s0", "s3"]);
  deepEqual(of(null), ["s3"]);
  deepEqual(of(/^wrong/), ["s0"]);
  deepEqual(of((text) => text === ""), ["s2"]);
  throws(() => of("loops"), { message: /no topics "loops"; did you mean "loop"/ });
});
