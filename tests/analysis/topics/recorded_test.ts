import { deepEqual, equal, ok } from "node:assert/strict";
import { failureReasons, failureTopics } from "../../../lib/analysis/topics/mod.ts";
import { publishedClasses } from "../../../lib/study/mod.ts";
import { judgedTable, replica } from "../../../lib/study/mod.ts";
import { needs } from "../../support/needs.ts";
import { onRecorded, sharedPath } from "../../support/shared.ts";

const MIRROR = "mirror";

onRecorded(
  MIRROR,
  "topics of the judged table's 640 failures are the same each time and told as they are",
  async (t) => {
    const dataset = await judgedTable({ cacheDir: "/nonexistent/cache", mirrors: [sharedPath(MIRROR)] });
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
    await t.step("topics repeat the task, and that is said", () => {
      ok(topics.rediscovery.find(({ dimension }) => dimension === "family")!.purity > 0.95);
      ok(topics.warnings.some((warning) => warning.startsWith("Topics rediscover the task")));
    });
    await t.step("complaints about the shortlisting harness's own prompt are a topic, told as its trait", () => {
      const own = topics.topics.find(({ purity }) => purity.harness.value === "tool_calling_with_shortlisting");
      ok(own && own.purity.harness.share > 0.9 && own.stability! > 0.75);
      ok(topics.warnings.some((warning) => warning.startsWith(`Topic ${own.number} is a trait of`)));
    });
    await t.step("the published classes are looked for, and none is forced", () => {
      const classes = publishedClasses(topics, failureReasons(dataset));
      equal(classes.length, 3);
      for (const { precision, recall, recognisable } of classes) equal(recognisable, precision > 0.5 && recall > 0.5);
    });
  },
);

needs(["read", "write", "env"], "the replica has no reasons, so no topics", async () => {
  const { topics, sentence } = failureTopics(await replica(), { seed: 1 });
  equal(topics, null);
  ok(sentence.includes("640 failed sessions"), sentence);
});
