import assert from "node:assert/strict";
import { SharedMessages } from "../../lib/model/mod.ts";
import { conversationOf, turnsOf } from "../../lib/traces/mod.ts";
import { messageReader } from "../../lib/traces/messages.ts";
import { span, traceRow } from "./rows.ts";

const said = [
  { role: "user", content: "How many tulips?" },
  { role: "assistant", content: null, tool_calls: [{ id: "c", function: { name: "count", arguments: "{}" } }] },
  { role: "tool", tool_call_id: "c", content: "12" },
  { role: "assistant", content: "Twelve \ud800." },
];

Deno.test("messages that calls share read like the same messages as text", () => {
  const [shared, text] = [messageReader(), messageReader()];
  for (const count of [1, 3, 4]) {
    const input = new SharedMessages(said, count);
    assert.deepEqual(shared(input).messages, text(input.text()).messages);
  }
});

Deno.test("a fault of a shared message is told once", () => {
  const read = messageReader();
  assert.deepEqual(read(new SharedMessages(said, 3)).malformed, []);
  assert.deepEqual(read(new SharedMessages(said)).malformed.map(({ kind, at }) => [kind, at]), [["lone surrogate", 3]]);
  assert.deepEqual(read(new SharedMessages(said)).malformed, []);
});

Deno.test("calls that share a list share its messages, and know how many they keep", () => {
  const calls = conversationOf(traceRow(
    [1, 3].map((count) =>
      span({
        spanId: String(count),
        inputMessages: new SharedMessages(said, count),
        outputMessages: new SharedMessages(said.slice(count, count + 1)),
      })
    ),
  ));
  assert.deepEqual(calls.map(({ input, kept, output }) => [input.length, kept, output.length]), [[1, 0, 1], [3, 1, 1]]);
  assert.equal(calls[0]!.input[0], calls[1]!.input[0]);
});

Deno.test("calls that each hold a list of their own know what they keep, and a reader meets each message once", () => {
  const own = (count: number) => new SharedMessages(structuredClone(said.slice(0, count)));
  const calls = conversationOf(traceRow(
    [1, 3].map((count) =>
      span({ spanId: String(count), inputMessages: own(count), outputMessages: new SharedMessages([said[count]]) })
    ),
  ));
  assert.deepEqual(calls.map(({ kept }) => kept), [0, 1]);
  assert.equal(calls[0]!.input[0], calls[1]!.input[0]);
  assert.deepEqual(turnsOf(calls).map(({ message }) => message.role), ["user", "assistant", "tool", "assistant"]);
});
