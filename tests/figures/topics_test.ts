import { deepEqual, equal, ok } from "node:assert/strict";
import { topicsOf } from "../../lib/analysis/topics/mod.ts";
import { drawTopics } from "../../lib/figures/mod.ts";
import { TOPIC_COLORS, topicMark } from "../../lib/figures/kit/topic_marks.ts";
import { INK } from "../../lib/figures/kit/theme.ts";
import { studyNames } from "../../lib/study/mod.ts";
import { groupedTexts } from "../analysis/topics/texts.ts";
import { layoutFaults } from "../support/layout.ts";
import { needs } from "../support/needs.ts";
import { distance, oklab, VISIONS } from "../support/vision.ts";

const { texts } = groupedTexts(40, 12);
const topics = topicsOf(texts, { seeds: [], seed: 1, runs: 4 });
const figure = drawTopics(topics, { source: "made-up texts", names: studyNames });

Deno.test("the map of topics has a mark for each text and no text over another", () => {
  deepEqual(layoutFaults(figure), []);
  equal(figure.name, "06-topics");
  equal(figure.svg.split("<title>topic ").length - 1, topics.texts - topics.unclustered);
  equal(figure.svg.split("<title>no topic").length - 1, topics.unclustered);
});

Deno.test("the map of topics shows words one at a time, never a text", () => {
  for (const { text } of texts) ok(!figure.svg.includes(text.slice(4, 24)), text);
});

Deno.test("long names, many topics and unknown stabilities stay inside", () => {
  const long = topics.topics[0]!;
  const many = Array.from({ length: 12 }, (_, i) => ({
    ...long,
    number: i + 1,
    name: `a name that goes on and on & on <${i}>`,
    stability: null,
    purity: {
      ...long.purity,
      benchmark: { value: "a_benchmark_with_a_long_name", share: 0.5 },
      harness: { value: "a_harness_with_a_very_long_name", share: 1 },
    },
  }));
  const points = topics.points.map((point, i) => ({ ...point, topic: i % 12 + 1 }));
  const drawn = drawTopics({ ...topics, topics: many, points }, { source: "made-up texts" });
  // Numbers on the map may meet where topics lie over each other; the table below may not.
  deepEqual(layoutFaults(drawn).filter((fault) => !/^"\d+" overlaps "\d+"$/.test(fault)), []);
  ok(drawn.svg.includes("&lt;0&gt;") || drawn.svg.includes("…"));
});

Deno.test("no topic at all is drawn and told", () => {
  const none = { ...topics, topics: [], points: topics.points.map((point) => ({ ...point, topic: null })) };
  const drawn = drawTopics({ ...none, unclustered: topics.texts, rediscovery: [], warnings: [] }, { source: "a test" });
  ok(drawn.title.includes("0 topics"));
  deepEqual(layoutFaults(drawn), []);
});

for (const [vision, matrix] of Object.entries(VISIONS)) {
  Deno.test(`the colours of topics stay apart under ${vision}, and in greyscale`, () => {
    TOPIC_COLORS.forEach((a, i) =>
      TOPIC_COLORS.slice(i + 1).forEach((b) => {
        ok(distance(oklab(a, matrix), oklab(b, matrix)) >= 0.08, `${a} and ${b}`);
        ok(Math.abs(oklab(a)[0] - oklab(b)[0]) >= 0.05, `${a} and ${b}`);
      })
    );
  });
}

Deno.test("topics beyond the palette are grey, in shapes that come round again", () => {
  equal(topicMark(8).color, INK.muted);
  equal(topicMark(8).symbol, topicMark(1).symbol);
  equal(new Set([1, 2, 3, 4, 5, 6, 7].map((number) => topicMark(number).symbol)).size, 7);
});

// The snapshot is written by: UPDATE_SNAPSHOTS=1 deno test -A tests/figures/topics_test.ts
needs(["read", "write", "env"], "the map of topics is as its snapshot", async () => {
  const snapshot = new URL("../snapshots/06-topics.svg", import.meta.url);
  if (Deno.env.get("UPDATE_SNAPSHOTS")) await Deno.writeTextFile(snapshot, `${figure.svg}\n`);
  ok(`${figure.svg}\n` === await Deno.readTextFile(snapshot), "06-topics differs from tests/snapshots/06-topics.svg");
});
