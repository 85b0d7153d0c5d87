/** Values with more levels than the stack has room for: their sessions are read, said and compared like any other. @module */
import { deepEqual, equal, match } from "node:assert/strict";
import { readTold } from "../../lib/import/texts_told.ts";
import { conversationOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { otlp } from "./formats/otlp.ts";
import { readFiles } from "./formats/read.ts";

const LEVELS = 100_000;
const deep = (inside: string) => `${'{"a":'.repeat(LEVELS)}${inside}${"}".repeat(LEVELS)}`;

const chat = (content: string, calls = "null", more = "") =>
  `{"id":"c","model":"m"${more},"messages":[{"role":"user","content":${content}},` +
  `{"role":"assistant","content":"Wren.","tool_calls":${calls}}]}\n{"id":"ok","model":"m","messages":[{"role":"user",` +
  `"content":"Name a bird."},{"role":"assistant","content":"Wren."}]}\n`;

const CHATS: Record<string, string> = {
  "what a user says": chat(deep('"deep text"')),
  "arguments of a tool call": chat(`"q"`, `[{"id":"1","function":{"name":"f","arguments":${deep('"deep text"')}}}]`),
  "messages that share a conversation's tokens": chat(
    deep('"deep text"'),
    "null",
    ',"usage":{"prompt_tokens":9,"completion_tokens":1}',
  ),
};

for (const [what, text] of Object.entries(CHATS)) {
  needs(["read", "write"], `${what}, 100,000 levels deep, loses no session and no text`, async () => {
    const { rows, faults } = await readFiles({ "a.jsonl": text });
    deepEqual(faults, []);
    deepEqual(rows.map(({ sessionId }) => sessionId), ["c", "ok"]);
    equal(readTold(rows[0]!).told.lost, 0);
  });
}

needs(["read", "write"], "half of a surrogate pair is repaired however deep it stands", async () => {
  const { rows, faults } = await readFiles({ "a.jsonl": chat(deep(String.raw`"x\ud83d"`)) });
  deepEqual(faults, []);
  const content = conversationOf(rows[0]!)[0]!.input[0]!.content!;
  equal(content.isWellFormed(), true);
  equal(content.includes('"x\ufffd"'), true);
});

needs(["read", "write"], "a trace that no reader has the stack for is one fault, and the others are read", async () => {
  const tools = "[".repeat(LEVELS) + "]".repeat(LEVELS);
  const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m" };
  const deepest = { id: "1", attributes: { ...attributes, "gen_ai.tool.definitions": tools } };
  const file = JSON.stringify(otlp(deepest, { id: "2", trace: "1", attributes }));
  const { rows, faults } = await readFiles({ "a.json": file });
  deepEqual([rows.length, faults.length], [1, 1]);
  match(faults[0]!.fault, /session "0af7651916cd43dd8448eb211c80319c": Maximum call stack size exceeded/);
});
