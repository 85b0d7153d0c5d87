/** What recorders write of a call beside what an API has: Langfuse's own counts and roles, Google's Agent Development Kit. @module */
import assert from "node:assert/strict";
import { conversationOf } from "../../../lib/traces/mod.ts";
import { needs } from "../../support/needs.ts";
import { otlp } from "./otlp.ts";
import { heard, lines, readFiles, told } from "./read.ts";

const json = JSON.stringify;
const at = (second: number) => `2026-03-01T09:00:0${second}.000Z`;

const generation = (id: string, parent: string | null, from: number, more: object) => ({
  id,
  traceId: "t1",
  type: "GENERATION",
  name: id,
  parentObservationId: parent,
  startTime: at(from),
  endTime: at(from + 1),
  model: "m-small",
  ...more,
});
const trace = (...observations: object[]) =>
  json({ trace: { id: "t1", name: "desk", timestamp: at(0), sessionId: "s1" }, observations });
const counted = (input: number, output: number) => ({ usageDetails: { input, output, total: input + output } });
const ASK = [{ role: "user", content: "Where is the atlas?" }];

needs(
  ["read", "write"],
  "a generation of Langfuse around a generation is the same call, whatever Langfuse counted",
  async () => {
    const { rows } = await readFiles({
      "t.json": trace(
        generation("outer", null, 0, {
          input: { prompt: "Where is the atlas?" },
          output: "On shelf 9.",
          ...counted(4, 3),
        }),
        generation("inner", "outer", 0, { input: ASK, output: "On shelf 9.", ...counted(62, 85) }),
      ),
    });
    assert.deepEqual([rows[0]!.spans.length, told(rows[0]!).tokens], [1, [62, 85, null]]);
  },
);

needs(["read", "write"], "a generation of Langfuse around several calls is none of its own", async () => {
  const { rows } = await readFiles({
    "t.json": trace(
      generation("outer", null, 0, { input: "Where is the atlas?", output: "On shelf 9.", ...counted(4, 3) }),
      { ...generation("step", "outer", 0, {}), type: "SPAN" },
      generation("first", "step", 0, { input: ASK, output: "I look.", ...counted(10, 2) }),
      generation("second", "outer", 1, { input: ASK, output: "On shelf 9.", ...counted(20, 5) }),
      generation("other", "outer", 1, { model: "m-big", input: ASK, output: "On shelf 9.", ...counted(1, 1) }),
    ),
  });
  assert.deepEqual(rows[0]!.spans.map(({ spanId }) => spanId), ["first", "second", "other"]);
  assert.deepEqual(told(rows[0]!).tokens, [31, 8, null]);
});

needs(["read", "write"], "generations of Langfuse, an observation a row, are nested by their parents too", async () => {
  const { rows } = await readFiles({
    "observations.jsonl": lines(
      generation("alone", null, 3, { traceId: "t2", input: ASK, output: "On shelf 9.", ...counted(9, 3) }),
      generation("inner", "outer", 0, { input: ASK, output: "On shelf 9.", ...counted(62, 85) }),
      generation("first", "all", 1, { input: ASK, output: "I look.", ...counted(10, 2) }),
      generation("outer", null, 0, { input: "Where is the atlas?", output: "On shelf 9.", ...counted(4, 3) }),
      generation("second", "all", 2, { input: ASK, output: "On shelf 9.", ...counted(20, 5) }),
      generation("all", null, 1, { input: "Where is the atlas?", output: "On shelf 9.", ...counted(4, 3) }),
    ),
  });
  assert.deepEqual(rows.map(({ spans }) => spans.map(({ spanId }) => spanId)), [["alone"], [
    "inner",
    "first",
    "second",
  ]]);
  assert.deepEqual(rows.map((row) => told(row).tokens), [[9, 3, null], [92, 92, null]]);
});

needs(
  ["read", "write"],
  "what a recorder says beside a message, or of who called, is no part of its text",
  async () => {
    const event = { "gen_ai.system": "openai", "gen_ai.message.index": 0, "event.name": "gen_ai.user.message" };
    const use = { type: "tool_use", id: "c1", name: "find", input: { q: 1 }, caller: { type: "direct" } };
    const { rows } = await readFiles({
      "t.json": trace(
        generation("g", null, 0, {
          input: [
            { ...ASK[0], ...event },
            { role: "tool-call", content: "find" },
            { role: "tool-response", content: "shelf 9" },
          ],
          output: { role: "assistant", content: [{ type: "text", text: "I look." }, use] },
          ...counted(9, 3),
        }),
      ),
    });
    const { messages, task, answer } = told(rows[0]!);
    assert.deepEqual([messages, task, answer], [
      ["user", "assistant", "tool", "assistant"],
      "Where is the atlas?",
      "I look.",
    ]);
  },
);

needs(["read", "write"], "events of a span in a table are read, whatever their column is called", async () => {
  const span = {
    trace_id: "0af7",
    span_id: "01",
    parent_span_id: null,
    name: "chat",
    start_time: 1_770_000_000_000_000_000,
    end_time: 1_770_000_001_000_000_000,
    attributes: { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m-small" },
    span_events: [{
      event_name: "gen_ai.client.inference.operation.details",
      attributes: {
        "gen_ai.input.messages": [{ role: "user", parts: [{ type: "text", content: "Where is the atlas?" }] }],
        "gen_ai.output.messages": [{ role: "assistant", parts: [{ type: "text", content: "On shelf 9." }] }],
      },
    }],
  };
  for (const file of [[span], { session_id: "s1", spans: [span] }]) {
    const { rows, faults } = await readFiles({ "spans.json": json(file) });
    assert.deepEqual(faults, []);
    assert.deepEqual(rows.map((row) => [told(row).task, told(row).answer]), [["Where is the atlas?", "On shelf 9."]]);
  }
});

needs(["read", "write"], "zeros where Langfuse counted nothing are unknown", async () => {
  const zeros = { usageDetails: {}, costDetails: {}, inputUsage: 0, outputUsage: 0, totalUsage: 0, totalCost: 0 };
  const half = { usageDetails: { input: 12, total: 12 }, inputUsage: 12, outputUsage: 0, totalUsage: 12 };
  const { rows } = await readFiles({
    "t.json": trace(
      generation("a", null, 0, { input: ASK, output: "On shelf 9.", ...zeros }),
      generation("b", null, 1, { input: ASK, output: "There.", ...half }),
    ),
  });
  const [a, b] = rows[0]!.spans;
  assert.deepEqual([a!.inputTokens, a!.outputTokens, rows[0]!.recordedUsd ?? null], [null, null, null]);
  assert.deepEqual([b!.inputTokens, b!.outputTokens], [12, null]);
});

needs(
  ["read", "write"],
  "a role that is a tool's name is that tool's answer, and calls by themselves are an answer",
  async () => {
    const calls = [{ id: "c1", type: "function", function: { name: "find_book", arguments: "{}" } }];
    const { rows } = await readFiles({
      "t.json": trace(
        generation("a", null, 0, {
          input: ASK,
          output: [{ toolCallId: "c1", toolName: "find_book", input: '{"title":"atlas"}' }],
        }),
        generation("b", null, 1, {
          input: [...ASK, { role: "assistant", content: "", tool_calls: calls }, {
            role: "find_book",
            content: "shelf 9",
            additional_kwargs: {},
          }],
          output: { role: "assistant", content: "On shelf 9." },
        }),
      ),
    });
    const [a, b] = conversationOf(rows[0]!);
    assert.deepEqual(a!.output[0]!.tool_calls?.map((call) => call.function), [
      { name: "find_book", arguments: '{"title":"atlas"}' },
    ]);
    assert.deepEqual(b!.input.map(({ role }) => role), ["user", "assistant", "tool"]);
    assert.equal(b!.input[2]!.tool_call_id, "c1");
  },
);

needs(
  ["read", "write"],
  "spans of Google's Agent Development Kit are calls with their instructions and tools",
  async () => {
    const tools = [{ function_declarations: [{ name: "find_book" }] }];
    const asked = { role: "user", parts: [{ text: "Where is the atlas?" }] };
    const call = { role: "model", parts: [{ function_call: { name: "find_book", args: { title: "atlas" } } }] };
    const result = { role: "user", parts: [{ function_response: { name: "find_book", response: { shelf: 9 } } }] };
    const answer = { role: "model", parts: [{ text: "On shelf 9." }] };
    const request = (...contents: object[]) => ({
      model: "m-small",
      config: { system_instruction: "You are in a library.", tools },
      contents,
    });
    const span = (id: string, given: object, content: object) => ({
      id,
      attributes: {
        "gen_ai.system": "gcp.vertex.agent",
        "gen_ai.request.model": "m-small",
        "gcp.vertex.agent.session_id": "s1",
        "gcp.vertex.agent.llm_request": json(given),
        "gcp.vertex.agent.llm_response": json({ content, finish_reason: "STOP", usage_metadata: {} }),
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 2,
      },
    });
    const tool = {
      id: "4",
      attributes: { "gen_ai.operation.name": "execute_tool", "gcp.vertex.agent.llm_request": "{}" },
    };
    const { rows, stream } = await readFiles({
      "t.json": json(otlp(span("2", request(asked), call), span("3", request(asked, call, result), answer), tool)),
    });
    assert.match(stream.found[0]!.version ?? "", /Google ADK/);
    const [row] = rows;
    assert.deepEqual([row!.sessionId, row!.spans.map(heard)], ["s1", [2, 4]]);
    const { toolCalls, task, tokens } = told(row!);
    assert.deepEqual([toolCalls, task, tokens.slice(0, 2)], [1, "Where is the atlas?", [20, 4]]);
    assert.equal(told(row!).answer, "On shelf 9.");
    assert.match(row!.spans[0]!.toolDefinitions ?? "", /find_book/);
  },
);
