/** What is there twice, or in part: streams beside the sessions that they show, logs beside trajectories made of them. @module */
import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { heard, lines, readFiles, told } from "./read.ts";

const at = (second: number) => `2026-05-01T09:00:0${second}.000Z`;
const ID = "0b4cd6a1-1111-4222-8333-944455556666";
const text = (text: string) => [{ type: "text", text }];
const usage = (input_tokens: number, output_tokens: number) => ({ input_tokens, output_tokens });
const answered = (id: string, said: string, tokens: object) => ({
  id,
  role: "assistant",
  model: "m-opus",
  content: text(said),
  usage: tokens,
});
const own = (type: string, second: number, message: object) => ({
  type,
  uuid: `u${second}`,
  parentUuid: null,
  sessionId: ID,
  requestId: "req",
  timestamp: at(second),
  message,
});
const SESSION = lines(
  own("user", 0, { role: "user", content: "Where is the atlas?" }),
  own("assistant", 2, answered("m1", "On shelf 9.", usage(40, 7))),
);
const STREAM = lines(
  { type: "system", subtype: "init", session_id: ID, tools: ["Read"], model: "m-opus", cwd: "/" },
  { type: "assistant", session_id: ID, parent_tool_use_id: null, message: answered("m1", "On shelf 9.", usage(40, 1)) },
  { type: "result", session_id: ID, result: "On shelf 9.", total_cost_usd: 0.25, usage: usage(40, 7) },
);

needs(
  ["read", "write"],
  "a stream of Claude Code beside the session's own file adds its cost, and no call",
  async () => {
    const { rows, stream } = await readFiles({ "a-run.txt": STREAM, [`projects/${ID}.jsonl`]: SESSION });
    assert.deepEqual(rows.map((row) => [row.sessionId, row.spans.length, row.grades?.agentUsd]), [[ID, 1, 0.25]]);
    assert.deepEqual([told(rows[0]!).tokens, told(rows[0]!).task], [[40, 7, null], "Where is the atlas?"]);
    assert.equal(stream.leftOut()["lines of a stream whose session has a file of its own"], 1);
  },
);

needs(["read", "write"], "a trial of Harbor beside the agent's own log is one session, with its grade", async () => {
  const step = (step_id: number, source: string, message: string) => ({
    step_id,
    source,
    message,
    timestamp: at(step_id),
  });
  const { rows, faults, stream } = await readFiles({
    "t/agent/trajectory.json": JSON.stringify({
      schema_version: "ATIF-v1.5",
      session_id: ID,
      agent: { name: "claude-code", version: "2", model_name: "m-opus" },
      steps: [step(0, "user", "Where is the atlas?"), step(2, "agent", "On shelf 9.")],
    }),
    [`t/agent/sessions/${ID}.jsonl`]: SESSION,
    "t/result.json": JSON.stringify({
      trial_name: "t",
      task_name: "find-book",
      agent_info: {},
      verifier_result: { rewards: { reward: 1 } },
    }),
  });
  assert.deepEqual(faults, []);
  assert.deepEqual(rows.map(({ sessionId, taskId, grades }) => [sessionId, taskId, grades?.success]), [
    [ID, "find-book", 1],
  ]);
  assert.equal(stream.leftOut()["sessions that files of another kind have, too"], 1);
});

needs(["read", "write"], "lines of Claude Code cut down to their usage are calls without texts", async () => {
  const line = (id: string, second: number, tokens: object) => ({
    timestamp: at(second),
    sessionId: "s1",
    requestId: `r-${id}`,
    costUSD: 0.5,
    message: { role: "assistant", id, model: "m-opus", usage: tokens },
  });
  const { rows, stream } = await readFiles({
    "s1.jsonl": lines(line("m1", 1, usage(5, 2)), line("m2", 2, usage(0, 0)), line("m3", 3, usage(7, 4))),
  });
  assert.equal(stream.found[0]!.id, "claude-code");
  assert.deepEqual(rows[0]!.spans.map(({ inputTokens, outputTokens }) => [inputTokens, outputTokens]), [
    [5, 2],
    // A program that knows no counts writes zeros.
    [null, null],
    [7, 4],
  ]);
  assert.equal(rows[0]!.grades?.agentUsd, 1.5);
  assert.equal(stream.notes().unknown["calls without recorded messages"], 3);
});

needs(["read", "write"], "a thread of Amp has its tokens, and none of its states in what was said", async () => {
  const message = (messageId: number, role: string, content: object, more = {}) => ({
    messageId,
    role,
    content: [content],
    ...more,
  });
  const usage = (totalInputTokens: number, outputTokens: number) => ({
    usage: {
      model: "m-opus",
      inputTokens: 1,
      totalInputTokens,
      outputTokens,
      cacheReadInputTokens: 10,
      timestamp: at(3),
    },
    state: { type: "complete" },
  });
  const { rows, stream } = await readFiles({
    "T-1.json": JSON.stringify({
      v: 3,
      id: "T-1",
      created: Date.parse(at(0)),
      messages: [
        message(0, "user", { type: "text", text: "Where is the atlas?" }, { meta: { sentAt: Date.parse(at(0)) } }),
        message(
          1,
          "assistant",
          { type: "tool_use", id: "c1", name: "find", input: { q: 1 }, complete: true },
          usage(40, 7),
        ),
        message(2, "user", { type: "tool_result", toolUseID: "c1", run: { status: "error", error: "no such book" } }),
        message(3, "assistant", { type: "text", text: "I do not know." }, usage(60, 5)),
      ],
    }),
  });
  assert.equal(stream.found[0]!.id, "amp");
  const { messages, characters, task, answer, tokens, models } = told(rows[0]!);
  assert.equal(characters, 19 + '{"q":1}'.length + "no such book".length + 14);
  assert.deepEqual([messages, task, answer, tokens, models], [
    ["user", "assistant", "tool", "assistant"],
    "Where is the atlas?",
    "I do not know.",
    [100, 12, 20],
    ["m-opus"],
  ]);
});

needs(
  ["read", "write"],
  "a session of the Copilot CLI has its sub-agents, and what the program adds is no user's word",
  async () => {
    const event = (type: string, second: number, data: object) => ({
      type,
      data,
      id: `e${second}`,
      parentId: null,
      timestamp: at(second),
    });
    const request = (toolCallId: string) => ({ toolCallId, name: "task", arguments: '{"q":1}', type: "function" });
    const { rows } = await readFiles({
      "events.jsonl": lines(
        event("session.start", 0, { sessionId: "s1", selectedModel: "m-big" }),
        event("user.message", 1, {
          content: "Where is the atlas?",
          transformedContent: "<now>noon</now>\n\nWhere is the atlas?",
        }),
        event("assistant.reasoning", 2, { content: "Others may know." }),
        event("assistant.message", 3, { content: "", toolRequests: [request("c1")], outputTokens: 5 }),
        event("assistant.message", 4, { content: "No.", toolRequests: [], parentToolCallId: "c1", model: "m-small" }),
        event("tool.execution_complete", 5, { toolCallId: "c1", success: false, error: { message: "no book" } }),
        event("session.error", 6, { message: "The service is busy." }),
        event("assistant.message", 7, { content: "I do not know.", toolRequests: [], outputTokens: 4 }),
      ),
    });
    const { messages, task, answer, models, tokens } = told(rows[0]!);
    assert.deepEqual(messages.toSorted(), ["assistant", "assistant", "assistant", "developer", "tool", "user"]);
    assert.deepEqual([task, answer, models], ["Where is the atlas?", "I do not know.", ["m-big", "m-small"]]);
    assert.deepEqual(rows[0]!.spans.map(({ status, outputTokens }) => [status.code, outputTokens]).toSorted(), [
      [0, null],
      [0, 4],
      [0, 5],
      [2, null],
    ]);
    assert.equal(tokens[0], null);
  },
);

needs(
  ["read", "write"],
  "a step of Kimi's is a call that ended when it was streamed, and a compaction is one, too",
  async () => {
    const line = (type: string, second: number, more: object) => ({ type, time: Date.parse(at(second)), ...more });
    const step = (type: string, second: number, more = {}) =>
      line("context.append_loop_event", second, { event: { type, ...more } });
    const counts = (inputOther: number, output: number) => ({ usage: { inputOther, output, inputCacheRead: 10 } });
    const { rows } = await readFiles({
      "wire.jsonl": lines(
        { type: "metadata", protocol_version: "1.4" },
        line("config.update", 0, { systemPrompt: "You are a librarian." }),
        line("context.append_message", 0, {
          message: { role: "user", content: "Where is it?", origin: { kind: "user" } },
        }),
        line("context.append_message", 0, {
          message: { role: "user", content: "Be brief.", origin: { kind: "injection" } },
        }),
        step("step.begin", 1),
        line("llm.request", 1, { model: "m-kimi" }),
        step("content.part", 2, { part: { type: "think", think: "I look." } }),
        step("tool.call", 4, { toolCallId: "c1", name: "find", args: { q: 1 } }),
        step("tool.result", 5, { toolCallId: "c1", result: { output: "no book", isError: true } }),
        step("step.end", 6, { ...counts(5, 3), llmFirstTokenLatencyMs: 500, llmStreamDurationMs: 500 }),
        line("llm.request", 7, { model: "m-kimi", kind: "compaction" }),
        line("usage.record", 8, { usageScope: "session", ...counts(7, 2) }),
        line("context.apply_compaction", 8, { summary: "It was sought.", contextSummary: "So far: it was sought." }),
        step("step.begin", 8),
        line("llm.request", 8, { model: "m-kimi" }),
        step("content.part", 9, { part: { type: "text", text: "I do not know." } }),
        step("step.end", 9, counts(4, 1)),
        line("usage.record", 9, { usageScope: "turn", ...counts(4, 1) }),
      ),
    });
    const { calls, messages, task, answer, tokens } = told(rows[0]!);
    assert.deepEqual([calls, task, answer, tokens], [3, "Where is it?", "I do not know.", [16 + 30, 6, 30]]);
    assert.deepEqual(messages, ["system", "user", "developer", "assistant", "tool", "user", "assistant"]);
    assert.deepEqual(rows[0]!.spans.map(({ startTime, endTime }) => [startTime, endTime]), [
      [at(1), at(2)],
      [at(7), at(8)],
      [at(8), at(9)],
    ]);
  },
);

needs(["read", "write"], "a stream of Droid has an answer for what stands together, and a thought once", async () => {
  const line = (type: string, second: number, more: object) => ({
    type,
    session_id: "s1",
    timestamp: Date.parse(at(second)),
    ...more,
  });
  const thought = line("reasoning", 1, { id: "r1", text: "The catalogue knows." });
  const call = (id: string) => ({ id, messageId: "a1", toolId: "Read", toolName: "Read", parameters: { file: id } });
  const { rows, stream } = await readFiles({
    "run.jsonl": lines(
      line("system", 0, { subtype: "init", tools: ["Read"], model: "m-small" }),
      line("message", 0, { role: "user", id: "u1", text: "Where is the atlas?" }),
      thought,
      thought,
      line("message", 2, { role: "assistant", id: "a1", text: "I look." }),
      line("tool_call", 3, call("c1")),
      line("tool_call", 3, call("c2")),
      line("tool_result", 4, { id: "c1", toolId: "Read", isError: false, value: "nothing" }),
      line("tool_result", 5, { id: "c2", toolId: "Read", isError: true, value: "no such file" }),
      line("completion", 6, { finalText: "I do not know.", usage: usage(50, 10) }),
      line("error", 7, { message: "The service is busy." }),
    ),
  });
  assert.equal(stream.found[0]!.id, "droid-stream");
  const { calls, messages, toolCalls, answer, tokens, models } = told(rows[0]!);
  assert.deepEqual([calls, toolCalls, answer, tokens, models], [3, 2, "I do not know.", [50, 10, null], ["m-small"]]);
  assert.deepEqual(messages, ["user", "assistant", "tool", "tool", "assistant"]);
  const [first, , last] = rows[0]!.spans;
  assert.deepEqual([first!.startTime, first!.endTime, heard(first!)], [at(0), at(3), 1]);
  assert.ok(rows[0]!.spans.some(({ status }) => status.code === 2 && status.message === "The service is busy."));
  assert.equal(last!.endTime, at(6));
});
