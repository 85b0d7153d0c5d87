/** Logs of single calls: what each recorder leaves out of a row, and what is no call. @module */
import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { lines, readFiles, told } from "./read.ts";

const user = { role: "user", content: "Where is the atlas?" };
const answer = { role: "assistant", content: "On shelf 9." };
const usage = { prompt_tokens: 30, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 8 } };
const response = { id: "r1", model: "m-small-1", choices: [{ index: 0, message: answer }], usage };

needs(["read", "write"], "results of a batch of Anthropic's are calls, those that failed with why", async () => {
  const message = {
    type: "message",
    role: "assistant",
    model: "m-small",
    content: [{ type: "text", text: "On shelf 9." }],
    usage: { input_tokens: 20, output_tokens: 4, cache_read_input_tokens: 10 },
  };
  const { rows, stream } = await readFiles({
    "results.jsonl": lines(
      { custom_id: "a", result: { type: "succeeded", message } },
      { custom_id: "b", result: { type: "errored", error: { type: "error", error: { message: "too long" } } } },
      { custom_id: "c", result: { type: "expired" } },
    ),
  });
  assert.equal(stream.found[0]!.id, "call-log");
  assert.deepEqual(rows.map(({ sessionId, spans: [call] }) => [sessionId, call!.status.message || null]), [
    ["a", null],
    ["b", "too long"],
    ["c", "expired"],
  ]);
  const { tokens, answer, models } = told(rows[0]!);
  assert.deepEqual([tokens, answer, models], [[30, 4, 10], "On shelf 9.", ["m-small"]]);
});

needs(
  ["read", "write"],
  "a row of LiteLLM's table of spend without texts is a call with its tokens and price",
  async () => {
    const row = {
      request_id: "r1",
      call_type: "acompletion",
      spend: 0.25,
      prompt_tokens: 30,
      completion_tokens: 4,
      startTime: "2026-03-01T09:00:01.000Z",
      endTime: "2026-03-01T09:00:02.000Z",
      model: "m-small",
      session_id: "s1",
      metadata: { usage_object: usage },
      messages: {},
      response: {},
    };
    const asked = { ...row, request_id: "r2", proxy_server_request: { model: "m-small", messages: [user] }, response };
    const { rows } = await readFiles({ "spend.jsonl": lines(row, asked) });
    const [session] = rows;
    assert.deepEqual(session!.spans.map(({ inputMessages }) => inputMessages === null), [true, false]);
    assert.equal(session!.recordedUsd, 0.5);
    const { sessionId, tokens, task, answer } = told(session!);
    assert.deepEqual([sessionId, tokens, task, answer], ["s1", [60, 8, 16], user.content, "On shelf 9."]);
  },
);

needs(["read", "write"], "a row of what a tool did between calls is no call, and is counted", async () => {
  const { rows, stream } = await readFiles({
    "events.jsonl": lines(
      { type: "LLMCall", messages: [user], response, prompt_tokens: 30, completion_tokens: 4, agent_id: "a/1" },
      { type: "ToolCall", tool_name: "find_book", arguments: { title: "atlas" }, result: "shelf 9", agent_id: null },
    ),
  });
  assert.deepEqual(rows.map((row) => told(row).calls), [1]);
  assert.equal(Object.values(stream.notes().leftOut).reduce((sum, n) => sum + n, 0), 1);
});

needs(["read", "write"], "a request and a response named input and output are a call", async () => {
  const { rows } = await readFiles({
    "calls.jsonl": lines({ id: "t1-1", input: { model: "m-small", messages: [user] }, output: response }),
  });
  const { sessionId, tokens, task, answer, models } = told(rows[0]!);
  assert.deepEqual([sessionId, tokens, task, answer], ["t1-1", [30, 4, 8], user.content, "On shelf 9."]);
  assert.ok(models.includes("m-small"));
});

needs(
  ["read", "write"],
  "items of one answer of the Responses API are one message, where it was said and in what is asked next",
  async () => {
    const thought = { type: "reasoning", id: "rs", summary: [{ type: "summary_text", text: "look" }] };
    const find = (call_id: string) => ({ type: "function_call", call_id, name: "find", arguments: "{}" });
    const found = (call_id: string, output: string) => ({ type: "function_call_output", call_id, output });
    const said = { type: "message", role: "assistant", content: [{ type: "output_text", text: "Wren, owl." }] };
    const asked = { role: "user", content: "Two birds?" };
    const call = (id: string, input: unknown[], output: unknown[]) => ({
      ...{ id, object: "response", model: "m-small", conversation_id: "c", input, output },
      usage: { input_tokens: 10, output_tokens: 2 },
    });
    const { rows } = await readFiles({
      "responses.jsonl": lines(
        call("a", [asked], [thought, find("1"), find("2")]),
        call("b", [asked, thought, find("1"), find("2"), found("1", "wren"), found("2", "owl")], [thought, said]),
      ),
    });
    const { calls, messages, toolCalls, answer } = told(rows[0]!);
    assert.deepEqual([calls, toolCalls, answer], [2, 2, "Wren, owl."]);
    assert.deepEqual(messages, ["user", "assistant", "tool", "tool", "assistant"]);
  },
);

needs(["read", "write"], "responses that were kept without what was asked are calls, in a list too", async () => {
  const kept = (id: string) => ({ ...response, id, object: "chat.completion" });
  for (const content of [lines(kept("a"), kept("b")), lines({ object: "list", data: [kept("a"), kept("b")] })]) {
    const { rows } = await readFiles({ "kept.jsonl": content });
    assert.deepEqual(rows.map((row) => [row.sessionId, told(row).tokens, told(row).answer]), [
      ["a", [30, 4, 8], "On shelf 9."],
      ["b", [30, 4, 8], "On shelf 9."],
    ]);
  }
});

needs(["read", "write"], "an answer of a batch that is an error is a call that failed", async () => {
  const { rows } = await readFiles({
    "out.jsonl": lines({
      custom_id: "q",
      response: { status_code: 400, body: { error: { message: "bad" } } },
      error: null,
    }),
  });
  assert.deepEqual(rows[0]!.spans.map(({ status }) => [status.code, status.message]), [[2, "bad"]]);
});
