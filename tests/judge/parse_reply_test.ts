import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { parseReply } from "../../lib/judge/verdicts/parse_reply.ts";
import { answer } from "../support/llm_server.ts";

const said = { reasoning: "It did.", evidence: [1, 2], success: 1, confidence: "high" };
const good = { ...said, failingCall: null, failingQuote: null };
const json = JSON.stringify(said);

const readable: Record<string, string> = {
  "a bare object": json,
  "white space around it": `\n  ${json}\n`,
  "a code fence": "```json\n" + json + "\n```",
  "prose around it": `Here is my ruling: ${json} I hope this helps.`,
  "another object before it": `{"note": "thinking"} ${json}`,
  "braces in its strings": JSON.stringify({ ...said, reasoning: 'It wrote "}" and {' }),
  "the same answer twice": `${json}\n${json}`,
  "further fields": JSON.stringify({ ...said, extra: true }),
  "no evidence": JSON.stringify({ ...said, evidence: [] }),
  "null": JSON.stringify({ ...said, success: null }),
};

for (const [what, text] of Object.entries(readable)) {
  Deno.test(`a reply with ${what} is read`, () => ok("answer" in parseReply(text)));
}

const unreadable: Record<string, string> = {
  "nothing": "",
  "prose alone": "The agent succeeded.",
  "truncated JSON": json.slice(0, -12),
  "success as a word": JSON.stringify({ ...said, success: "yes" }),
  "success 2": JSON.stringify({ ...said, success: 2 }),
  "an unknown confidence": JSON.stringify({ ...said, confidence: "very high" }),
  "evidence that is no list": JSON.stringify({ ...said, evidence: "call 1" }),
  "thoughts that do not end": `<think>${json}`,
  "an answer far longer than asked for": " ".repeat(300_000) + json,
  "no success": JSON.stringify({ reasoning: "x", evidence: [], confidence: "low" }),
  "answers that contradict each other": `${answer(1)} ${answer(0)}`,
  "a list": "[1]",
};

for (const [what, text] of Object.entries(unreadable)) {
  Deno.test(`a reply with ${what} is a fault, not a verdict`, () => {
    const parsed = parseReply(text);
    ok("fault" in parsed && parsed.fault.length > 0, JSON.stringify(parsed));
  });
}

Deno.test("a reply is read as it was written or not at all, wherever it is cut", () => {
  fc.assert(fc.property(fc.nat({ max: json.length }), fc.string(), (at, noise) => {
    const parsed = parseReply(`${noise.replaceAll("{", "")}${json.slice(0, at)}`);
    if ("answer" in parsed) deepEqual(parsed.answer, good);
    else ok(at < json.length);
  }));
});
