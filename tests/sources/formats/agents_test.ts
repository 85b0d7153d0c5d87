/** What agents say in words of their own: none of it is lost, and none of it stops the reading. @module */
import assert from "node:assert/strict";
import { conversationOf } from "../../../lib/traces/mod.ts";
import { messageMapping } from "../../../lib/sources/messages/mapping.ts";
import { needs } from "../../support/needs.ts";
import { lines, readFiles, told } from "./read.ts";

const at = (second: number) => `2026-05-01T09:00:0${second}.000Z`;
const json = JSON.stringify;

needs(["read", "write"], "tools of Kimi keep integers beyond 2^53", async () => {
  const line = (type: string, more: object) => json({ type, time: Date.parse(at(0)), ...more });
  const step = (event: object) => line("context.append_loop_event", { event });
  const { rows, faults } = await readFiles({
    "wire.jsonl": [
      line("llm.tools_snapshot", { tools: [{ name: "find", most: "MOST" }] }).replace('"MOST"', "12345678901234567890"),
      line("context.append_message", { message: { role: "user", content: "Where is the atlas?" } }),
      step({ type: "step.begin" }),
      step({ type: "content.part", part: { type: "text", text: "On shelf 9." } }),
      step({ type: "step.end" }),
    ].join("\n"),
  });
  assert.deepEqual(faults, []);
  assert.match(rows[0]!.spans[0]!.toolDefinitions ?? "", /12345678901234567890/);
});

needs(
  ["read", "write"],
  "a first message of Cline with integers beyond 2^53 is read, and names its model",
  async () => {
    const text = "Where is the atlas? <environment_details> <model>m-small</model> </environment_details>";
    const asked = { role: "user", content: [{ type: "text", text, most: "MOST" }] };
    const answer = { role: "assistant", content: [{ type: "text", text: "On shelf 9." }] };
    const file = json([asked, answer]).replace('"MOST"', "12345678901234567890");
    const { rows, faults } = await readFiles({ "s1/api_conversation_history.json": file });
    assert.deepEqual(faults, []);
    assert.deepEqual(rows.map((row) => [told(row).answer, row.models]), [["On shelf 9.", ["m-small"]]]);
  },
);

needs(["read", "write"], "summaries, approvals and lists of results of Letta are heard", async () => {
  const message = (second: number, type: string, more: object) => ({
    id: `m${second}`,
    date: at(second),
    message_type: `${type}_message`,
    ...more,
  });
  const call = { name: "find", tool_call_id: "c1", arguments: "{}" };
  const result = (tool_call_id: string, tool_return: string) => ({ tool_call_id, tool_return, status: "success" });
  const { rows } = await readFiles({
    "agent.json": json([
      message(0, "user", { content: "Where is the atlas?" }),
      message(1, "summary", { summary: "An atlas was sought." }),
      message(2, "tool_call", { tool_calls: [call, { ...call, tool_call_id: "c2" }], step_id: "1" }),
      message(3, "approval_response", { approve: false, reason: "Not that one." }),
      message(4, "tool_return", { tool_returns: [result("c1", "nothing"), result("c2", "shelf 9")] }),
      message(5, "event", { event_type: "compaction", event_data: { kept: 2 } }),
      message(6, "assistant", { content: "On shelf 9.", step_id: "2" }),
    ]),
  });
  const last = conversationOf(rows[0]!).at(-1)!;
  assert.deepEqual(last.input.map(({ role, content }) => [role, content]), [
    ["user", "Where is the atlas?"],
    ["developer", "An atlas was sought."],
    ["assistant", null],
    ["user", '{"approve":false,"reason":"Not that one."}'],
    ["tool", "nothing"],
    ["tool", "shelf 9"],
    ["developer", '{"kept":2}'],
  ]);
});

needs(
  ["read", "write"],
  "a session of Strands is its innermost folder, and ids of its calls do not say where",
  async () => {
    const message = (message_id: number, role: string, text: string) =>
      json({ message: { role, content: [{ text }] }, message_id, created_at: at(message_id) });
    const folder = (name: string, answer: string) => ({
      [`session_all/session_${name}/session.json`]: json({
        session_id: name,
        session_type: "AGENT",
        created_at: at(0),
      }),
      [`session_all/session_${name}/agents/agent_a/messages/message_0.json`]: message(0, "user", "Where?"),
      [`session_all/session_${name}/agents/agent_a/messages/message_1.json`]: message(1, "assistant", answer),
    });
    const { rows } = await readFiles({ ...folder("one", "Here."), ...folder("two", "There.") });
    assert.deepEqual(rows.map((row) => [row.sessionId, told(row).answer]), [["one", "Here."], ["two", "There."]]);
    assert.equal(rows[0]!.spans[0]!.spanId, "agents/agent_a/messages:0");
  },
);

needs(["read", "write"], "tokens of Google's ADK have its thoughts, and those of Amp its cache writes", async () => {
  const counts = {
    prompt_token_count: 10,
    candidates_token_count: 4,
    thoughts_token_count: 90,
    cached_content_token_count: 3,
  };
  const event = (author: string, text: string, more = {}) => ({
    author,
    timestamp: Date.parse(at(1)) / 1000,
    content: { role: author, parts: [{ text }] },
    ...more,
  });
  const events = [event("user", "Where?"), event("model", "On shelf 9.", { usage_metadata: counts })];
  const usage = { inputTokens: 1, totalInputTokens: 61, outputTokens: 5, cacheReadInputTokens: 20 };
  const text = (messageId: number, role: string, text: string, more = {}) => ({
    messageId,
    role,
    content: [{ type: "text", text }],
    ...more,
  });
  const messages = [
    text(0, "user", "Where?"),
    text(1, "assistant", "On shelf 9.", { usage: { ...usage, cacheCreationInputTokens: 40 } }),
  ];
  for (
    const [file, expected] of [
      [{ id: "s1", app_name: "librarian", events }, [10, 3, null, 94, 90]],
      [{ v: 1, id: "T-1", messages }, [61, 20, 40, 5, null]],
    ] as const
  ) {
    const [span] = (await readFiles({ "a.json": json(file) })).rows[0]!.spans;
    const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens } = span!;
    assert.deepEqual([inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens], expected);
  }
});

needs(["read", "write"], "an answer put together of items keeps its tokens, its time and its model", async () => {
  const messages = [
    { role: "user", content: "Where?", timestamp: at(0) },
    { type: "reasoning", summary: [{ type: "summary_text", text: "Shelves." }] },
    {
      type: "message",
      role: "assistant",
      status: "completed",
      content: "I look.",
      usage: { input_tokens: 5, output_tokens: 6 },
      timestamp: at(1),
      model: "m-small",
    },
    { type: "function_call", call_id: "c1", name: "find", arguments: "{}" },
  ];
  const { rows } = await readFiles({ "a.jsonl": lines({ id: "s1", messages }) });
  const [{ inputTokens, outputTokens, endTime, responseModel }] = rows[0]!.spans as [(typeof rows)[0]["spans"][0]];
  assert.deepEqual([inputTokens, outputTokens, endTime, responseModel], [5, 6, at(1), "m-small"]);
  assert.equal(told(rows[0]!).answer, "I look.");
});

needs(["read", "write"], "states of runs have their reasoning tokens in the names of both languages", async () => {
  const answer = { type: "message", role: "assistant", content: [{ type: "output_text", text: "On shelf 9." }] };
  const python = {
    input_tokens: 10,
    output_tokens: 9,
    input_tokens_details: { cached_tokens: 4 },
    output_tokens_details: { reasoning_tokens: 5 },
  };
  const javascript = {
    inputTokens: 10,
    outputTokens: 9,
    inputTokensDetails: [{ cached_tokens: 4 }],
    outputTokensDetails: [{ reasoning_tokens: 5 }],
  };
  const states = [
    { $schemaVersion: "1.0", original_input: "Where?", model_responses: [{ output: [answer], usage: python }] },
    { $schemaVersion: "1.0", originalInput: "Where?", modelResponses: [{ output: [answer], usage: javascript }] },
  ];
  for (const state of states) {
    const [span] = (await readFiles({ "state.json": json(state) })).rows[0]!.spans;
    const { inputTokens, cachedTokens, outputTokens, reasoningTokens } = span!;
    assert.deepEqual([inputTokens, cachedTokens, outputTokens, reasoningTokens], [10, 4, 9, 5]);
  }
});

needs(["read", "write"], "a mapping of one's own names an API's usage as a whole", async () => {
  const mapping = {
    name: "mine",
    form: "messages",
    session: { sessionId: "id" },
    messages: "said",
    message: { usage: "took" },
  };
  const took = { input_tokens: 10, output_tokens: 9, cache_read_input_tokens: 30 };
  const said = [{ role: "user", content: "Where?" }, { role: "assistant", content: "On shelf 9.", took }];
  const read = await readFiles({ "a.jsonl": lines({ id: "s1", said }) }, {
    mapping: messageMapping(mapping, "mine.json"),
  });
  assert.deepEqual(read.faults, []);
  assert.deepEqual([told(read.rows[0]!).tokens, told(read.rows[0]!).answer], [[40, 9, 30], "On shelf 9."]);
});

needs(["read", "write"], "steps of smolagents tell what failed, and each result of a run is a session", async () => {
  const step = (step_number: number, more: object) => ({
    step_number,
    timing: { start_time: 1_770_000_000 + step_number, end_time: 1_770_000_001 + step_number, duration: 1 },
    tool_calls: null,
    model_output: null,
    observations: null,
    error: null,
    token_usage: null,
    ...more,
  });
  const steps = [
    { system_prompt: "Be brief." },
    { task: "Where?" },
    { plan: "First look.", model_output_message: { role: "assistant", content: "First look." }, timing: {} },
    step(1, {
      model_output: "<code>find()</code>",
      tool_calls: [{ id: "c1", type: "function", function: { name: "python_interpreter", arguments: "find()" } }],
      error: { type: "AgentExecutionError", message: "no such name" },
      token_usage: { input_tokens: 10, output_tokens: 5 },
    }),
    step(2, { error: { type: "AgentGenerationError", message: "rate limit" } }),
    step(3, { model_output: "On shelf 9.", token_usage: { input_tokens: 20, output_tokens: 4 } }),
  ];
  const run = { output: "On shelf 9.", state: "success", steps, token_usage: { input_tokens: 30, output_tokens: 9 } };
  for (const [content, sessions] of [[json(steps), ["runs"]], [lines(run, run), ["runs", "runs#1"]]] as const) {
    const { rows, faults } = await readFiles({ "runs.jsonl": content });
    assert.deepEqual([rows.map(({ sessionId }) => sessionId), faults], [sessions, []]);
    const { calls, toolCalls, tokens, task, answer, messages } = told(rows[0]!);
    assert.deepEqual([calls, toolCalls, task, answer], [4, 1, "Where?", "On shelf 9."]);
    assert.deepEqual(tokens.slice(0, 2), [30, 9]);
    assert.deepEqual(messages, ["system", "user", "assistant", "assistant", "tool", "assistant"]);
    assert.deepEqual(rows[0]!.spans.map(({ status }) => status.code), [0, 0, 2, 0]);
  }
});

needs(["read", "write"], "of states of a thread the last is read, and the others are counted", async () => {
  const said = [{ type: "human", content: "Where?" }, { type: "ai", content: "On shelf 9." }, {
    type: "human",
    content: "Since?",
  }, { type: "ai", content: "1911." }];
  const state = (thread_id: string, n: number, ts?: string) => ({
    ...(ts ? { ts } : {}),
    checkpoint: { thread_id },
    channel_values: { messages: said.slice(0, n) },
  });
  const { rows, stream } = await readFiles({
    "states.jsonl": lines(state("a", 2), state("a", 4), state("b", 4, at(1)), state("b", 2, at(2))),
  });
  assert.deepEqual(rows.map((row) => [row.sessionId, told(row).calls]), [["a", 2], ["b", 1]]);
  assert.equal(stream.notes().leftOut["states before the last of their thread"], 2);
});

needs(["read", "write"], "feedback of a trace of Opik is its grade, and a tool's span is its call", async () => {
  const span = { trace_id: "t", start_time: at(1), end_time: at(2) };
  const { rows } = await readFiles({
    "t.json": json({
      trace: {
        id: "t",
        name: "desk",
        start_time: at(0),
        feedback_scores: [{ name: "correctness", value: 1, source: "ui" }],
      },
      spans: [
        {
          ...span,
          id: "a",
          type: "llm",
          model: "m-small",
          input: { messages: [{ role: "user", content: "Where?" }] },
          output: { choices: [{ message: { role: "assistant", content: "On shelf 9." } }] },
          usage: {
            "prompt_tokens": 40,
            "completion_tokens": 5,
            "original_usage.input_tokens": 10,
            "original_usage.cache_read_input_tokens": 30,
            "original_usage.output_tokens": 5,
          },
        },
        { ...span, id: "b", type: "tool", name: "find_book", input: {}, output: {} },
      ],
    }),
  });
  const [row] = rows;
  assert.deepEqual([row!.grades?.success, row!.grades?.origin, row!.toolSpans], [1, "human", [null]]);
  assert.deepEqual(told(row!).tokens, [40, 5, 30]);
});
