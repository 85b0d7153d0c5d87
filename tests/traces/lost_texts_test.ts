import assert from "node:assert/strict";
import fc from "fast-check";
import { lostCharacters } from "../../lib/traces/lost_texts.ts";
import { messageReader } from "../../lib/traces/messages.ts";

const read = (message: unknown) => messageReader()(JSON.stringify([message])).messages;

Deno.test("a message that is read whole loses nothing, however its texts are nested or escaped", () => {
  for (
    const message of [
      { role: "user", content: 'say "hi"\n' },
      { role: "assistant", parts: [{ type: "tool_call", id: "c", name: "f", arguments: { a: ["é \n", { b: "x" }] } }] },
      { role: "tool", content: [{ type: "tool_result", tool_use_id: "c", content: [{ type: "text", text: "ok" }] }] },
      {
        role: "assistant",
        content: [{ type: "thinking", thinking: "hm", signature: "c2ln" }, { type: "odd", note: "kept" }],
      },
    ]
  ) assert.equal(lostCharacters(message, read(message)), 0, JSON.stringify(message));
});

Deno.test("a text that no message has is counted by its characters", () => {
  const message = { role: "user", content: "all of this", parts: [{ type: "text", content: "and this" }] };
  assert.equal(lostCharacters(message, [{ role: "user", content: "all of this" }]), 8);
  assert.equal(lostCharacters(message, []), 19);
});

Deno.test("reading loses no text of any message", () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.integer(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(fc.property(fc.record({ role: fc.constant("user"), content: value }), (message) => {
    assert.equal(lostCharacters(message, read(message)), 0);
  }));
});
