import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { heard, lines, readFiles, told } from "./read.ts";

const at = (second: number) => `2026-03-01T09:00:${String(second).padStart(2, "0")}.000Z`;
const usage = (input: number, read: number, written: number, output: number) => ({
  input_tokens: input,
  cache_read_input_tokens: read,
  cache_creation_input_tokens: written,
  output_tokens: output,
});

let uuid = 0;
function line(type: string, second: number, message: unknown, more: Record<string, unknown> = {}) {
  const id = `u${++uuid}`;
  return {
    type,
    uuid: id,
    parentUuid: `u${uuid - 1}`,
    sessionId: "s1",
    isSidechain: false,
    timestamp: at(second),
    message,
    ...more,
  };
}
const user = (second: number, content: unknown, more = {}) => line("user", second, { role: "user", content }, more);
const result = (second: number, id: string, content: string, more = {}) =>
  user(second, [{ type: "tool_result", tool_use_id: id, content }], more);
const said = (second: number, id: string, block: unknown, tokens: unknown, more = {}) =>
  line("assistant", second, { id, role: "assistant", model: "m-opus", content: [block], usage: tokens }, {
    requestId: `req-${id}`,
    version: "2.1.9",
    ...more,
  });
const text = (text: string) => ({ type: "text", text });
const use = (id: string) => ({ type: "tool_use", id, name: "Read", input: { file: "a" } });

const SESSION = [
  { type: "file-history-snapshot", messageId: "m", snapshot: {} },
  user(0, "Read the two letters."),
  said(2, "m1", text("I read."), usage(5, 10, 20, 1)),
  said(3, "m1", use("t1"), usage(5, 10, 20, 1)),
  result(4, "t1", "Dear Ada"),
  said(5, "m1", use("t2"), usage(5, 10, 20, 40)),
  result(6, "t2", "Dear Bob"),
  said(9, "m2", text("Both are dear."), usage(7, 30, 0, 8)),
];

needs(["read", "write"], "lines of one message are one call, counted once with the usage of the last", async () => {
  const { rows, stream } = await readFiles({ "s1.jsonl": lines(...SESSION) });
  assert.deepEqual(rows.map(told), [{
    sessionId: "s1",
    calls: 2,
    messages: ["user", "assistant", "tool", "tool", "assistant"],
    toolCalls: 2,
    characters: 21 + 7 + 12 + 12 + 8 + 8 + 14,
    tokens: [35 + 37, 48, 40],
    task: "Read the two letters.",
    answer: "Both are dear.",
    models: ["m-opus"],
  }]);
  assert.deepEqual(rows[0]!.spans.map(({ startTime, endTime }) => [startTime, endTime]), [[at(0), at(5)], [
    at(6),
    at(9),
  ]]);
  assert.deepEqual([rows[0]!.harness, stream.found[0]!.version], ["claude_code", "2.1.9"]);
});

needs(["read", "write"], "a sub-agent's file belongs to the session that started it", async () => {
  const side = { isSidechain: true, agentId: "a1" };
  const { rows } = await readFiles({
    "p/s1.jsonl": lines(...SESSION),
    "p/agent-a1.jsonl": lines(
      user(3, "Look for a third letter.", side),
      said(4, "m9", text("There is none."), usage(1, 0, 0, 2), side),
    ),
    "p/s1/subagents/agent-a2.jsonl": lines(
      user(3, "And a fourth.", { ...side, agentId: "a2" }),
      said(5, "m8", text("None."), usage(1, 0, 0, 2), { ...side, agentId: "a2" }),
    ),
  });
  assert.deepEqual(rows.map(({ sessionId, spans }) => [sessionId, spans.length]), [["s1", 4]]);
  assert.equal(rows[0]!.metadata["subagents"], 2);
  assert.deepEqual(told(rows[0]!).tokens, [72 + 2, 48 + 4, 40]);
});

needs(["read", "write"], "side chains written into the session's own file are conversations of their own", async () => {
  const root = { isSidechain: true, uuid: "side", parentUuid: null };
  const { rows } = await readFiles({
    "s1.jsonl": lines(
      ...SESSION,
      user(3, "Look for a third letter.", root),
      said(4, "m9", text("There is none."), usage(1, 0, 0, 2), { isSidechain: true, parentUuid: "side" }),
    ),
  });
  const spans = rows[0]!.spans.map((span) => [span.name, heard(span)]);
  assert.deepEqual(spans, [["chat", 1], ["chat", 4], ["chat of a sub-agent", 1]]);
});

needs(["read", "write"], "compaction begins the context anew", async () => {
  const { rows } = await readFiles({
    "s1.jsonl": lines(
      ...SESSION,
      { type: "system", subtype: "compact_boundary", uuid: "b", parentUuid: null, sessionId: "s1", timestamp: at(10) },
      user(11, "So far: two letters were read.", { isCompactSummary: true }),
      said(12, "m3", text("Then I am done."), usage(9, 0, 0, 3)),
    ),
  });
  assert.deepEqual(rows[0]!.spans.map(heard), [1, 4, 1]);
});

needs(["read", "write"], "a session that another one repeats is counted where it is first met", async () => {
  const copy = SESSION.map((line) => ({ ...line, sessionId: "s2" }));
  const { rows, stream } = await readFiles({
    "s1.jsonl": lines(...SESSION),
    "s2.jsonl": lines(...copy, said(20, "m5", text("More."), usage(1, 1, 1, 1), { sessionId: "s2" })),
  });
  assert.deepEqual(rows.map(({ sessionId, spans }) => [sessionId, spans.length]), [["s1", 2], ["s2", 1]]);
  assert.equal(heard(rows[1]!.spans[0]!), 5);
  assert.equal(stream.leftOut()["calls that another session has"], 2);
});

needs(
  ["read", "write"],
  "a refusal of the API is a failed call, and what no model said is left out and counted",
  async () => {
    const { rows, stream } = await readFiles({
      "s1.jsonl": lines(
        ...SESSION,
        line("assistant", 30, { id: "e", model: "<synthetic>", role: "assistant", content: [text("API Error: 529")] }, {
          isApiErrorMessage: true,
        }),
        line("assistant", 31, { id: "n", model: "<synthetic>", role: "assistant", content: [text("No response.")] }),
      ),
    });
    assert.deepEqual(rows[0]!.spans.at(-1)!.status, { code: 2, message: "API Error: 529" });
    assert.deepEqual(told(rows[0]!).answer, "Both are dear.");
    assert.equal(stream.leftOut()["answers that no model gave"], 1);
  },
);

needs(["read", "write"], "what the program adds to the conversation is not taken for the task", async () => {
  const { rows } = await readFiles({
    "s1.jsonl": lines(user(0, "Caveat: what follows was run by hand.", { isMeta: true }), ...SESSION),
  });
  assert.equal(told(rows[0]!).task, "Read the two letters.");
});

needs(["read", "write"], "sessions that were put into one file are told apart", async () => {
  const other = SESSION.map((line) => ({
    ...line,
    sessionId: "s2",
    ...("message" in line ? { message: { ...line.message as object, id: `x${uuid++}` } } : {}),
  }));
  const { rows } = await readFiles({ "all.jsonl": lines(...SESSION, ...other) });
  assert.deepEqual(rows.map(({ sessionId }) => sessionId), ["s1", "s2"]);
});

const stream = (type: string, more: object) => ({ type, session_id: "s1", uuid: `v${++uuid}`, ...more });
const streamed = (id: string, block: unknown, tokens: unknown, parent: string | null = null) =>
  stream("assistant", {
    message: { id, role: "assistant", model: "m-opus", content: [block], usage: tokens },
    parent_tool_use_id: parent,
  });

needs(["read", "write"], "a stream of Claude Code has the sums of its result, and its sub-agents", async () => {
  const { rows, stream: read } = await readFiles({
    "run.jsonl": lines(
      stream("system", { subtype: "init", cwd: "/", tools: ["Read"], model: "m-opus", claude_code_version: "2.1.9" }),
      streamed("m1", use("t1"), usage(5, 10, 20, 1)),
      streamed("m9", text("Dear Ada"), usage(3, 0, 0, 2), "t1"),
      stream("user", {
        message: { role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content: "Dear Ada" }] },
        parent_tool_use_id: null,
      }),
      streamed("m2", text("It is dear."), usage(7, 30, 0, 2)),
      stream("result", { result: "It is dear.", total_cost_usd: 0.5, usage: usage(12, 40, 20, 30) }),
    ),
  });
  assert.deepEqual([read.found[0]!.id, read.found[0]!.version], ["claude-code", "2.1.9"]);
  const [row, ...others] = rows;
  assert.deepEqual(others, []);
  assert.deepEqual([row!.sessionId, row!.harness, row!.grades?.agentUsd], ["s1", "claude_code", 0.5]);
  assert.equal(row!.spans.length, 3);
  // 30 answered by the agent itself, 2 by its sub-agent.
  assert.deepEqual(told(row!).tokens, [35 + 37 + 3, 30 + 2, 40]);
});

needs(["read", "write"], "a stream of another program is that program's", async () => {
  const id = "T-0a1b2c3d-4e5f-4061-8071-2a3b4c5d6e7f";
  const { rows } = await readFiles({
    "amp.jsonl": lines({ ...streamed("m1", text("Done."), usage(1, 0, 0, 1)), session_id: id }),
    "qwen.jsonl": lines(
      stream("system", { subtype: "init", tools: [], qwen_code_version: "0.21" }),
      streamed("m2", text("Done."), usage(1, 0, 0, 1)),
    ),
  });
  assert.deepEqual(rows.map(({ harness }) => harness), ["amp", "qwen_code"]);
});

needs(["read", "write"], "a session that the service keeps as one document is that of its lines", async () => {
  const line = (type: string, second: number, content: unknown) => ({
    ...{ type, timestamp: `2026-01-01T00:00:0${second}.000Z` },
    message: { role: type, content },
  });
  const { rows, stream } = await readFiles({
    "web.json": JSON.stringify({
      loglines: [
        line("user", 0, "Name a river."),
        line("assistant", 1, [{ type: "text", text: "I look." }, {
          type: "tool_use",
          id: "t",
          name: "find",
          input: {},
        }]),
        line("user", 2, [{ type: "tool_result", tool_use_id: "t", content: "Elbe" }]),
        line("assistant", 3, [{ type: "text", text: "The Elbe." }]),
      ],
    }),
  });
  assert.equal(stream.found[0]!.id, "claude-code");
  const { sessionId, calls, toolCalls, task, answer } = told(rows[0]!);
  assert.deepEqual([sessionId, calls, toolCalls, task, answer], ["web", 2, 1, "Name a river.", "The Elbe."]);
});
