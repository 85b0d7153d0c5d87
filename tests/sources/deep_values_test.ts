/** Values with more levels than the stack has room for: their sessions are read, said and compared like any other. @module */
import { deepEqual, equal } from "node:assert/strict";
import { readTold } from "../../lib/import/texts_told.ts";
import { conversationOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
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
  const [{ input: [message] }] = conversationOf(rows[0]!) as [{ input: [{ content: string }] }];
  equal(message.content.isWellFormed(), true);
  equal(message.content.includes('"x\ufffd"'), true);
});
