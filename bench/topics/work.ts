/**
 * One measured run of the topics, in a process of its own: `work.ts judged|N [RUNS]`, N generated texts.
 *
 * @module
 */
import { loadStudy } from "../../lib/study/mod.ts";
import { failureReasons, topicsOf, type TopicText } from "../../lib/analysis/topics/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { report } from "../measure.ts";

const WORDS = 1200;
const GROUPS = 8;

/** Texts of some 20 words, of eight groups with words of their own, common words often and rare ones seldom. */
function generated(n: number): TopicText[] {
  const random = seededRandom(1);
  const word = (i: number) => `w${[...String(i)].map((digit) => "abcdefghij"[Number(digit)]).join("")}`;
  return Array.from({ length: n }, (_, i) => {
    const group = i % GROUPS;
    const words = Array.from({ length: 20 }, (_, at) => {
      const common = Math.floor(WORDS * random() ** 3);
      return word(at < 8 ? WORDS + group * 30 + Math.floor(30 * random() ** 2) : common);
    });
    return { sessionId: `s_${i}`, benchmark: `b${group % 6}`, harness: `h${i % 5}`, text: words.join(" ") };
  });
}

const [what = "640", runs = "0"] = Deno.args;
const texts = what === "judged" ? failureReasons(await loadStudy("judged")) : generated(Number(what));
await report(() => {
  const { topics, unclustered } = topicsOf(texts, { seed: 1, runs: Number(runs) });
  return Promise.resolve({ texts: texts.length, topics: topics.length, unclustered });
});
