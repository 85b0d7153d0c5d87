/** Items of OpenAI's Responses in lists of messages. @module */
import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { lines, readFiles, told } from "./read.ts";

needs(
  ["read", "write"],
  "items of OpenAI's Responses among messages make one answer where they follow each other",
  async () => {
    const items = [
      { role: "user", content: "Two birds?" },
      { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "look" }] },
      { type: "function_call", call_id: "1", name: "find", arguments: '{"n":1}' },
      { type: "function_call", call_id: "2", name: "find", arguments: '{"n":2}' },
      { type: "function_call_output", call_id: "1", output: "wren" },
      { type: "function_call_output", call_id: "2", output: "owl" },
      {
        type: "message",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text: "Wren, owl." }],
      },
    ];
    const { rows, faults } = await readFiles({ "a.jsonl": lines({ id: "c", model: "m", messages: items }) });
    assert.deepEqual(faults, []);
    const { calls, messages, toolCalls, answer } = told(rows[0]!);
    assert.deepEqual([calls, toolCalls, answer], [2, 2, "Wren, owl."]);
    assert.deepEqual(messages, ["user", "assistant", "tool", "tool", "assistant"]);
  },
);
