import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { failureReasons, failureTopics, type Topics, topicsOf } from "../../../lib/analysis/topics/mod.ts";
import { clusterSessions } from "../../../lib/analysis/topics/sessions.ts";
import { aloneWhereNone, stabilityOf } from "../../../lib/analysis/topics/stability.ts";
import { withoutTaskWords } from "../../../lib/analysis/topics/task_words.ts";
import { datasetOf } from "../../../lib/analysis/mod.ts";
import type { Session } from "../../../lib/model/mod.ts";
import { adjustedRand, seededRandom } from "../../../lib/stats/mod.ts";
import { aSession } from "../../support/a_session.ts";
import { groupedTexts } from "./texts.ts";

const { texts, truth } = groupedTexts(40, 12);
const labelsOf = (topics: Topics) => topics.points.map(({ topic }) => topic ?? -1);

Deno.test("topics find groups of texts, and leave strays out", () => {
  const topics = topicsOf(texts, { seeds: [], seed: 1, runs: 0 });
  equal(topics.topics.length, 3);
  const strays = topics.points.filter((_, i) => truth[i] === -1);
  ok(strays.filter(({ topic }) => topic === null).length >= 10);
  equal(topics.unclustered, topics.points.filter(({ topic }) => topic === null).length);
  const inside = labelsOf(topics).map((label, i) => [label, truth[i]!] as const).filter(([label]) => label > 0);
  ok(adjustedRand(inside.map(([a]) => a), inside.map(([, b]) => b)) > 0.95);
});

Deno.test("a topic's name, share and purity are of its own texts", () => {
  const { topics, texts: n } = topicsOf(texts, { seeds: [], seed: 1, runs: 0 });
  for (const topic of topics) {
    const own = {
      kitchen: /oven|cake|flour|burnt|dough|timer|butter|pastry/,
      garden: /tomato|hose|wilted|compost|soil|watering|seedling|pruning/,
      workshop: /drill|timber|sanding|varnish|clamp|splinter|bench|joint/,
    };
    for (const word of topic.name.split(", ")) match(word, own[topic.purity.benchmark.value as keyof typeof own]);
    equal(topic.share, topic.sessions / n);
    ok(topic.purity.benchmark.share > 0.9);
    ok(topic.terms.every(({ texts, elsewhere }) => texts <= topic.sessions && elsewhere <= n - topic.sessions));
  }
});

Deno.test("topics that repeat the benchmark are warned of", () => {
  const { warnings, rediscovery } = topicsOf(texts, { seeds: [], seed: 1, runs: 0 });
  ok(warnings.some((warning) => warning.startsWith("Topics rediscover the task: 3 of 3")), warnings.join("\n"));
  ok(rediscovery.find(({ dimension }) => dimension === "benchmark")!.adjusted_rand > 0.9);
});

Deno.test("families of tasks are spoken of where there are several", () => {
  const said = (familyOf?: (benchmark: string) => string) =>
    topicsOf(texts, { seeds: [], seed: 1, runs: 0, ...(familyOf ? { familyOf } : {}) }).warnings.join("\n");
  ok(!said().includes("family"), said());
  match(said((benchmark) => benchmark === "garden" ? "outside" : "inside"), /3 of 3 are .* 3 of one family/);
});

Deno.test("texts of one benchmark cannot rediscover it", () => {
  const one = texts.map((text) => ({ ...text, benchmark: "house", harness: "spoon" }));
  deepEqual(topicsOf(one, { seeds: [], seed: 1, runs: 0 }).warnings, []);
});

Deno.test("the same seed gives the same topics, places and stabilities", () => {
  const again = () => JSON.stringify(topicsOf(texts, { seeds: [], seed: 7, runs: 4 }));
  equal(again(), again());
});

Deno.test("clear groups are found again when texts are drawn anew", () => {
  const { topics, stability } = topicsOf(texts, { seeds: [], seed: 1, runs: 12 });
  ok(topics.every((topic) => topic.stability! > 0.75), topics.map((topic) => topic.stability).join());
  ok(stability!.adjusted_rand > 0.7 && stability!.lo <= stability!.adjusted_rand);
});

Deno.test("texts without groups give no stable topics, and the warnings say so", () => {
  const random = seededRandom(3);
  const words = Array.from({ length: 60 }, (_, i) => `w${"abcdefghij"[i % 10]}${"klmnop"[Math.floor(i / 10)]}`);
  const noise = Array.from({ length: 150 }, (_, i) => ({
    sessionId: `s_${i}`,
    benchmark: "b",
    harness: "h",
    text: Array.from({ length: 8 }, () => words[Math.floor(60 * random())]).join(" "),
  }));
  const { topics, stability, warnings } = topicsOf(noise, { seeds: [], seed: 1, runs: 8 });
  ok(topics.length === 0 || stability!.adjusted_rand < 0.5, `${topics.length} topics, ${stability!.adjusted_rand}`);
  ok(warnings.length > 0);
});

Deno.test("given embeddings are clustered in place of words, and words still name the topics", () => {
  const random = seededRandom(2);
  const embeddings = truth.map((group) => [0, 1, 2].map((axis) => (axis === group ? 5 : 0) + 0.5 * random()));
  const topics = topicsOf(texts, { seeds: [], seed: 1, runs: 2, embeddings });
  deepEqual([topics.embedding.kind, topics.embedding.dimensions, topics.embedding.words], ["given", 3, null]);
  equal(topics.topics.length, 3);
  ok(topics.topics.every(({ terms }) => terms.length > 0));
});

Deno.test("embeddings that do not fit the texts are refused", () => {
  throws(
    () => topicsOf(texts, { seeds: [], seed: 1, embeddings: [[1, 2]] }),
    /expected 132 embeddings of one length, found 1/,
  );
  const ragged = texts.map((_, i) => i ? [1, 2] : [1]);
  throws(() => topicsOf(texts, { seeds: [], seed: 1, embeddings: ragged }), /lengths 1,2/);
  const broken = texts.map((_, i) => [1, i === 3 ? NaN : 2]);
  throws(() => topicsOf(texts, { seeds: [], seed: 1, embeddings: broken }), /embedding 3 holds/);
  throws(() => topicsOf([], { seed: 1 }), /found none/);
});

Deno.test("words that occur in fewer than two thirds of the benchmarks are words of a task", () => {
  const three = ["kitchen", "garden", "workshop"].map((benchmark, i) => ({
    sessionId: `${i}`,
    benchmark,
    harness: "h",
    text: `failed ${benchmark}${i < 2 ? " outdoors" : ""}`,
  }));
  const { texts: left, words } = withoutTaskWords(three);
  deepEqual(left, ["failed outdoor", "failed outdoor", "failed"]);
  equal(words, 3);
  deepEqual(withoutTaskWords(three.slice(0, 2)).texts, three.slice(0, 2).map(({ text }) => text));
});

Deno.test("without the tasks' words the groups are gone", () => {
  const { topics, task_words } = topicsOf(texts, { seeds: [], seed: 1, runs: 0, leaveOutTaskWords: true });
  ok(task_words.left_out && task_words.words! > 20);
  ok(topics.every(({ purity }) => purity.benchmark.share < 0.9));
});

Deno.test("a clustering found again exactly is stable, one of chance is not", () => {
  const labels = Array.from({ length: 90 }, (_, i) => i % 3 - (i > 80 ? 3 : 0)).map((label) => Math.max(-1, label));
  const same = stabilityOf(labels, (drawn) => drawn.map((i) => labels[i]!), { runs: 20, random: seededRandom(1) });
  deepEqual(same.clusters, [1, 1, 1]);
  equal(same.overall.adjusted_rand, 1);
  const random = seededRandom(2);
  const chance = stabilityOf(labels, (drawn) => drawn.map(() => Math.floor(3 * random())), { runs: 20, random });
  ok(Math.abs(chance.overall.adjusted_rand) < 0.1);
  ok(chance.clusters.every((jaccard) => (jaccard ?? 1) < 0.5));
});

Deno.test("unclustered texts do not count as one cluster", () => {
  equal(new Set(aloneWhereNone([0, -1, 0, -1])).size, 3);
});

Deno.test("a cluster's sessions are found by number, name or null", () => {
  const topics = topicsOf(texts, { seeds: [], seed: 1, runs: 0 });
  const first = topics.topics[0]!;
  const ids = clusterSessions(topics, 1);
  equal(ids.length, first.sessions);
  deepEqual(clusterSessions(topics, first.name), ids);
  equal(clusterSessions(topics, null).length, topics.unclustered);
  throws(() => clusterSessions(topics, 9), /no topic 9; there are 1 \(/);
});

const ofSessions = (sessions: Session[]) =>
  datasetOf({ name: "t", sha256: "", sessions: sessions.length, sentence: "", caption: "a test" }, sessions);
const dataset = (reasons: (string | null)[]) =>
  ofSessions(reasons.map((judgeReasoning, i) => aSession({ sessionId: `r_${i}`, success: 0, judgeReasoning })));

Deno.test("reasons are those of failed sessions alone", () => {
  const { sessions } = dataset(["bad", null, " "]);
  const all = [
    ...sessions,
    aSession({ success: 1, judgeReasoning: "good" }),
    aSession({ success: null, judgeReasoning: "?" }),
  ];
  deepEqual(failureReasons(ofSessions(all)).map(({ text }) => text), ["bad"]);
});

Deno.test("without reasons there are no topics, and a sentence says why", () => {
  const { topics, sentence } = failureTopics(dataset([null, null]), { seed: 1 });
  equal(topics, null);
  match(sentence, /of 2 failed sessions \(a test\) none has a text/);
  match(failureTopics(dataset(["one"]), { seed: 1 }).sentence, /every one has a text/);
});
