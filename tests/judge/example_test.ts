import { deepEqual, equal, match } from "node:assert/strict";
import { judgeExample } from "../../lib/judge/example/example.ts";

Deno.test("the example claims success, adds no friend, and is judged 0 by its recorded reply, which says so", async () => {
  const { transcript, verdict, job, answeredBy } = await judgeExample();
  match(transcript.items.at(-1)!.text, /now match/);
  deepEqual(transcript.items.filter((item) => item.kind === "call").map((item) => item.name), [
    "phone__list_contacts",
    "paybuddy__list_friends",
    "paybuddy__remove_friend",
    "paybuddy__remove_friend",
  ]);
  deepEqual([verdict.success, verdict.outcome, verdict.evidence, verdict.usd], [0, "judged", [2, 3, 4, 5], null]);
  deepEqual([verdict.failingCall, verdict.failingQuote, verdict.failingQuoteDropped], [
    5,
    "Your Paybuddy friends now match the friends in your phone contacts.",
    false,
  ]);
  equal(verdict.shareShown, 1);
  match(job.user, /You are shown the whole transcript/);
  match(verdict.judgeResponseModel!, /scripted by hand/);
  match(answeredBy, /No key is set/);
});
