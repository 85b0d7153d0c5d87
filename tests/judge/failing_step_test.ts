import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_RETRIES } from "../../lib/io/mod.ts";
import type { Ask } from "../../lib/judge/endpoint/ask.ts";
import { jobOf } from "../../lib/judge/prompt/job.ts";
import { rubricFor } from "../../lib/judge/rubrics/rubric.ts";
import { judgeOne } from "../../lib/judge/run/judge_one.ts";
import { createThrottle } from "../../lib/judge/run/throttle.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import { transcriptPage } from "../../lib/judge/transcript/transcript_page.ts";
import { checkedQuote, shownOfCall } from "../../lib/judge/verdicts/quote.ts";
import { firstWords, wordsOf } from "../../lib/judge/verdicts/words.ts";
import { manualClock } from "../support/clock.ts";
import { answer } from "../support/llm_server.ts";
import { smallSession } from "../support/sessions.ts";
import { judgeVerdict } from "../support/verdict.ts";

const row = smallSession(7);
const job = () =>
  jobOf(row, transcriptOf(row), { judge: "m", rubric: rubricFor(row.benchmark), repeat: 1, budgetTokens: 4000 });

/** The verdict that these replies come to, one after another. */
async function verdictOf(...texts: string[]) {
  const asked: string[] = [];
  const ask: Ask = ({ messages }) => {
    asked.push(messages.at(-1)!.content);
    const text = texts[Math.min(asked.length, texts.length) - 1]!;
    const usage = { inputTokens: 1000, cachedTokens: null, outputTokens: 100 };
    return Promise.resolve({ text, refusal: null, cut: false, model: null, dialect: null, ...usage });
  };
  const clock = manualClock();
  const verdict = await judgeOne(job(), {
    ask,
    throttle: createThrottle(1, clock),
    clock,
    random: () => 0.5,
    retries: DEFAULT_RETRIES,
    maxOutputTokens: 2000,
    price: () => null,
  });
  return { verdict, asked };
}

const failing = (call: unknown, quote: unknown, success: unknown = 0) =>
  answer(success, "high", [1], { failing_call: call, failing_quote: quote });

async function step(...args: Parameters<typeof failing>) {
  const { verdict: { failingCall, failingQuote, failingQuoteDropped } } = await verdictOf(failing(...args));
  return [failingCall, failingQuote, failingQuoteDropped];
}

Deno.test("a verdict of 0 names the call and its words", async () => {
  deepEqual(await step(2, "The title is Book 7."), [2, "The title is Book 7.", false]);
  deepEqual(await step("call 2", "It is  Book 7"), [2, "It is  Book 7", false]);
  deepEqual(await step(1, '"shelf":7'), [1, 'shelf":7', false]);
});

Deno.test("a quotation that does not stand in that call is dropped and counted, the call stays", async () => {
  deepEqual(await step(1, "The title is Book 7."), [1, null, true]);
  deepEqual(await step(2, "The title is Book 8."), [2, null, true]);
  deepEqual(await step(2, "agent calls tool: look"), [2, null, true]);
  deepEqual(await step(2, "?!"), [2, null, true]);
});

Deno.test("a call that there is not is none", async () => {
  deepEqual(await step(3, "The title is Book 7."), [null, null, true]);
  deepEqual(await step(0, null), [null, null, false]);
  deepEqual(await step("the second", null), [null, null, false]);
  deepEqual(await step({ call: 2 }, ["x"]), [null, null, false]);
});

Deno.test("only a 0 has a failing step", async () => {
  deepEqual(await step(2, "The title is Book 7.", 1), [null, null, false]);
  deepEqual(await step(2, "The title is Book 7.", null), [null, null, false]);
});

Deno.test("the transcript's page links the failing step to its call", () => {
  const page = transcriptPage(
    row.sessionId,
    transcriptOf(row),
    [judgeVerdict(row.sessionId, 0, { failingCall: 2, failingQuote: "The <b>title</b>" })],
    null,
  );
  match(page, /could no longer succeed from <a href="#call-2">call 2<\/a> on: <q>The &lt;b&gt;title&lt;\/b&gt;<\/q>/);
  match(page, /id="call-2"/);
});

const shown = [
  "Kind of task: x",
  "===== BEGIN TRANSCRIPT ab =====",
  "[call 1] user",
  "(the task above)",
  "[call 1] agent calls tool: look",
  '| {"path":"a\\nb","say":"He said \\"no\\""}',
  "[call 2, conversation 2] result of tool: look",
  "| first line",
  "[… 20 characters left out …]",
  "| [call 3] agent",
  "| last line",
  "[2 entries left out]",
  "[call 12] agent",
  "| twelve",
].join("\n");

Deno.test("what was shown of a call is its recorded lines, and a recorded line that looks like a heading is one of them", () => {
  equal(shownOfCall(shown, 1), '{"path":"a\\nb","say":"He said \\"no\\""}');
  equal(shownOfCall(shown, 2), "first line\n[call 3] agent\nlast line");
  equal(shownOfCall(shown, 3), "");
  equal(shownOfCall(shown, 12), "twelve");
});

Deno.test("white space, the form of quotation marks and JSON's escapes do not count in a quotation", () => {
  equal(checkedQuote("“first   line”", shownOfCall(shown, 2)), "first   line");
  equal(checkedQuote("first line … last line", shownOfCall(shown, 2)), "first line … last line");
  equal(checkedQuote("last line ... first line", shownOfCall(shown, 2)), null);
  equal(checkedQuote('He said "no"', shownOfCall(shown, 1)), 'He said "no');
  equal(checkedQuote("a b", shownOfCall(shown, 1)), "a b");
});

Deno.test("a quotation of more than 30 words is cut to 30, and still has to stand there", () => {
  const words = Array.from({ length: 50 }, (_, i) => `w${i}`).join(" ");
  const cut = checkedQuote(words, `before ${words} after`)!;
  equal(wordsOf(cut).length, 30);
  ok(words.startsWith(cut));
  equal(checkedQuote(words, words.replace("w3 ", "x ")), null);
});

Deno.test("any stretch of a text stands in it, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.nat(200), fc.nat(60), (text, from, length) => {
      const piece = text.slice(from, from + length);
      const kept = checkedQuote(piece, text);
      if (kept !== null) ok(wordsOf(kept).length <= 30);
      else ok(!/^[a-z ]*[a-z]{3}[a-z ]*$/i.test(piece), piece);
    }),
  );
});

Deno.test("words are counted as people count them, in scripts without spaces by Unicode's boundaries", () => {
  equal(wordsOf("It did – and said so, twice.").length, 6);
  equal(wordsOf("gpt-4.1 didn't").length, 2);
  equal(wordsOf("").length, 0);
  const chinese = wordsOf("代理没有预订航班").length;
  ok(chinese >= 3 && chinese <= 6, `${chinese}`);
  equal(firstWords("one two three four", 2), "one two");
  equal(firstWords("one two", 5), "one two");
});

const reasoning = (n: number) => Array.from({ length: n }, (_, i) => `r${i}`).join(" ");
const reasoned = (n: number, success = 1) => answer(success, "high", [1], { reasoning: reasoning(n) });

Deno.test("reasoning of more than 35 words is asked for once more, and the shorter one is kept", async () => {
  const { verdict, asked } = await verdictOf(reasoned(50), reasoned(35));
  deepEqual([verdict.reasoning, verdict.reasoningTooLong, verdict.attempts], [reasoning(35), false, 2]);
  match(asked[1]!, /The reasoning has 50 words; at most 35 are wanted/);
  equal((await verdictOf(reasoned(35))).verdict.attempts, 1);
});

Deno.test("reasoning that stays too long is marked, and no ruling changes for being shortened", async () => {
  const long = await verdictOf(reasoned(50), reasoned(40));
  deepEqual([long.verdict.reasoning, long.verdict.reasoningTooLong, long.verdict.attempts], [reasoning(50), true, 2]);
  const turned = await verdictOf(reasoned(50, 1), reasoned(10, 0));
  deepEqual([turned.verdict.success, turned.verdict.reasoningTooLong], [1, true]);
  const lost = await verdictOf(reasoned(50), "sorry");
  deepEqual([lost.verdict.success, lost.verdict.outcome, lost.verdict.reasoningTooLong], [1, "judged", true]);
});
