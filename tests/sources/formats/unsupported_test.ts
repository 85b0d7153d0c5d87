import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { lines, readFiles } from "./read.ts";

const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const chat = { custom_id: "a", method: "POST", body: { model: "m", messages: [{ role: "user", content: "Hi." }] } };

/** Files that are known and not read: what is said of each, and what to do. */
const KNOWN: Record<string, [name: string, content: string | Uint8Array, says: RegExp]> = {
  "a SQLite database": ["a.db", latin1("SQLite format 3\0\x10\0"), /SQLite database.*sqlite3 -json/],
  "OTLP as protobuf": ["a.binpb", latin1("\n\xc8\x03\n\x14\n\x12\n\x0cservice.name\x12\x02"), /protobuf.*format: json/],
  "a DuckDB database": ["a.duckdb", latin1("\x01\x02\x03\x04\x05\x06\x07\x08DUCK\0"), /DuckDB.*duckdb:FILE/],
  "a history of Aider": [".aider.chat.history.md", "\n# aider chat started at 2026\n", /Aider.*"messages"/],
  "what Aider counts": ["a.jsonl", lines({ event: "exit", properties: {}, user_id: "u", time: 1 }), /Aider.*history/],
  "a chat of Copilot": [
    "a.json",
    lines({ responderUsername: "GitHub Copilot", requests: [{ message: { text: "Hi." }, response: [] }] }),
    /Copilot.*OpenTelemetry/,
  ],
  "a chat of Cursor": ["a.json", lines({ composerId: "c", conversation: [] }), /Cursor.*"messages"/],
  "ChatGPT's export": ["a.json", lines({ title: "t", mapping: {}, current_node: "n" }), /ChatGPT.*current_node/],
  "what codex exec says": [
    "a.jsonl",
    lines({ type: "thread.started", thread_id: "t" }),
    /codex exec.*\.codex\/sessions/,
  ],
  "a stream of the Gemini CLI": [
    "a.jsonl",
    lines(
      { type: "init", timestamp: "2026-01-01T00:00:00Z", session_id: "s", model: "m" },
      { type: "message", role: "assistant", content: "Hi.", delta: true },
    ),
    /Gemini CLI.*\.gemini\/tmp/,
  ],
  "a wire file of Kimi": ["a.jsonl", lines({ type: "metadata", protocol_version: "1.4" }), /Kimi.*"messages"/],
  "a session of Antigravity": [
    "a.jsonl",
    lines({ step_index: 0, source: "USER_EXPLICIT", type: "USER_INPUT", status: "DONE", content: "Hi." }),
    /Antigravity.*"messages"/,
  ],
  "a chat history of Grok": [
    "a.jsonl",
    lines({ type: "user", content: [] }, { type: "assistant", content: "Hi.", model_fingerprint: "f" }),
    /Grok.*"messages"/,
  ],
  "messages of AutoGen": [
    "a.json",
    lines({ messages: [{ source: "user", models_usage: null, content: "Hi.", type: "TextMessage" }] }),
    /AutoGen.*OpenTelemetry/,
  ],
  "results of promptfoo": [
    "a.json",
    lines({ evalId: "e", results: { results: [{ prompt: { raw: "Hi." }, response: { output: "Yes." } }] } }),
    /promptfoo.*"messages"/,
  ],
  "a log of OpenAI's evals": [
    "a.jsonl",
    lines({ spec: { eval_name: "e.dev", completion_fns: ["m"] } }, {
      run_id: "r",
      event_id: 0,
      sample_id: "s",
      data: {},
    }),
    /OpenAI's evals.*"messages"/,
  ],
  "a log of CrewAI": [
    "a.json",
    lines({ timestamp: "2026-01-01", task_name: "t", task: "Look.", agent: "A", status: "completed", output: "9" }),
    /CrewAI.*OpenTelemetry/,
  ],
  "traces of an agent of Bedrock": [
    "a.json",
    lines({ sessionId: "s", trace: { orchestrationTrace: { modelInvocationInput: { text: "{}" } } } }),
    /Bedrock.*model invocations/,
  ],
  "pairs of answers": [
    "a.jsonl",
    lines({ chosen: [{ role: "assistant", content: "A" }], rejected: [{ role: "assistant", content: "B" }] }),
    /pairs.*"messages"/,
  ],
  "results of Terminal-Bench": [
    "results.json",
    lines({ results: [{ task_id: "t", trial_name: "t.1", is_resolved: true }], accuracy: 1 }),
    /Terminal-Bench.*Harbor/,
  ],
  "tau2-bench's index": [
    "results.json",
    lines({ timestamp: "2026-01-01", info: { agent_info: {} }, tasks: [] }),
    /tau2-bench.*convert-results/,
  ],
  "a voice simulation of tau2-bench": [
    "sim.json",
    lines({ id: "s", task_id: "1", termination_reason: "user_stop", ticks: [] }),
    /voice simulation.*text/,
  ],
  "the result of Claude Code": [
    "a.json",
    lines({ type: "result", subtype: "success", session_id: "s", result: "Done.", total_cost_usd: 1 }),
    /Claude Code.*stream-json/,
  ],
  "a batch's input": ["a.jsonl", lines(chat), /batch.*output file/],
  "Langfuse's table of traces": [
    "a.csv",
    "id,timestamp,name,sessionId,input,output\nt,2026-01-01,n,s,hi,ho\n",
    /Langfuse.*observations/,
  ],
  "bytes of no kind": ["a.bin", latin1("\x7fELF\x02\x01\0\0\0\0"), /no text.*JSON or Parquet/],
};

for (const [what, [name, content, says]] of Object.entries(KNOWN)) {
  needs(["read", "write"], `${what} is named in one line, with what to do instead`, async () => {
    const error = await readFiles({ [name]: content }).then(() => null, (error: Error) => error);
    assert.ok(error, "it was read");
    assert.match(error.message, says);
    assert.equal(error.message.split("\n").length, 1);
  });
}

/** Files that programs keep beside their sessions. */
const BESIDE: Record<string, unknown> = {
  "agent-1.meta.json": { agentType: "general-purpose" },
  "sessions-index.json": { version: 1, entries: [{ sessionId: "s", fullPath: "/s.jsonl", messageCount: 2 }] },
  "history.jsonl": { session_id: "s", ts: 1_770_000_000, text: "Name a river." },
  "logs.json": [{ sessionId: "s", messageId: 0, type: "user", message: "Hi.", timestamp: "2026-01-01T00:00:00Z" }],
  "project.json": { id: "p", worktree: "/desk", vcs: "git", time: { created: 1 } },
  "todo.json": [{ id: "1", content: "Look", status: "pending", priority: "high" }],
  "job/config.json": { job_name: "j", jobs_dir: "jobs", agents: [] },
  "job/result.json": { id: "j", n_total_trials: 3, stats: {} },
  "trial/config.json": { task: { path: "t" }, trial_name: "t__1", trials_dir: "jobs/j" },
  "ctrf.json": { results: { tool: { name: "pytest" }, summary: { tests: 1 }, tests: [] } },
  "metadata.json": { agent_class: "CodeActAgent", eval_output_dir: "out", max_iterations: 100 },
  "preds.json": { "a__b-1": { instance_id: "a__b-1", model_name_or_path: "m", model_patch: "diff" } },
  "all_preds.jsonl": { instance_id: "a__b-1", model_name_or_path: "m", model_patch: "diff" },
};

needs(
  ["read", "write"],
  "what programs keep beside their sessions is passed over and named, and no fault",
  async () => {
    const session = lines({
      id: "s",
      messages: [{ role: "user", content: "Hi." }, { role: "assistant", content: "Yes." }],
    });
    for (const [name, value] of Object.entries(BESIDE)) {
      const { rows, faults, stream } = await readFiles({ "sessions.jsonl": session, [name]: JSON.stringify(value) });
      assert.deepEqual([rows.length, faults], [1, []], name);
      assert.deepEqual(stream.passedOver.map(({ path }) => path.endsWith(name)), [true], name);
      await assert.rejects(readFiles({ [name]: JSON.stringify(value) }), /holds no part of a session/, name);
    }
  },
);

needs(["read", "write"], "a file of a folder that is of no known kind is a fault still", async () => {
  const session = lines({
    id: "s",
    messages: [{ role: "user", content: "Hi." }, { role: "assistant", content: "Yes." }],
  });
  const { rows, faults } = await readFiles({
    "sessions.jsonl": session,
    "other.json": JSON.stringify({ colour: "red" }),
  });
  assert.deepEqual([rows.length, faults.length], [1, 1]);
});
