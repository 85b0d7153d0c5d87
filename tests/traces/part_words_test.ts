/** Words that recorders and clients have for the same part of a message: each is read as that part. @module */
import { deepEqual } from "node:assert/strict";
import { readMessages } from "../../lib/traces/mod.ts";

const messages = (message: Record<string, unknown>) => readMessages(JSON.stringify([message])).messages;

const TEXT = { type: "text", text: "Paris" };
/** An assistant's message that thought "why" and said "Paris". */
const THOUGHTS: Record<string, unknown>[] = [
  ...["reasoning_content", "reasoning_text", "reasoningContent", "thinking_content", "thought", "thoughts"].map((
    key,
  ) => ({
    content: "Paris",
    [key]: "why",
  })),
  { content: "Paris", additional_kwargs: { reasoning_content: "why" } },
  { content: "Paris", reasoning_content: "why", provider_specific_fields: { reasoning_content: "why", refusal: null } },
  { content: "Paris", model_extra: { reasoning: "why" } },
  { content: [{ type: "reasoning.text", text: "why", format: "unknown" }, TEXT] },
  { content: [{ type: "reasoning.summary", summary: "why" }, TEXT] },
  { content: [{ type: "reasoning_content", reasoning_content: "why" }, TEXT] },
];

for (const message of THOUGHTS) {
  Deno.test(`a thought as ${JSON.stringify(message)} has it is no part of the answer`, () => {
    const said = [{ role: "assistant", content: "Paris", reasoning: "why" }];
    deepEqual(messages({ role: "assistant", ...message }), said);
  });
}

/** An assistant's message that calls f with { "a": 1 } by the id "1". */
const CALLS: Record<string, unknown>[] = [
  { content: [{ type: "mcp_tool_use", id: "1", name: "f", input: { a: 1 } }] },
  { content: [{ type: "toolCall", id: "1", name: "f", arguments: { a: 1 } }] },
  { content: "", toolCalls: [{ id: "1", name: "f", arguments: { a: 1 } }] },
  { tool_calls: [{ tool_call: { id: "1", function: { name: "f", arguments: '{"a":1}' } } }] },
  { tool_calls: [{ tool_id: "1", tool_name: "f", tool_kwargs: { a: 1 } }] },
];

for (const message of CALLS) {
  Deno.test(`a tool call as ${JSON.stringify(message)} has it is one`, () => {
    deepEqual(messages({ role: "assistant", ...message })[0]!.tool_calls, [{
      id: "1",
      type: "function",
      function: { name: "f", arguments: '{"a":1}' },
    }]);
  });
}

Deno.test("what a provider's own tool found is a result, and no part of the answer", () => {
  const found = { type: "web_search_tool_result", tool_use_id: "1", content: [{ type: "text", text: "found" }] };
  deepEqual(messages({ role: "assistant", content: [found, TEXT] }), [
    { role: "tool", content: "found", tool_call_id: "1" },
    { role: "assistant", content: "Paris" },
  ]);
});

Deno.test("a refusal is what was said, and no refusal is nothing", () => {
  deepEqual(messages({ role: "assistant", content: null, refusal: "I cannot." }), [
    { role: "assistant", content: "I cannot." },
  ]);
  deepEqual(
    messages({ role: "assistant", content: "Paris", refusal: null, provider_specific_fields: { refusal: null } }),
    [
      { role: "assistant", content: "Paris" },
    ],
  );
});

Deno.test("bytes that JSON made a list of, or an object, are named with their number", () => {
  const bytes = Array.from({ length: 300 }, (_, i) => i % 256);
  for (const data of [{ type: "Buffer", data: bytes }, Object.fromEntries(bytes.entries())]) {
    const content = [{ type: "image", image: data, mediaType: "image/png" }];
    deepEqual(messages({ role: "user", content }), [{ role: "user", content: "[image image/png, 300 bytes]" }]);
  }
});

/** A result "found" that answers the call of the id "1", or of the tool "f" where no id is there. */
const RESULTS: [message: Record<string, unknown>, answers: string][] = [
  [{ role: "tool", tool_call_id: "1", name: "f" }, "1"],
  [{ role: "toolResult", toolCallId: "1", toolName: "f" }, "1"],
  [{ role: "tool", tool_use_id: "1" }, "1"],
  [{ role: "tool", name: "f" }, "f"],
];

for (const [message, answers] of RESULTS) {
  Deno.test(`what ${JSON.stringify(message)} names is the call that it answers, and no text`, () => {
    deepEqual(messages({ ...message, content: "found" }), [{ role: "tool", content: "found", tool_call_id: answers }]);
  });
}
