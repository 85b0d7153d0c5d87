import assert from "node:assert/strict";
import fc from "fast-check";
import { messageSchema } from "../../lib/model/message.ts";
import { conversationOf, readMessages } from "../../lib/traces/mod.ts";
import { messageReader } from "../../lib/traces/messages.ts";
import { span, traceRow } from "./rows.ts";

/** Text with a mark around it that nothing else in a message has, so that it can be looked for. */
const marked = fc.string({ unit: "binary", maxLength: 12 }).map((text) => `<<${text.toWellFormed()}>>`);
const anyJson = fc.jsonValue({ maxDepth: 3 });
const text = fc.oneof(
  marked,
  fc.array(marked.map((t) => ({ text: t })), { maxLength: 3 }),
  fc.record({ nested: marked }),
);
const part = fc.oneof(
  fc.record({ type: fc.constant("text"), content: text }),
  fc.record({ type: fc.constant("text"), text }, { requiredKeys: ["text"] }),
  fc.record({ type: fc.constant("tool_call"), id: marked, name: marked, arguments: text }, { requiredKeys: ["type"] }),
  fc.record({ type: fc.constantFrom("tool_call_response", "tool_result"), id: marked, result: text, content: text }, {
    requiredKeys: ["type"],
  }),
  fc.record({ type: marked, payload: text, extra: anyJson }),
  anyJson,
);
const message = fc.oneof(
  fc.record({ role: fc.constantFrom("system", "user", "assistant", "tool"), parts: fc.array(part, { maxLength: 4 }) }),
  fc.record({
    role: marked,
    content: fc.oneof(text, fc.array(part)),
    name: marked,
    tool_calls: fc.oneof(text, fc.array(part)),
  }, {
    requiredKeys: ["role"],
  }),
  anyJson,
);

/** All marked texts of a JSON value. */
function marks(value: unknown): string[] {
  if (typeof value === "string") return /^<<[\s\S]*>>$/.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(marks);
}

/** Everything the messages say, and the same with JSON text unescaped once and twice. */
function said(messages: readonly unknown[]): string {
  const strings: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === "object" && value !== null) return Object.values(value).forEach(collect);
    if (typeof value === "string") strings.push(value);
  };
  collect(messages);
  return strings.join("\n");
}

const written = (mark: string) => [mark, JSON.stringify(mark).slice(1, -1)];

Deno.test("readMessages never throws, gives well-formed messages and loses no text, whatever the parts", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 6 }), fc.boolean(), (list, spaced) => {
      const json = JSON.stringify(list, null, spaced ? 2 : undefined);
      const { messages } = readMessages(json);
      const all = said(messages);
      for (const found of messages) messageSchema.parse(found);
      for (const mark of marks(JSON.parse(json))) {
        assert.ok(
          written(mark).some((form) => all.includes(form)),
          `${JSON.stringify(mark)} is lost: ${JSON.stringify(messages)}`,
        );
      }
    }),
    { numRuns: 500, examples: [[[{ role: "<<>>", content: [{ type: "tool_call_response" }] }], false]] },
  );
});

Deno.test("readMessages keeps truncated text in full and says so", () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), fc.nat(), (list, cut) => {
      const whole = JSON.stringify(list);
      const json = whole.slice(0, 1 + cut % (whole.length - 1));
      const { messages, malformed } = readMessages(json);
      assert.deepEqual(messages, [{ role: "unknown", content: json.toWellFormed() }]);
      assert.equal(malformed[0]?.kind, "not JSON");
    }),
    { numRuns: 500 },
  );
});

Deno.test("readMessages never throws on any text and keeps what it cannot read", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]{}",:\\ a1\ud800é'.split("")), maxLength: 30 }), (json) => {
      const { messages, malformed } = readMessages(json);
      for (const found of messages) assert.ok(JSON.stringify(found).isWellFormed());
      if (malformed.some(({ kind, at }) => kind === "not JSON" && at === null)) {
        assert.equal(messages[0]?.content, json.toWellFormed());
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("a reader of a session's texts gives what reading each apart gives", () => {
  const histories = fc.array(message, { minLength: 1, maxLength: 8 }).chain((all) =>
    fc.array(fc.tuple(fc.nat(all.length), fc.boolean(), fc.boolean()), { maxLength: 6 }).map((cuts) =>
      cuts.map(([n, backwards, spaced]) =>
        JSON.stringify(backwards ? all.slice(n).reverse() : all.slice(0, n), null, spaced ? 1 : undefined)
      )
    )
  );
  fc.assert(
    fc.property(histories, (texts) => {
      const read = messageReader();
      for (const json of texts) assert.deepEqual(read(json).messages, readMessages(json).messages);
    }),
    { numRuns: 500 },
  );
});

Deno.test("conversationOf puts system instructions first and says what is new in each call", () => {
  const system = '[{"type":"text","content":"be kind"}]';
  const user = '{"role":"user","content":"hi"}';
  const calls = conversationOf(traceRow([
    span({ inputMessages: `[${user}]`, systemInstructions: system }),
    span({ inputMessages: `[${user},{"role":"assistant","content":"yes?"}]`, systemInstructions: system }),
    span({ inputMessages: null, outputMessages: null, systemInstructions: "plain words" }),
  ]));
  assert.deepEqual(calls.map(({ input }) => input.map(({ content }) => content)), [
    ["be kind", "hi"],
    ["be kind", "hi", "yes?"],
    ["plain words"],
  ]);
  assert.deepEqual(calls.map(({ kept }) => kept), [0, 2, 0]);
  assert.deepEqual(calls.map(({ inputRecorded }) => inputRecorded), [true, true, false]);
  assert.equal(calls[1]?.input[1], calls[0]?.input[1]);
  assert.deepEqual(calls.flatMap(({ malformed }) => malformed), []);
});
