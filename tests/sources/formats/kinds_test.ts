import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { lines, readFiles, told } from "./read.ts";

const user = { role: "user", content: "Name a river." };
const answer = { role: "assistant", content: "The Elbe." };

needs(["read", "write"], "a table of messages is a conversation for each session that they name", async () => {
  const rows = ["a", "b"].flatMap((session_id) => [user, answer].map((message) => ({ session_id, ...message })));
  const mixed = [rows[0], rows[2], rows[1], rows[3]];
  const read = await readFiles({ "messages.jsonl": lines(...mixed) });
  assert.deepEqual(read.rows.map(told).map(({ sessionId, calls, answer }) => [sessionId, calls, answer]), [
    ["a", 1, "The Elbe."],
    ["b", 1, "The Elbe."],
  ]);
});

needs(["read", "write"], "contents of Gemini's API are messages", async () => {
  const contents = [
    { role: "user", parts: [{ text: "Name a river." }] },
    {
      role: "model",
      parts: [{ functionCall: { name: "find", args: { kind: "river" } } }],
    },
    { role: "user", parts: [{ functionResponse: { name: "find", response: { output: "Elbe" } } }] },
    {
      role: "model",
      parts: [{ text: "The Elbe." }],
    },
  ];
  for (const file of [{ "a.jsonl": lines({ id: "a", contents }) }, { "a.json": JSON.stringify(contents) }]) {
    const { rows } = await readFiles(file);
    const { sessionId, calls, toolCalls, answer } = told(rows[0]!);
    assert.deepEqual({ sessionId, calls, toolCalls, answer }, {
      sessionId: "a",
      calls: 2,
      toolCalls: 1,
      answer: "The Elbe.",
    });
  }
});

needs(
  ["read", "write"],
  "a chat of the Gemini CLI in lines is what was said last, after what was taken back",
  async () => {
    const said = (id: string, type: string, content: string) => ({
      id,
      type,
      content,
      timestamp: "2026-01-01T00:00:01Z",
    });
    const { rows } = await readFiles({
      "session-1.jsonl": lines(
        { sessionId: "g", projectHash: "h", startTime: "2026-01-01T00:00:00Z", kind: "main" },
        said("1", "user", "Name a river."),
        said("2", "gemini", "The"),
        said("2", "gemini", "The Elbe."),
        said("3", "user", "And a lake?"),
        { $rewindTo: "3" },
        { $set: { lastUpdated: "2026-01-01T00:00:09Z" } },
      ),
    });
    const { sessionId, calls, messages, answer } = told(rows[0]!);
    assert.deepEqual([sessionId, calls, messages, answer], ["g", 1, ["user", "assistant"], "The Elbe."]);
  },
);

needs(["read", "write"], "an export of claude.ai is read by its blocks, not twice by its text", async () => {
  const block = (text: string) => ({ text, content: [{ type: "text", text }], created_at: "2026-01-01T00:00:00Z" });
  const { rows, stream } = await readFiles({
    "conversations.json": JSON.stringify([{
      uuid: "c",
      name: "Rivers",
      chat_messages: [{ sender: "human", ...block(user.content) }, { sender: "assistant", ...block(answer.content) }],
    }]),
  });
  assert.equal(stream.found[0]!.id, "claude-ai");
  const { sessionId, calls, characters } = told(rows[0]!);
  assert.deepEqual([sessionId, calls, characters], ["c", 1, user.content.length + answer.content.length]);
});

needs(["read", "write"], "rows of calls without any id are told apart by what they say", async () => {
  const row = (n: number) => ({ model: "m", input: [user], output: `River ${n}.`, usage: { prompt_tokens: 3 } });
  const { rows, faults } = await readFiles({ "a.jsonl": lines(row(1), row(2)) });
  assert.deepEqual(faults, []);
  assert.deepEqual(rows.map((one) => told(one).answer).sort(), ["River 1.", "River 2."]);
  assert.equal(new Set(rows.map(({ sessionId }) => sessionId)).size, 2);
});
