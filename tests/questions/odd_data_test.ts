import { deepEqual, equal, ok } from "node:assert/strict";
import type { Prices } from "../../lib/analysis/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import {
  answer,
  type Answered,
  isFigure,
  questionContext,
  type QuestionOptions,
  questions,
} from "../../lib/questions/mod.ts";
import { datasetOf } from "../analysis/sessions.ts";
import { HOLE, sound } from "../support/figures.ts";
import { ownJudgement, ownSessions } from "../support/own.ts";
import { studyWordsIn } from "../support/study_words.ts";

// What people bring: their own names, and less of everything than one would like.
const HOSTILE = [
  "<script>alert(1)</script>",
  "a\nb | c",
  "`code` *stars* [link](http://x)",
  "2026-01-01",
  "42",
  "漢字 \u202e",
];

const priced: Prices = {
  source: "a test",
  as_of: "2026-01-01",
  unit: "USD per million tokens",
  models: Object.fromEntries(
    ["house-7b", "house-70b"].map((model, i) => [model, {
      input: 1 + i,
      cached_input: null,
      output: 4 + i,
      output_share: 0.1,
      open_weights: i === 0,
    }]),
  ),
};

const DATA: Readonly<Record<string, { sessions: () => Session[]; options?: QuestionOptions; drawn: number }>> = {
  "300 sessions with names of their own and scores": { sessions: () => ownSessions(300), drawn: 15 },
  "300 sessions with prices, two families, a judge and grades": {
    sessions: () => ownSessions(300, ownJudgement),
    options: { prices: priced, familyOf: (suite) => suite.includes("chat") ? "chat" : "paper/work & more" },
    drawn: 24,
  },
  "3 sessions": { sessions: () => ownSessions(3), drawn: 2 },
  "one session": { sessions: () => ownSessions(1), drawn: 2 },
  "no session": { sessions: () => [], drawn: 0 },
  "one harness": { sessions: () => ownSessions(300, () => ({ harness: "planner" })), drawn: 8 },
  "one harness and one model on one suite": {
    sessions: () =>
      ownSessions(60, () => ({ harness: "planner", deployment: "house-7b", model: "house-7b", benchmark: "b" })),
    drawn: 3,
  },
  "no verdicts": { sessions: () => ownSessions(300, () => ({ success: null })), drawn: 1 },
  "successes alone": { sessions: () => ownSessions(300, () => ({ success: 1 })), drawn: 8 },
  "failures alone": { sessions: () => ownSessions(300, () => ({ success: 0 })), drawn: 8 },
  "nothing known but verdicts": {
    sessions: () => ownSessions(300, () => ({ toolErrors: null, totalTokens: 0, calls: 0, durationS: 0 })),
    drawn: 8,
  },
  "tokens, times and tool errors unknown": {
    sessions: () =>
      ownSessions(300, () => ({ toolErrors: null, totalTokens: null, durationS: null, judgeModel: null })),
    drawn: 10,
  },
  "harness and model that are one": {
    sessions: () => ownSessions(300, (i) => ({ harness: `h${i % 3}`, deployment: `m${i % 3}`, model: `m${i % 3}` })),
    drawn: 10,
  },
  "tasks tried again, some with hostile names": {
    sessions: () =>
      ownSessions(720, (i) => ({ taskId: `${HOSTILE[i % 12 % 6]} ${Math.floor(i / 12) % 15}`.slice(i % 2 ? 0 : -2) })),
    drawn: 18,
  },
  "hostile names": {
    sessions: () =>
      ownSessions(300, (i) => ({
        harness: HOSTILE[i % 3]!,
        benchmark: HOSTILE[3 + i % 2]!,
        deployment: HOSTILE[i % 6]!,
        model: HOSTILE[i % 6]!,
      })),
    drawn: 12,
  },
};

async function asked(sessions: Session[], options: QuestionOptions): Promise<Answered[]> {
  const dataset = datasetOf(sessions);
  const context = questionContext(dataset, options);
  const answered: Answered[] = [];
  for (const question of questions) answered.push(await answer(question, dataset, context));
  return answered;
}

for (const [what, { sessions, options = {}, drawn }] of Object.entries(DATA)) {
  Deno.test(`every question can be asked of ${what}: what is drawn is whole, the rest says why it is not`, async () => {
    const answered = await asked(sessions(), options);
    for (const { question, drawn, leftOut } of answered) {
      equal(drawn.length === 0, leftOut !== null, question.name);
      for (const one of drawn) {
        if (isFigure(one)) {
          if (question.name !== "topics") sound(one);
          deepEqual(studyWordsIn(one.svg.replaceAll("><", ">\n<")), [], one.name);
        } else {
          equal(HOLE.exec(one.html)?.[0], undefined, one.name);
          deepEqual(studyWordsIn(one.html), [], one.name);
          ok(!one.html.includes("<script>alert"), one.name);
        }
      }
    }
    const figures = answered.flatMap((one) => one.drawn).filter(isFigure);
    ok(figures.length >= drawn, `${figures.length} figures: ${figures.map(({ name }) => name)}`);
    const text = answered.map(({ leftOut, question }) => `${question.title}\n${leftOut}`).join("\n");
    deepEqual(studyWordsIn(text), []);
  });
}
