import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { parseReply } from "../../lib/judge/verdicts/parse_reply.ts";
import { answer } from "../support/llm_server.ts";

const good = { reasoning: "It did.", evidence: [1, 2], success: 1, confidence: "high" };
const json = JSON.stringify(good);

const readable: Record<string, string> = {
  "a bare object": json,
  "white space around it": `\n  ${json}\n`,
  "a code fence": "```json\n" + json + "\n```",
  "prose around it": `Here is my ruling: ${json} I hope this helps.`,
  "another object before it": `{"note": "thinking"} ${json}`,
  "braces in its strings": JSON.stringify({ ...good, reasoning: 'It wrote "}" and {' }),
  "the same answer twice": `${json}\n${json}`,
  "further fields": JSON.stringify({ ...good, extra: true }),
  "no evidence": JSON.stringify({ ...good, evidence: [] }),
  "null": JSON.stringify({ ...good, success: null }),
};

for (const [what, text] of Object.entries(readable)) {
  Deno.test(`a reply with ${what} is read`, () => ok("answer" in parseReply(text)));
}

const unreadable: Record<string, string> = {
  "nothing": "",
  "prose alone": "The agent succeeded.",
  "truncated JSON": json.slice(0, -12),
  "success as text": JSON.stringify({ ...good, success: "1" }),
  "success as true": JSON.stringify({ ...good, success: true }),
  "success 2": JSON.stringify({ ...good, success: 2 }),
  "an unknown confidence": JSON.stringify({ ...good, confidence: "very high" }),
  "evidence as text": JSON.stringify({ ...good, evidence: ["call 1"] }),
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
