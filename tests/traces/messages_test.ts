import assert from "node:assert/strict";
import { readMessages } from "../../lib/traces/mod.ts";

const cases: { name: string; json: string | null; messages: unknown[]; kinds?: string[] }[] = [
  { name: "null is no message", json: null, messages: [] },
  { name: "white space is no message", json: " \n", messages: [] },
  { name: "an empty list is no message", json: "[ ]", messages: [] },
  {
    name: "text parts are joined by a line break",
    json: '[{"role":"user","parts":[{"type":"text","content":"a"},{"type":"text","content":"b"}]}]',
    messages: [{ role: "user", content: "a\nb" }],
  },
  {
    name: "tool calls keep object arguments as JSON and string arguments as written",
    json: `[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"f","arguments":{"x": 1}},
      {"type":"tool_call","id":"c2","name":"g","arguments":"{\\"y\\": 2}"}]}]`,
    messages: [{
      role: "assistant",
      content: null,
      tool_calls: [
        { id: "c1", type: "function", function: { name: "f", arguments: '{"x":1}' } },
        { id: "c2", type: "function", function: { name: "g", arguments: '{"y": 2}' } },
      ],
    }],
  },
  {
    name: "a result becomes a tool message",
    json: '[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","result":"42"}]}]',
    messages: [{ role: "tool", content: "42", tool_call_id: "c1" }],
  },
  {
    name: "an older result that is a list of texts is one text",
    json:
      '[{"role":"tool","parts":[{"type":"tool_result","id":"c1","content":[{"text":"a"},{"type":"text","text":"b"}]}]}]',
    messages: [{ role: "tool", content: "a\nb", tool_call_id: "c1" }],
  },
  {
    name: "a result that is neither text nor list is JSON text",
    json: '[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":{"ok":true}}]}]',
    messages: [{ role: "tool", content: '{"ok":true}', tool_call_id: "c1" }],
  },
  {
    name: "results between texts keep the order",
    json:
      `[{"role":"user","parts":[{"type":"text","content":"a"},{"type":"tool_result","tool_use_id":"c1","content":"r"},
      {"type":"text","content":"b"}]}]`,
    messages: [
      { role: "user", content: "a" },
      { role: "tool", content: "r", tool_call_id: "c1" },
      { role: "user", content: "b" },
    ],
  },
  {
    name: "OpenAI messages pass, with their tool calls and results",
    json: `[{"role":"user","content":"hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function",
      "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"r"}]`,
    messages: [
      { role: "user", content: "hi" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
      },
      { role: "tool", content: "r", tool_call_id: "c" },
    ],
  },
  {
    name: "content as a list of parts is read as parts",
    json:
      '[{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"image","url":"u"}]}]',
    messages: [{ role: "user", content: "a\n[image u]" }],
  },
  {
    name: "a part of an unknown type is kept as JSON text",
    json: '[{"role":"assistant","parts":[{"type":"handoff","content":"why"}]}]',
    messages: [{ role: "assistant", content: '{"type":"handoff","content":"why"}' }],
  },
  {
    name: "keys without a place of their own are kept as JSON text",
    json: '[{"role":"assistant","content":"a","mood":"glad","refusal":null,"finish_reason":"stop"}]',
    messages: [{ role: "assistant", content: 'a\n{"mood":"glad"}' }],
  },
  {
    name: "an error flag of a result is the message's",
    json:
      '[{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":"no such file","is_error":true}]}]',
    messages: [{ role: "tool", content: "no such file", tool_call_id: "c", is_error: true }],
  },
  {
    name: "a message without parts is kept, empty",
    json: '[{"role":"assistant","parts":[]}]',
    messages: [{ role: "assistant", content: null }],
  },
  {
    name: "numbers keep their digits",
    json:
      '[{"role":"assistant","parts":[{"type":"tool_call","id":"c","name":"f","arguments":{"order":12345678901234567890}}]}]',
    messages: [{
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: '{"order":12345678901234567890}' } }],
    }],
  },
  {
    name: "one message alone is a list of one",
    json: '{"role":"user","content":"a"}',
    messages: [{ role: "user", content: "a" }],
  },
  {
    name: "a wrapped list is unwrapped",
    json: '{"messages":[{"role":"user","content":"a"}]}',
    messages: [{ role: "user", content: "a" }],
  },
  {
    name: "plain text is kept as text",
    json: "hello",
    messages: [{ role: "unknown", content: "hello" }],
    kinds: ["not JSON"],
  },
  {
    name: "truncated JSON is kept as text",
    json: '[{"role":"user","content":"ab',
    messages: [{ role: "unknown", content: '[{"role":"user","content":"ab' }],
    kinds: ["not JSON"],
  },
  {
    name: "a list with something after its end is kept as text",
    json: '[{"role":"user","content":"a"}] x',
    messages: [{ role: "unknown", content: '[{"role":"user","content":"a"}] x' }],
    kinds: ["not JSON"],
  },
  {
    name: "a trailing comma is not JSON",
    json: '[{"role":"user","content":"a"},]',
    messages: [{ role: "unknown", content: '[{"role":"user","content":"a"},]' }],
    kinds: ["not JSON"],
  },
  {
    name: "a leading comma is not JSON",
    json: "[,]",
    messages: [{ role: "unknown", content: "[,]" }],
    kinds: ["not JSON"],
  },
  {
    name: "a number is not a message",
    json: "7",
    messages: [{ role: "unknown", content: "7" }],
    kinds: ["not a message"],
  },
  {
    name: "elements that are no messages are kept as text, each counted",
    json: '[1,"two",null,{"content":"three"}]',
    messages: [
      { role: "unknown", content: "1" },
      { role: "unknown", content: "two" },
      { role: "unknown", content: "null" },
      { role: "unknown", content: "three" },
    ],
    kinds: ["not a message", "not a message", "not a message", "not a message"],
  },
  {
    name: "a role that is not text is kept as JSON text",
    json: '[{"role":7,"content":"a"}]',
    messages: [{ role: "unknown", content: '{"role":7}\na' }],
    kinds: ["not a message"],
  },
  {
    name: "a lone surrogate becomes the replacement character, and pairs stay",
    json: '[{"role":"user","content":"a\\ud800b\\ud83d\\ude00"}]',
    messages: [{ role: "user", content: "a\ufffdb\u{1f600}" }],
    kinds: ["lone surrogate"],
  },
  {
    name: "a lone surrogate inside arguments is found too",
    json:
      '[{"role":"assistant","parts":[{"type":"tool_call","id":"c","name":"f","arguments":{"x":"\\udc00\\\\ud800"}}]}]',
    messages: [{
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: '{"x":"\ufffd\\\\ud800"}' } }],
    }],
    kinds: ["lone surrogate"],
  },
];

for (const { name, json, messages, kinds = [] } of cases) {
  Deno.test(`readMessages: ${name}`, () => {
    const read = readMessages(json);
    assert.deepEqual(read.messages, messages);
    assert.deepEqual(read.malformed.map(({ kind }) => kind), kinds);
  });
}

Deno.test("readMessages keeps what nests deeper than any stack", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const { messages } = readMessages(`[{"role":"user","parts":[${deep}]}]`);
  assert.equal(messages.length, 1);
  assert.ok(messages[0]?.content?.includes(deep));
});

Deno.test("readMessages reads a 50 MB message", () => {
  const content = 'quick \\ " brown\n'.repeat(50e6 / 16);
  const { messages, malformed } = readMessages(JSON.stringify([{ role: "user", parts: [{ type: "text", content }] }]));
  assert.equal(messages[0]?.content === content, true);
  assert.deepEqual(malformed, []);
});
