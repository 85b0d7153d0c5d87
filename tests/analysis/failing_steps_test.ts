import { deepEqual, equal, match, ok } from "node:assert/strict";
import { failingSteps } from "../../lib/analysis/mod.ts";
import { answer, questionContext, questionNamed, type QuestionOptions } from "../../lib/questions/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { aSession } from "../support/a_session.ts";
import { HOLE } from "../support/figures.ts";
import { datasetOf } from "./sessions.ts";

const failed = (i: number, over: Partial<Session> = {}) =>
  aSession({
    sessionId: `run_${i}`,
    success: 0,
    judgeModel: "gpt-4.1",
    judgeReasoning: "It gave up.",
    calls: 10,
    judgeFailingCall: i,
    judgeFailingQuote: `words ${i}`,
    ...over,
  });

Deno.test("failing steps are those of failed sessions, by benchmark, config and id, with how many name none", () => {
  const found = failingSteps([
    failed(4, { benchmark: "a" }),
    failed(6, { judgeFailingQuote: null }),
    failed(2),
    failed(1, { judgeFailingCall: null, judgeFailingQuote: null }),
    failed(3, { success: 1 }),
    failed(5, { success: null }),
    failed(7, { judgeModel: null }),
  ])!;
  deepEqual([found.failed, found.quoted], [4, 2]);
  deepEqual(found.steps.map(({ sessionId }) => sessionId), ["run_4", "run_2", "run_6"]);
  equal(found.medianShare, 0.4);
});

Deno.test("without a failing step there is no answer, and a step beyond the calls that a source counts is the last", () => {
  equal(failingSteps([]), null);
  equal(failingSteps([failed(1, { judgeFailingCall: null })]), null);
  equal(failingSteps([failed(12, { calls: 0 })])!.medianShare, 1);
});

async function table(sessions: Session[], options: QuestionOptions = {}): Promise<string> {
  const dataset = datasetOf(sessions);
  const { drawn, leftOut } = await answer(questionNamed("failing-steps"), dataset, questionContext(dataset, options));
  equal(leftOut, null);
  ok("html" in drawn[0]!);
  return drawn[0].html;
}

Deno.test("the table links each session to its call where there is a page, shows three of a config, and says so", async () => {
  const sessions = [1, 2, 3, 4, 5].map((i) => failed(i));
  const html = await table(sessions, {
    sessionHref: (id, call) => id === "run_2" ? null : `pages/${id}.html?a=1&b=2#call-${call}`,
  });
  match(html, /<a href="pages\/run_1\.html\?a=1&amp;b=2#call-1">1 of 10<\/a>/);
  match(html, /<td>run_2<\/td>/);
  match(html, /“words 3”/);
  ok(!html.includes("run_4"));
  match(html, /names the step for 5 of 5 sessions that it ruled failed, at the median after 30% of the calls/);
  match(html, /Shown: the first 3 of each benchmark and config/);
  ok(!(await table(sessions)).includes("<a "));
});

Deno.test("what a trace or a judge wrote stays text in the table", async () => {
  const hostile = `<script>alert(1)</script>" onmouseover="x \u202e`;
  const html = await table([
    failed(1, { sessionId: hostile, judgeFailingQuote: hostile, judgeReasoning: hostile, harness: hostile }),
  ], { sessionHref: (id) => `#${id}` });
  ok(!html.includes("<script>alert"));
  ok(!html.includes('" onmouseover'));
  ok(!html.includes("\u202e"));
  equal(HOLE.exec(html)?.[0], undefined);
});
