import { deepEqual, equal, ok } from "node:assert/strict";
import {
  embedInto,
  failureReasons,
  failureTopics,
  labelTexts,
  successReasons,
  topicAgreement,
  topicCauses,
  topicModel,
  trainClassifier,
} from "../../../lib/analysis/topics/mod.ts";
import { type ModeLabel } from "../../../lib/analysis/topics/agreement.ts";
import { seededRandom } from "../../../lib/stats/mod.ts";
import { judgedTable, PUBLISHED_CLASSES, publishedClasses, replica } from "../../../lib/study/mod.ts";
import golden from "../../golden/topic_labels.json" with { type: "json" };
import { needs } from "../../support/needs.ts";
import { onRecorded, sharedPath } from "../../support/shared.ts";

const MIRROR = "mirror";

const modes = (labels: readonly { session_id: string; mode: string | null }[]): ModeLabel[] =>
  labels.map(({ session_id, mode }) => ({ sessionId: session_id, mode }));

onRecorded(MIRROR, "topics of the judged table's 640 failures, held against 200 read by a person", async (t) => {
  const dataset = await judgedTable({ cacheDir: "/nonexistent/cache", mirrors: [sharedPath(MIRROR)] });
  const texts = failureReasons(dataset);
  const { topics } = failureTopics(dataset, { seed: 1, runs: 8 });
  ok(topics);
  await t.step("every failure has a reason and a place", () => {
    deepEqual([topics.texts, topics.points.length], [640, 640]);
    ok(topics.points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));
    equal(topics.unclustered + topics.topics.reduce((sum, { sessions }) => sum + sessions, 0), 640);
  });
  await t.step("the same seed gives the same bytes", () => {
    equal(JSON.stringify(failureTopics(dataset, { seed: 1, runs: 8 }).topics), JSON.stringify(topics));
  });
  await t.step("texts drawn anew give the same topics", () => {
    ok(topics.stability!.adjusted_rand > 0.85, `${topics.stability!.adjusted_rand}`);
  });
  await t.step("seeds repeat the benchmark less than clusters do", () => {
    const index = (seeds: [] | undefined) =>
      failureTopics(dataset, { seed: 1, runs: 0, ...(seeds ? { seeds } : {}) }).topics!.rediscovery
        .find(({ dimension }) => dimension === "benchmark")!.adjusted_rand;
    ok(index(undefined) < 0.5 * index([]));
  });
  await t.step("the published classes are found with precision and recall above one half", () => {
    const agreement = topicAgreement(topics, modes([...golden.first_sample, ...golden.second_sample]));
    for (const { seed } of PUBLISHED_CLASSES) {
      const { precision, recall } = agreement.modes.find(({ mode }) => mode === seed)!;
      ok(precision! > 0.5 && recall! > 0.5, `${seed}: ${precision}, ${recall}`);
    }
    equal(publishedClasses(topics).filter(({ topic }) => topic !== null).length, 3);
  });
  await t.step("labels read after the phrases were written agree beyond chance", () => {
    const { kappa, coverage, n } = topicAgreement(topics, modes(golden.second_sample));
    equal(n, 97);
    ok(kappa!.lo > 0.5 && coverage! > 0.9, JSON.stringify(kappa));
  });
  await t.step("two readings of the same reasons agree", () => {
    const same = golden.second_sample.filter(({ mode, second }) => mode === second).length;
    equal(golden.second_sample.length, 100);
    ok(same / 100 > 0.8, `${same} of 100`);
  });
  await t.step("a classifier learns from the labels, and is tested on texts that it has not seen", () => {
    const model = topicModel(texts.map(({ text }) => text), { seed: 1 });
    const labels = modes([...golden.first_sample, ...golden.second_sample]).filter(({ mode }) => mode !== null);
    const own = labels.map(({ sessionId }) => texts.find((text) => text.sessionId === sessionId)!.text);
    const trained = trainClassifier(
      embedInto(model.space, own),
      labels.map(({ mode }) => mode!),
      own,
      seededRandom(1),
    )!;
    equal(trained.n + trained.left_out, 197);
    ok(trained.kappa!.lo > 0.65, JSON.stringify(trained.kappa));
  });
  await t.step("what was fitted labels the same texts the same, one at a time too", () => {
    const model = topicModel(texts.map(({ text }) => text), { seed: 1 });
    const kept = JSON.parse(JSON.stringify(model));
    const together = labelTexts(model, texts.map(({ text }) => text));
    texts.slice(0, 40).forEach(({ text }, i) => deepEqual(labelTexts(kept, [text])[0], together[i]));
    const idOf = new Map(topics.topics.map(({ number, seed }) => [number, seed]));
    const same = together.filter(({ primary }, i) => primary === (idOf.get(topics.points[i]!.topic ?? -1) ?? null));
    equal(same.length, 640);
  });
  await t.step("successes are asked the same", () => {
    const model = topicModel(texts.map(({ text }) => text), { seed: 1 });
    const causes = topicCauses(model, texts, successReasons(dataset));
    ok(causes.length > 5 && causes.every(({ lo, difference, hi }) => lo <= difference && difference <= hi));
    ok(causes.find(({ topic }) => topic === "handed_over")!.lo > 0);
  });
});

needs(["read", "write", "env"], "the replica has no reasons, so no topics", async () => {
  const { topics, sentence } = failureTopics(await replica(), { seed: 1 });
  equal(topics, null);
  ok(sentence.includes("640 failed sessions"), sentence);
});
