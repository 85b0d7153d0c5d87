import { deepEqual, equal, match, ok } from "node:assert/strict";
import { pageScript } from "../../lib/report/script.ts";
import { answer, questionContext, questionNamed } from "../../lib/questions/mod.ts";
import { harnessAdds } from "../../lib/report/sentences/explain.ts";
import { takes } from "../../lib/report/sentences/failure.ts";
import { toldOf } from "../../lib/report/sentences/told.ts";
import { report, reportHtml, reportJson, reportMarkdown } from "../../lib/report/mod.ts";
import { datasetOf } from "../analysis/sessions.ts";
import { HOLE } from "../support/figures.ts";
import { needs } from "../support/needs.ts";
import { ownJudgement, ownSessions } from "../support/own.ts";
import { studyWordsIn } from "../support/study_words.ts";

needs(
  ["read"],
  "the report on one's own sessions says the finding first, answers by chapter, and knows no study",
  async () => {
    const dataset = datasetOf(ownSessions(300, ownJudgement));
    const told = await report(dataset, { source: "mine.jsonl" });
    equal(told.lead?.question.name, "league");
    equal(told.sentences.length, 5);
    for (const sentence of told.sentences) match(sentence, /95%/, sentence);
    const html = await reportHtml(told);
    const body = html.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/<script[\s\S]*?<\/script>/g, "")
      .replaceAll("><", ">\n<");
    deepEqual(studyWordsIn(body), []);
    equal(HOLE.exec(body)?.[0], undefined);
    for (const part of ['id="question-winners"', 'id="judge-agreement"', "<dt>Verdicts</dt>", "a judge&#39;s (300)"]) {
      ok(body.includes(part), part);
    }
    ok(body.includes("deno task view mine.jsonl"), "the commands name the source");
    match(body, /<summary>\d+ questions that these data do not answer<\/summary>/);
    match(
      body,
      /<dt id="question-cost-per-success">What does a solved task cost\?<\/dt>\s*<dd>no config has a price and 20 scored sessions<\/dd>/,
    );
    const chapters = [...body.matchAll(/<section id="([a-z-]+)">/g)].map(([, id]) => id);
    deepEqual(chapters, [
      ...["counts", "success", "explain", "failure", "judged", "topics"].map((name) => `chapter-${name}`),
      "sessions",
    ]);
    const nav = /<nav[\s\S]*?<\/nav>/.exec(body)![0];
    deepEqual([...nav.matchAll(/href="#([a-z-]+)"/g)].map(([, id]) => id), ["finding", ...chapters]);
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    equal(new Set(ids).size, ids.length, "every id is there once");
  },
);

Deno.test("what sessions take is said without a range where there is none, and of one session", () => {
  const told = (...tokens: (number | null)[]) => {
    const rows = tokens.map((totalTokens) => ({ totalTokens, durationS: 3 }));
    return takes(
      { dataset: datasetOf(ownSessions(rows.length, (i) => rows[i]!)) } as unknown as Parameters<typeof takes>[0],
    );
  };
  match(told(80)!, /^The session takes 80 tokens, and 3\S* ?s\w*\.$/);
  match(told(80, 80)!, /^2 sessions with known tokens take 80 tokens, and 3.* at the median\.$/);
  match(told(80, 90)!, /^2 sessions with known tokens take 80 to 90 tokens \(median 85\), and /);
  match(told(80, null, null)!, /^1 session with known tokens takes 80 tokens, and 3/);
  match(told(...Array.from({ length: 9 }, (_, i) => 80 + i))!, /^Half of the sessions take 82 to 86 tokens /);
});

needs(["read"], "nothing but the report's own script runs, whatever sessions are called", async () => {
  const name = `</script><script>alert("1")</script><img src=x onerror=alert(1)>`;
  const dataset = datasetOf(ownSessions(60, () => ({ harness: name, benchmark: name, deployment: name, model: name })));
  const info = { ...dataset.info, name, sentence: name, caption: name };
  const html = await reportHtml(await report({ ...dataset, info }, { title: name, source: name }));
  equal([...html.matchAll(/<script/g)].length, [...html.matchAll(/<\/script>/g)].length);
  equal(/<script>alert|<img|https?:\/\/(?!www\.w3\.org|127\.0\.0\.1:)/.test(html), false);
  match(html, /default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]+'; style-src/);
});

needs(["read"], "sessions without a verdict, and none at all, have a report that says so", async () => {
  const unjudged = await report(datasetOf(ownSessions(40, () => ({ success: null }))), { source: "x" });
  match(unjudged.sentences[0]!, /^None of 40 sessions has a verdict/);
  // Sessions without calls cannot be judged: their traces can.
  match(unjudged.next[0]!.command, /^deno task judge TRACES/);
  const traces = datasetOf(ownSessions(40, () => ({ success: null })));
  const withCalls = await report({ ...traces, info: { ...traces.info, hasCalls: true } }, { source: "x" });
  match(withCalls.next[0]!.command, /^deno task judge x/);
  const none = await report(datasetOf([]));
  deepEqual(none.sentences, ["There is no session."]);
  equal(none.lead, null);
  match(await reportHtml(none), /There is no session/);
});

needs(["read"], "as Markdown it is a comment in length, with every text escaped; as JSON it is rows", async () => {
  const name = "a|b <b>`x` [y](http://z)";
  const told = await report(datasetOf(ownSessions(120, (i) => i % 3 ? {} : { harness: name })), { source: name });
  const md = reportMarkdown(told);
  ok(md.length < 12_000, `${md.length} characters`);
  equal(/<b>|\]\(http/.test(md.replaceAll(/`[^`\n]*`+[^`\n]*`+/g, "")), false);
  for (const line of md.split("\n").filter((one) => one.startsWith("|"))) match(line, /^\|(?: [^|]* \|)+$/);
  const json = JSON.parse(reportJson(told));
  equal(json.answers.length, told.answered.length);
  deepEqual(json.sentences, told.sentences);
  const league = json.answers.find((one: { name: string }) => one.name === "league");
  equal(league.rows.n, 120);
  ok(json.answers.some((one: { left_out?: string }) => one.left_out));
});

Deno.test("the page's script is one that can be read, without a word of its comments or of its modules' imports", () => {
  const script = pageScript();
  new Function(script);
  equal(/^(import|export) /m.test(script), false);
  ok(script.includes("function openConversation"));
});

needs(["read"], "of one harness alone no sentence says whether it explains more", async () => {
  const { sentences } = await report(datasetOf(ownSessions(300, (i) => ({ ...ownJudgement(i), harness: "alone" }))));
  ok(sentences.length > 2);
  deepEqual(sentences.filter((sentence) => /explains? more/.test(sentence)), []);
});

Deno.test("no way of failing is called the most frequent where it cannot be told of more failures", async () => {
  const said = async (toolErrors: (i: number) => number | null) => {
    const sessions = ownSessions(
      120,
      (i) => ({ success: i % 2 ? 1 : 0, failureMode: null, toolErrors: toolErrors(i) }),
    );
    return (await report(datasetOf(sessions), { source: "mine.jsonl" })).sentences.filter((one) =>
      /failures/.test(one)
    );
  };
  ok(!(await said(() => null)).some((one) => /Most failures|largest part/.test(one)));
  ok((await said(() => 9)).some((one) => /Most failures are of the kind "tool-call errors": 60 of 60/.test(one)));
});

Deno.test("what a harness adds by a judge is told beside what the graded sessions make of it", async () => {
  const sessions = ownSessions(400, (i) => {
    const truth = i % 4 < 2 ? 1 : 0, flatters = i % 2 === 1 && i % 8 < 6;
    return {
      benchmark: "desk",
      harness: i % 2 ? "flattered" : "fair",
      model: Math.floor(i / 16) % 2 ? "one" : "two",
      success: flatters || i % 16 === 6 ? 1 : i % 16 === 4 ? 0 : truth,
      judgeModel: "owl",
      officialSuccess: i % 3 ? truth : null,
      gradeOrigin: i % 3 ? "human" : null,
    };
  });
  const said = async (graded: boolean) => {
    const own = graded ? sessions : sessions.map((s) => ({ ...s, officialSuccess: null, gradeOrigin: null }));
    const dataset = datasetOf(own), context = questionContext(dataset);
    return harnessAdds(toldOf(dataset, [await answer(questionNamed("harness-effect"), dataset, context)], context));
  };
  match(
    (await said(true))!,
    /as judged: \S\d+ pp .*; corrected by the sessions with a grade \S*\d+ pp \(95% .* pp\)\.$/,
  );
  ok(!/corrected|as judged/.test((await said(false))!));
});

Deno.test("rates are asked for where tokens are known and no model has one, and nowhere else", async () => {
  const asked = async (totalTokens: number | null, prices?: Parameters<typeof report>[1]) => {
    const dataset = datasetOf(ownSessions(6, () => ({ totalTokens, inputTokens: null, outputTokens: null })));
    const { next } = await report(dataset, { source: "mine.jsonl", ...prices });
    return next.some(({ why }) => why.startsWith("No config has a price"));
  };
  const rates = { input: 1, cached_input: null, output: 2, output_share: 0.1, open_weights: null };
  const models = Object.fromEntries(ownSessions(6, () => ({})).map(({ model }) => [model, rates]));
  const prices = { source: "x", as_of: "2026-01-01", unit: "USD per million tokens" as const, models };
  deepEqual([await asked(900), await asked(null), await asked(900, { prices })], [true, false, false]);
});
