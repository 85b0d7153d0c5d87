import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import * as figures from "../../lib/figures/mod.ts";
import {
  answer,
  type Answered,
  CHAPTERS,
  inReadingOrder,
  leftOutLine,
  missing,
  question,
  questionContext,
  questionNamed,
  questions,
} from "../../lib/questions/mod.ts";
import { studyQuestions } from "../../lib/study/mod.ts";
import { datasetOf, sessionsOf } from "../analysis/sessions.ts";
import { needs } from "../support/needs.ts";
import { ownSessions } from "../support/own.ts";

const all = [...new Set([...questions, ...studyQuestions])];

Deno.test("a question has a name that can be a file's, asks something, and says what is missing", () => {
  for (const { name, title, nothing, chapter } of all) {
    match(name, /^[a-z]+(-[a-z]+)*$/);
    match(title, /^[A-Z].*\?$/, name);
    match(nothing, /^[a-z].*[^.]$/, name);
    ok(CHAPTERS.includes(chapter), name);
  }
});

Deno.test("questions stand in reading order under names of their own", () => {
  for (const list of [questions, studyQuestions]) {
    equal(new Set(list.map(({ name }) => name)).size, list.length);
    deepEqual(inReadingOrder(list), list);
  }
});

needs(["read"], "every figure and table that draws rows belongs to a question", async () => {
  const drawing = Object.keys(figures).filter((name) => /^draw[A-Z]/.test(name));
  const texts = await Promise.all(CHAPTERS.flatMap((chapter) => {
    const folder = new URL(`../../lib/questions/${chapter}/`, import.meta.url);
    return [...Deno.readDirSync(folder)].map(({ name }) => Deno.readTextFile(new URL(name, folder)));
  }));
  deepEqual(drawing.filter((name) => !texts.some((text) => text.includes(`${name}(`))), []);
  equal(texts.filter((text) => text.includes("question({")).length, questions.length, "a file a question");
});

const dataset = datasetOf(ownSessions(300));
const context = questionContext(dataset);

Deno.test("a question whose needs are not there says which, and is not asked", async () => {
  const record = (needs: Parameters<typeof question>[0]["needs"]) =>
    question<never[]>({
      name: "q",
      title: "Q?",
      chapter: "counts",
      needs,
      nothing: "nothing",
      ask: () => {
        throw new Error("asked");
      },
      draw: () => [],
    });
  match((await answer(record(["grades"]), dataset, context)).leftOut ?? "", /needs official grades/);
  match((await answer(record(["traces"]), dataset, context)).leftOut ?? "", /needs the calls themselves/);
  equal(missing(record(["cells", "distributions", "sessions"]), dataset, context), null);
});

Deno.test("what was left out is one line, a reason once", () => {
  const left = (name: string, leftOut: string | null): Answered => ({
    question: { ...questions[0]!, name },
    found: null,
    drawn: [],
    leftOut,
  });
  equal(
    leftOutLine([left("a", "no price"), left("b", null), left("c", "no verdict"), left("d", "no price")]),
    "Left out: a, d (no price); c (no verdict).",
  );
  equal(leftOutLine([left("b", null)]), null);
});

Deno.test("a later list's question takes the place of one of the same name", () => {
  const [first] = questions;
  const own = { ...first!, title: "Own?" };
  const merged = inReadingOrder(questions, [own]);
  equal(merged.length, questions.length);
  equal(merged.find(({ name }) => name === own.name), own);
});

Deno.test("a question that is not there is an error with those that are", () => {
  throws(() => questionNamed("winner"), /no question is called "winner"; there are coverage, .*winners/);
});

Deno.test("a question asked twice has the same answer", async () => {
  const named = questionNamed("thrash-or-give-up");
  const [one, two] = [await answer(named, dataset, context), await answer(named, dataset, context)];
  deepEqual(one.drawn, two.drawn);
  equal(one.drawn.length, 1);
});

Deno.test("titles of one suite and of equal configs say one, or none in words", async () => {
  const of = (harness: string, k: number, fields = {}) => sessionsOf(20, k, { harness, benchmark: "solo", ...fields });
  const titled = async (name: string, sessions: Parameters<typeof datasetOf>[0]) => {
    const dataset = datasetOf(sessions);
    const { drawn } = await answer(questionNamed(name), dataset, questionContext(dataset));
    return drawn.map((one) => "svg" in one ? one.title : "").join();
  };
  const apart = [...of("one", 14), ...of("two", 9)];
  equal(await titled("harness-panels", apart), "In no case is the best harness told from the worst");
  equal(
    await titled("harness-panels", [...of("one", 19), ...of("two", 3)]),
    "In the only case the best harness is told from the worst, by up to 80 points",
  );
  match(await titled("thrash-or-give-up", apart), /failures cannot be told from successes on the only suite$/);
  const alike = [...of("one", 20), ...of("two", 20)];
  equal(
    await titled("harness-report-card", alike),
    "No model differs between harnesses by more than chance",
  );
  match(await titled("harness-model-heatmap", alike), /^Pooled success is 100% everywhere; the least certain cell is /);
});

Deno.test("where there is nothing to find, a title says why and is no topic", async () => {
  const titled = async (name: string, sessions: Parameters<typeof datasetOf>[0]) => {
    const dataset = datasetOf(sessions);
    const { drawn } = await answer(questionNamed(name), dataset, questionContext(dataset));
    return drawn.map((one) => "svg" in one ? one.title : "").join("; ");
  };
  const of = (benchmark: string, n: number, k: number, fields = {}) =>
    sessionsOf(n, k, { benchmark, harness: "one", totalTokens: 4000, ...fields });
  const one = of("solo", 40, 20);
  equal(await titled("config-benchmark-heatmap", one), "There is one suite, so no average hides another");
  equal(await titled("pooled-vs-balanced", one), "No config has two suites of 5 sessions, which balancing takes");
  equal(await titled("failed-tokens", one), "The median failure under one takes 4.0k tokens");
  match(await titled("failed-tokens-by-suite", one), /^No suite has failures of two harnesses to compare$/);
  match(await titled("harness-model-heatmap", one), /^one with .* solves 50% of 40 sessions$/);
  const good = [...of("a", 20, 18), ...of("b", 20, 15)], bad = [...of("a", 20, 4), ...of("b", 20, 3)];
  equal(
    await titled("config-benchmark-heatmap", good),
    "No config that averages 50% or more solves under half of a suite",
  );
  equal(await titled("config-benchmark-heatmap", bad), "No config averages 50% or more");
});
