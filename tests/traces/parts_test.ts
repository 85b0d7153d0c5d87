import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { Message } from "../../lib/model/mod.ts";
import { finalAnswerOf, isToolError, readMessages, taskOf } from "../../lib/traces/mod.ts";
import { span, traceRow } from "./rows.ts";

const BASE64 = "iVBORw0KGgoAAAANSUhEUgAA".repeat(100);
const BYTES = "1,800 bytes";
const call = (name: string, args: string, id = "c1") => ({ id, type: "function", function: { name, arguments: args } });

const cases: { name: string; element: unknown; messages: unknown[] }[] = [
  ...[
    {
      name: "OpenTelemetry's",
      content: { parts: [{ type: "reasoning", content: "why" }, { type: "text", content: "Paris" }] },
    },
    {
      name: "Anthropic's",
      content: { content: [{ type: "thinking", thinking: "why", signature: "EqQB" }, { type: "text", text: "Paris" }] },
    },
    { name: "Vercel's", content: { content: [{ type: "reasoning", text: "why" }, { type: "text", text: "Paris" }] } },
    { name: "DeepSeek's", content: { reasoning_content: "why", content: "Paris" } },
    {
      name: "OpenRouter's",
      content: { reasoning: "why", reasoning_details: [{ type: "reasoning.text", text: "why" }], content: "Paris" },
    },
    {
      name: "LiteLLM's",
      content: {
        content: "Paris",
        reasoning_content: "why",
        thinking_blocks: [{ type: "thinking", thinking: "why", signature: "x" }],
      },
    },
    {
      name: "Gemini's",
      content: { parts: [{ text: "why", thought: true }, { text: "Paris", thoughtSignature: "Cg" }] },
    },
    {
      name: "Bedrock's",
      content: {
        content: [{ reasoningContent: { reasoningText: { text: "why", signature: "s" } } }, { text: "Paris" }],
      },
    },
  ].map(({ name, content }) => ({
    name: `${name} thoughts are kept apart from the answer`,
    element: { role: "assistant", ...content },
    messages: [{ role: "assistant", content: "Paris", reasoning: "why" }],
  })),
  {
    name: "thoughts that are hidden are named with their size",
    element: {
      role: "assistant",
      content: [{ type: "redacted_thinking", data: "Q".repeat(1234) }, { type: "text", text: "Paris" }],
    },
    messages: [{ role: "assistant", content: "Paris", reasoning: "[redacted, 1,234 characters]" }],
  },
  {
    name: "a thought that stands by itself is the assistant's, and an empty one is nothing",
    element: { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "why" }] },
    messages: [{ role: "assistant", content: null, reasoning: "why" }],
  },
  { name: "an empty thought is nothing", element: { type: "reasoning", id: "rs_1", summary: [] }, messages: [] },
  {
    name: "a message of OpenAI's Responses",
    element: {
      type: "message",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: "Paris", annotations: [] }],
    },
    messages: [{ role: "assistant", content: "Paris" }],
  },
  {
    name: "a call of OpenAI's Responses",
    element: { type: "function_call", id: "fc_1", call_id: "c1", name: "f", arguments: "{}", status: "completed" },
    messages: [{ role: "assistant", content: null, tool_calls: [call("f", "{}")] }],
  },
  {
    name: "a result of OpenAI's Responses",
    element: { type: "function_call_output", call_id: "c1", output: "Error: boom" },
    messages: [{ role: "tool", content: "Error: boom", tool_call_id: "c1" }],
  },
  {
    name: "the function call of OpenAI's older chat",
    element: { role: "assistant", content: null, function_call: { name: "f", arguments: "{}" } },
    messages: [{ role: "assistant", content: null, tool_calls: [call("f", "{}", "")] }],
  },
  {
    name: "Vercel's tool-call",
    element: { role: "assistant", content: [{ type: "tool-call", toolCallId: "c1", toolName: "f", input: { a: 1 } }] },
    messages: [{ role: "assistant", content: null, tool_calls: [call("f", '{"a":1}')] }],
  },
  {
    name: "Vercel's tool-result",
    element: {
      role: "tool",
      content: [{ type: "tool-result", toolCallId: "c1", toolName: "f", output: { type: "text", value: "12" } }],
    },
    messages: [{ role: "tool", content: "12", tool_call_id: "c1" }],
  },
  {
    name: "Vercel's tool-result of an error",
    element: {
      role: "tool",
      content: [{
        type: "tool-result",
        toolCallId: "c1",
        toolName: "f",
        output: { type: "error-text", value: "locked" },
      }],
    },
    messages: [{ role: "tool", content: "locked", tool_call_id: "c1", is_error: true }],
  },
  {
    name: "Gemini's call",
    element: { role: "model", parts: [{ functionCall: { name: "f", args: { a: 1 } } }] },
    messages: [{ role: "assistant", content: null, tool_calls: [call("f", '{"a":1}', "")] }],
  },
  {
    name: "Gemini's result",
    element: { role: "user", parts: [{ functionResponse: { name: "f", response: { output: "ok" } } }] },
    messages: [{ role: "tool", content: '{"output":"ok"}', tool_call_id: "f" }],
  },
  {
    name: "Bedrock's call",
    element: { role: "assistant", content: [{ toolUse: { toolUseId: "c1", name: "f", input: { a: 1 } } }] },
    messages: [{ role: "assistant", content: null, tool_calls: [call("f", '{"a":1}')] }],
  },
  {
    name: "Bedrock's result",
    element: {
      role: "user",
      content: [{ toolResult: { toolUseId: "c1", content: [{ text: "no" }], status: "error" } }],
    },
    messages: [{ role: "tool", content: "no", tool_call_id: "c1", is_error: true }],
  },
  { name: "LangChain's human", element: { type: "human", content: "hi" }, messages: [{ role: "user", content: "hi" }] },
  {
    name: "LangChain's ai, with a call",
    element: { type: "ai", content: "", tool_calls: [{ name: "f", args: { a: 1 }, id: "c1", type: "tool_call" }] },
    messages: [{ role: "assistant", content: "", tool_calls: [call("f", '{"a":1}')] }],
  },
  {
    name: "LangChain's tool, failed",
    element: { type: "tool", content: "no", tool_call_id: "c1", status: "error" },
    messages: [{ role: "tool", content: "no", tool_call_id: "c1", is_error: true }],
  },
  ...[
    { type: "image_url", image_url: { url: `data:image/png;base64,${BASE64}`, detail: "high" } },
    { type: "input_image", image_url: `data:image/png;base64,${BASE64}` },
    { type: "image", source: { type: "base64", media_type: "image/png", data: BASE64 } },
    { type: "image", image: BASE64, mediaType: "image/png" },
    { type: "image", data: BASE64, mimeType: "image/png" },
    { type: "blob", modality: "image", mime_type: "image/png", content: BASE64 },
    { inlineData: { mimeType: "image/png", data: BASE64 } },
  ].map((part) => ({
    name: `an image is named with type and size: ${JSON.stringify(part).slice(0, 60)}`,
    element: { role: "user", content: [{ type: "text", text: "see" }, part] },
    messages: [{ role: "user", content: `see\n[image image/png, ${BYTES}]` }],
  })),
  {
    name: "an image elsewhere is named with its address",
    element: { role: "user", content: [{ type: "image_url", image_url: { url: "https://example.org/a.png" } }] },
    messages: [{ role: "user", content: "[image https://example.org/a.png]" }],
  },
  {
    name: "a file is named with its name",
    element: {
      role: "user",
      content: [{ type: "file", file: { filename: "a.pdf", file_data: `data:application/pdf;base64,${BASE64}` } }],
    },
    messages: [{ role: "user", content: `[file a.pdf, application/pdf, ${BYTES}]` }],
  },
  {
    name: "sound is named with its form",
    element: { role: "user", content: [{ type: "input_audio", input_audio: { data: BASE64, format: "wav" } }] },
    messages: [{ role: "user", content: `[audio wav, ${BYTES}]` }],
  },
  {
    name: "a document that is text is its text",
    element: {
      role: "user",
      content: [{ type: "document", source: { type: "text", media_type: "text/plain", data: "all about tulips" } }],
    },
    messages: [{ role: "user", content: "all about tulips" }],
  },
  {
    name: "an image in a tool's result is named",
    element: {
      role: "user",
      content: [{
        type: "tool_result",
        tool_use_id: "c1",
        content: [{ type: "text", text: "see" }, {
          type: "image",
          source: { type: "base64", media_type: "image/png", data: BASE64 },
        }],
      }],
    },
    messages: [{ role: "tool", content: `see\n[image image/png, ${BYTES}]`, tool_call_id: "c1" }],
  },
  {
    name: "an image within a text is named",
    element: { role: "user", content: `see data:image/png;base64,${BASE64} there` },
    messages: [{ role: "user", content: `see [image/png, ${BYTES}] there` }],
  },
  {
    name: "a blob in a part of an unknown type is named",
    element: { role: "user", content: [{ type: "scan", page: 3, pixels: BASE64 }] },
    messages: [{ role: "user", content: `{"type":"scan","page":3,"pixels":"[blob, ${BYTES}]"}` }],
  },
];

for (const { name, element, messages } of cases) {
  Deno.test(`a message: ${name}`, () => {
    const read = readMessages(JSON.stringify([element]));
    deepEqual(read.messages, messages);
    deepEqual(read.malformed, []);
  });
}

Deno.test("a result that the recorder calls an error is one, whatever its text", () => {
  equal(isToolError({ role: "tool", content: "locked", is_error: true }), true);
  equal(isToolError({ role: "tool", content: "locked" }), false);
  equal(isToolError({ role: "assistant", content: "locked", is_error: true }), false);
});

Deno.test("neither task nor answer holds a thought or the bytes of an image", () => {
  const row = traceRow([span({
    inputMessages: JSON.stringify([{
      role: "user",
      content: [{ type: "image_url", image_url: { url: `data:image/png;base64,${BASE64}` } }, {
        type: "text",
        text: "What?",
      }],
    }]),
    outputMessages: JSON.stringify([{ role: "assistant", content: [{ type: "thinking", thinking: "Rome? no" }] }, {
      role: "assistant",
      content: "Paris",
    }]),
  })]);
  equal(taskOf(row), `[image image/png, ${BYTES}]\nWhat?`);
  equal(finalAnswerOf(row), "Paris");
});

Deno.test("no answer holds a thought, whichever parts a message has", () => {
  const thought = fc.constantFrom(
    { type: "reasoning", content: "<thought>" },
    { type: "thinking", thinking: "<thought>", signature: "<thought>" },
    { type: "reasoning", summary: [{ text: "<thought>" }], encrypted_content: "<thought>" },
    { text: "<thought>", thought: true },
  );
  const said = fc.constantFrom({ type: "text", content: "said" }, { type: "output_text", text: "said" }, {
    text: "said",
  });
  fc.assert(fc.property(fc.array(fc.oneof(thought, said), { maxLength: 6 }), fc.boolean(), (parts, asKey) => {
    const message = { role: "assistant", parts, ...(asKey ? { reasoning_content: "<thought>" } : {}) };
    const messages: Message[] = readMessages(JSON.stringify([message])).messages;
    equal(messages.some(({ content }) => content?.includes("<thought>")), false);
    const thoughts = parts.some((part) => JSON.stringify(part).includes("<thought>")) || asKey;
    equal(messages.some(({ reasoning }) => reasoning?.includes("<thought>") ?? false), thoughts);
  }));
});
