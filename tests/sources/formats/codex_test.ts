import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { heard, lines, readFiles, told } from "./read.ts";

const at = (second: number) => `2026-03-01T09:00:0${second}.000Z`;
const line = (second: number, type: string, payload: unknown) => ({ timestamp: at(second), type, payload });
const item = (second: number, payload: unknown) => line(second, "response_item", payload);
const message = (role: string, text: string) => ({
  type: "message",
  role,
  content: [{ type: role === "assistant" ? "output_text" : "input_text", text }],
});
const tokens = (second: number, total: number[], last: number[]) => {
  const usage = ([input_tokens, cached_input_tokens, output_tokens]: number[]) => ({
    input_tokens,
    cached_input_tokens,
    output_tokens,
    total_tokens: input_tokens! + output_tokens!,
  });
  const info = { total_token_usage: usage(total), last_token_usage: usage(last) };
  return line(second, "event_msg", { type: "token_count", info });
};

const SESSION = [
  line(0, "session_meta", { id: "c1", cwd: "/x", cli_version: "0.118.0", base_instructions: { text: "Be brief." } }),
  line(0, "turn_context", { model: "m-codex", effort: "high" }),
  item(1, message("user", "<environment_context>\n<cwd>/x</cwd>\n</environment_context>")),
  item(1, message("user", "Sort the letters.")),
  line(1, "event_msg", { type: "user_message", message: "Sort the letters." }),
  line(1, "event_msg", { type: "token_count", info: null }),
  item(2, { type: "reasoning", summary: [], content: null, encrypted_content: "xyz" }),
  item(3, { type: "custom_tool_call", call_id: "k1", name: "apply_patch", input: "*** Begin Patch" }),
  item(3, { type: "function_call", call_id: "k2", name: "exec_command", arguments: '{"cmd":"ls"}' }),
  tokens(4, [100, 40, 10], [100, 40, 10]),
  tokens(4, [100, 40, 10], [100, 40, 10]),
  item(5, { type: "custom_tool_call_output", call_id: "k1", output: "done" }),
  item(5, { type: "function_call_output", call_id: "k2", output: { content: "a b", success: true } }),
  item(6, message("assistant", "Sorted.")),
  line(6, "event_msg", { type: "agent_message", message: "Sorted." }),
  tokens(7, [230, 140, 15], [130, 100, 5]),
];

needs(["read", "write"], "a rollout's token counts close calls, and a repeated count is none", async () => {
  const { rows, stream } = await readFiles({ "rollout-1.jsonl": lines(...SESSION) });
  const { messages, characters, ...rest } = told(rows[0]!);
  assert.deepEqual(rest, {
    sessionId: "c1",
    calls: 2,
    toolCalls: 2,
    tokens: [230, 15, 140],
    task: "Sort the letters.",
    answer: "Sorted.",
    models: ["m-codex"],
  });
  assert.deepEqual(messages.slice(0, 3), ["system", "developer", "user"]);
  assert.ok(characters >= 9 + 17 + 15 + 12 + 4 + 3 + 7);
  assert.deepEqual([rows[0]!.harness, stream.found[0]!.version], ["codex_cli", "0.118.0"]);
});

needs(["read", "write"], "tokens without any text are a call of their own", async () => {
  const { rows } = await readFiles({ "r.jsonl": lines(...SESSION, tokens(8, [330, 140, 16], [100, 0, 1])) });
  assert.equal(rows[0]!.spans.length, 3);
  assert.deepEqual(told(rows[0]!).tokens, [330, 16, 140]);
  assert.equal(rows[0]!.spans[2]!.outputMessages, null);
});

needs(["read", "write"], "compaction begins the context anew, with the history that takes its place", async () => {
  const history = [message("user", "Sort the letters."), message("user", "Summary: they are sorted.")];
  const { rows } = await readFiles({
    "r.jsonl": lines(
      ...SESSION,
      line(8, "compacted", { message: "Summary", replacement_history: history }),
      item(9, message("assistant", "All done.")),
    ),
  });
  assert.equal(heard(rows[0]!.spans.at(-1)!), 2);
});

needs(["read", "write"], "a rollout of the first versions, without envelopes, is read", async () => {
  const { rows, stream } = await readFiles({
    "rollout-old.jsonl": lines(
      { id: "old", timestamp: at(0), instructions: null, git: {} },
      { record_type: "state" },
      message("user", "Sort."),
      { type: "function_call", id: "f", call_id: "k", name: "shell", arguments: "{}" },
      { type: "function_call_output", call_id: "k", output: '{"output":"ok","metadata":{"exit_code":0}}' },
      message("assistant", "Done."),
    ),
  });
  assert.equal(stream.found[0]!.id, "codex");
  assert.deepEqual(told(rows[0]!).messages, ["user", "assistant", "tool", "assistant"]);
});

needs(["read", "write"], "what a fork repeats of the rollout it came from is context, and no call of it", async () => {
  const [header, ...history] = SESSION;
  const again = history.map((one) => ({ ...one, timestamp: at(8) }));
  const own = [item(9, message("user", "Once more.")), item(9, message("assistant", "Sorted again."))];
  const fork = (name: object) => line(8, "session_meta", { id: "c2", cwd: "/x", ...name });
  const counted = tokens(9, [380, 240, 25], [150, 100, 10]);
  const kinds = { named: [fork({ forked_from_id: "c1" })], "by the second header": [fork({}), header!] };
  for (const [kind, heads] of Object.entries(kinds)) {
    const { rows } = await readFiles({
      "rollout-1.jsonl": lines(...SESSION),
      "rollout-2.jsonl": lines(...heads, ...again, ...own, counted),
    });
    assert.deepEqual(rows.map((row) => [row.sessionId, row.spans.length]), [["c1", 2], ["c2", 1]], kind);
    assert.deepEqual(told(rows[1]!).tokens, [150, 10, 100]);
    assert.ok(heard(rows[1]!.spans[0]!)! >= 6);
  }
  const alone = await readFiles({
    "rollout-2.jsonl": lines(fork({ forked_from_id: "c1" }), ...again, ...own, counted),
  });
  assert.deepEqual(alone.rows.map((row) => row.spans.length), [3]);
});
