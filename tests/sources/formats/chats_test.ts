/** Chats that programs for the terminal keep: Qwen Code, opencode, Droid; tasks of Cline and Roo Code. @module */
import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { heard, lines, readFiles, told } from "./read.ts";

const at = (second: number) => `2026-03-01T09:00:0${second}.000Z`;
const millis = (second: number) => Date.parse(at(second));

const qwen = (uuid: string, parentUuid: string | null, type: string, more: object) => ({
  uuid,
  parentUuid,
  sessionId: "s1",
  timestamp: at(Number(uuid)),
  type,
  version: "0.21.0",
  ...more,
});
const says = (role: string, ...parts: object[]) => ({ message: { role, parts } });

needs(
  ["read", "write"],
  "a chat of Qwen Code is none of Claude Code's, and goes back where it was rewound",
  async () => {
    const { rows, stream } = await readFiles({
      "s1.jsonl": lines(
        qwen("0", null, "user", says("user", { text: "Where is the atlas?" })),
        qwen("1", "0", "assistant", { model: "m-small", ...says("model", { text: "On shelf 9." }) }),
        qwen("2", "0", "system", { subtype: "rewind", systemPayload: { targetUuid: "0" } }),
        qwen("3", "2", "user", says("user", { text: "In English." })),
        qwen("4", "3", "assistant", { model: "m-small", ...says("model", { text: "I look.", thought: true }) }),
        qwen("4", "3", "assistant", {
          model: "m-small",
          ...says("model", { functionCall: { id: "c1", name: "find_book", args: { title: "atlas" } } }),
          usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 4, thoughtsTokenCount: 3, totalTokenCount: 17 },
        }),
        qwen("5", "4", "tool_result", {
          ...says("user", { functionResponse: { id: "c1", name: "find_book", response: { error: "closed" } } }),
          toolCallResult: { callId: "c1", status: "error" },
        }),
      ),
    });
    const [row, ...others] = rows;
    assert.deepEqual(others, []);
    assert.equal(stream.found[0]!.id, "qwen-code");
    assert.deepEqual([row!.sessionId, row!.harness, row!.models], ["s1", "qwen_code", ["m-small"]]);
    assert.deepEqual(row!.spans.map(heard), [1, 2]);
    // A line of the same id is more of the same answer; thoughts stand beside the answer where the total has both.
    assert.deepEqual([told(row!).toolCalls, told(row!).tokens], [1, [10, 7, null]]);
  },
);

needs(["read", "write"], "what Qwen Code compressed is what the next call is given", async () => {
  const { rows } = await readFiles({
    "s1.jsonl": lines(
      qwen("0", null, "user", says("user", { text: "Where is the atlas?" })),
      qwen("1", "0", "assistant", says("model", { text: "On shelf 9." })),
      qwen("2", "1", "system", {
        subtype: "chat_compression",
        systemPayload: { compressedHistory: [{ role: "user", parts: [{ text: "The atlas is on shelf 9." }] }] },
      }),
      qwen("3", "2", "user", says("user", { text: "And the globe?" })),
      qwen("4", "3", "assistant", says("model", { text: "There too." })),
    ),
  });
  assert.deepEqual(rows[0]!.spans.map(heard), [1, 2]);
});

const openCode = (id: string, role: string, parts: object[], more: object = {}) => ({
  info: { id, sessionID: "s1", role, time: { created: millis(Number(id)) }, ...more },
  parts: parts.map((part, i) => ({ id: `${id}.${i}`, sessionID: "s1", messageID: id, ...part })),
});
const info = { id: "s1", projectID: "p", directory: "/", version: "1.1.0", time: { created: millis(0) } };
const text = (text: string, more: object = {}) => ({ type: "text", text, ...more });

needs(["read", "write"], "opencode's session has costs, failures and what began it anew", async () => {
  const { rows } = await readFiles({
    "a.json": JSON.stringify({
      info,
      messages: [
        openCode("0", "user", [text("Where is the atlas?"), text("not sent", { ignored: true })]),
        openCode("1", "assistant", [
          { type: "reasoning", text: "A book." },
          {
            type: "tool",
            callID: "c1",
            tool: "find",
            state: { status: "error", input: { title: "atlas" }, error: "closed" },
          },
          {
            type: "step-finish",
            reason: "tool-calls",
            cost: 0.25,
            tokens: { total: 130, input: 10, output: 15, reasoning: 5, cache: { read: 100, write: 0 } },
          },
        ], { modelID: "m-small", tokens: { input: 1, output: 1 } }),
        openCode("2", "user", [{ type: "compaction", auto: true }, text("What did we do so far?")]),
        openCode("3", "assistant", [text("We looked for the atlas.")], {
          modelID: "m-small",
          summary: true,
          cost: 0.5,
        }),
        openCode("4", "user", [text("Go on.")]),
        openCode("5", "assistant", [], {
          modelID: "m-big",
          error: { name: "APIError", data: { message: "overloaded" } },
        }),
      ],
    }),
  });
  const [row] = rows;
  const { spans, grades, models } = row!;
  assert.deepEqual([models, grades?.agentUsd], [["m-small", "m-big"], 0.75]);
  assert.deepEqual(spans.map(heard), [1, 4, 3]);
  assert.deepEqual(spans.map(({ status }) => status.code), [0, 0, 2]);
  // The tokens of the step, not of the message; what was read from the cache and thought stands beside.
  assert.deepEqual(told(row!).tokens, [110, 20, 100]);
  assert.equal(told(row!).task, "Where is the atlas?");
});

needs(["read", "write"], "opencode's sub-agents belong to the session that began them", async () => {
  const child = { ...info, id: "s2", parentID: "s1" };
  const message = { id: "m1", sessionID: "s1", role: "assistant", time: { created: 2 }, modelID: "m-small" };
  const { rows } = await readFiles({
    "session/p/s1.json": JSON.stringify(info),
    "session/p/s2.json": JSON.stringify(child),
    "message/s1/m1.json": JSON.stringify(message),
    "message/s2/m2.json": JSON.stringify({ ...message, id: "m2", sessionID: "s2" }),
    "part/m1/p1.json": JSON.stringify({ id: "p1", sessionID: "s1", messageID: "m1", ...text("I ask.") }),
    "part/m2/p2.json": JSON.stringify({ id: "p2", sessionID: "s2", messageID: "m2", ...text("I look.") }),
  });
  assert.deepEqual(rows.map(({ sessionId, spans }) => [sessionId, spans.length]), [["s1", 2]]);
});

needs(["read", "write"], "lines of `opencode run --format json` are a session", async () => {
  const line = (type: string, part: object) => ({
    type,
    timestamp: millis(1),
    sessionID: "s1",
    part: { sessionID: "s1", messageID: "m1", ...part },
  });
  const { rows, stream } = await readFiles({
    "run.jsonl": lines(
      line("step_start", { id: "p1", type: "step-start" }),
      line("text", { id: "p2", type: "text", text: "On shelf 9.", time: { start: millis(1), end: millis(2) } }),
      line("step_finish", {
        id: "p3",
        type: "step-finish",
        reason: "stop",
        tokens: { input: 3, output: 4, reasoning: 0, cache: { read: 7, write: 0 } },
      }),
    ),
  });
  assert.equal(stream.found[0]!.id, "opencode");
  assert.deepEqual([rows[0]!.sessionId, told(rows[0]!).tokens, told(rows[0]!).answer], [
    "s1",
    [10, 4, 7],
    "On shelf 9.",
  ]);
});

needs(["read", "write"], "a session of Droid is none of Pi's", async () => {
  const message = (id: string, role: string, text: string) => ({
    type: "message",
    id,
    timestamp: at(Number(id)),
    message: { role, content: [{ type: "text", text }] },
  });
  const { rows, stream } = await readFiles({
    "a.jsonl": lines(
      { type: "session_start", id: "s1", title: "Atlas", cwd: "/" },
      message("1", "user", "Where is the atlas?"),
      message("2", "assistant", "On shelf 9."),
    ),
  });
  assert.equal(stream.found[0]!.id, "droid");
  assert.deepEqual(rows.map(({ sessionId, harness }) => [sessionId, harness]), [["s1", "droid"]]);
});

const surroundings = (model: string) => ({
  type: "text",
  text: `<environment_details>\n<model>${model}</model>\n</environment_details>`,
});
const asked = (more: object, ts = 0) => ({
  ts: millis(ts),
  type: "say",
  say: "api_req_started",
  text: JSON.stringify({ request: "…", ...more }),
});

needs(
  ["read", "write"],
  "a task of Roo Code has the times, tokens and costs of what was shown, and its model",
  async () => {
    const { rows } = await readFiles({
      "tasks/a1/api_conversation_history.json": JSON.stringify([
        { role: "user", content: [text("<task>Where is the atlas?</task>"), surroundings("m-small")], ts: millis(0) },
        { role: "assistant", content: [text("On shelf 9.")], ts: millis(3) },
      ]),
      "tasks/a1/ui_messages.json": JSON.stringify([
        { ts: millis(0), type: "say", say: "text", text: "Where is the atlas?" },
        asked({ apiProtocol: "openai" }, 1),
        asked({ apiProtocol: "openai", tokensIn: 100, tokensOut: 7, cacheReads: 40, cacheWrites: 0, cost: 0.5 }, 2),
      ]),
      "tasks/a1/task_metadata.json": JSON.stringify({ files_in_context: [], model_usage: [] }),
    });
    const [row, ...others] = rows;
    assert.deepEqual(others, []);
    assert.deepEqual([row!.sessionId, row!.harness, row!.models, row!.grades?.agentUsd], [
      "a1",
      "roo_code",
      ["m-small"],
      0.5,
    ]);
    const [span] = row!.spans;
    assert.deepEqual([span!.startTime, span!.endTime], [at(2), at(3)]);
    assert.deepEqual(told(row!).tokens, [100, 7, 40]);
  },
);

needs(["read", "write"], "a conversation of Cline without what was shown has the counts of its messages", async () => {
  const { rows } = await readFiles({
    "a1/api_conversation_history.json": JSON.stringify([
      { role: "user", content: [text("<task>Where is the atlas?</task>")] },
      {
        role: "assistant",
        content: [{ type: "thinking", thinking: "A book.", signature: "s", summary: [] }, text("On shelf 9.")],
        modelInfo: { modelId: "m-small", providerId: "p", mode: "act" },
        metrics: { tokens: { prompt: 10, completion: 5, cached: 90 }, cost: 0.25 },
      },
    ]),
  });
  const [row] = rows;
  assert.deepEqual([row!.sessionId, row!.harness, row!.grades?.agentUsd], ["a1", "cline", 0.25]);
  const { tokens, answer, models } = told(row!);
  assert.deepEqual([tokens, answer, models], [[100, 5, null], "On shelf 9.", ["m-small"]]);
});

needs(
  ["read", "write"],
  "requests of Cline that no answer is known for are said, and what was shown alone is no session",
  async () => {
    const request = asked({ tokensIn: 1, tokensOut: 1 });
    const { rows, stream } = await readFiles({
      "a1/api_conversation_history.json": JSON.stringify([
        { role: "user", content: [surroundings("m")] },
        { role: "assistant", content: "On shelf 9." },
      ]),
      "a1/ui_messages.json": JSON.stringify([request, { ...request, ts: 2 }]),
    });
    assert.deepEqual(told(rows[0]!).tokens, [null, null, null]);
    assert.deepEqual(Object.values(stream.leftOut()), [2]);
    const alone = await readFiles({ "ui_messages.json": JSON.stringify([request]) });
    assert.match(alone.faults[0]!.fault, /ui_messages\.json.*api_conversation_history\.json/);
  },
);
