import assert from "node:assert/strict";
import fc from "fast-check";
import { type BraintrustRow, spanRows } from "../../lib/braintrust/mod.ts";
import { childRowId, rootRowId } from "../../lib/traces/mod.ts";
import { ByteBlock } from "../../lib/import/byte_block.ts";
import { rowLines } from "../../lib/import/row_lines.ts";
import { genAi, span, traceRow } from "../traces/rows.ts";

const KEYS = [
  "id",
  "span_id",
  "root_span_id",
  "span_parents",
  "is_root",
  "input",
  "output",
  "metadata",
  "metrics",
  "scores",
  "error",
  "created",
  "span_attributes",
];

const secret = "sk" + "-ant-api03-" + "aB3_dE-5".repeat(12);
const twoCalls = traceRow([
  span({
    spanId: "s1",
    startTime: "2026-01-01T00:00:01.5",
    endTime: "2026-01-01T00:00:03Z",
    inputTokens: 10,
    outputTokens: 2,
    cachedTokens: 4,
    requestModel: "m",
    finishReasons: ["stop"],
    inputMessages: genAi(["system", `my key is ${secret}`], ["user", "do it"]),
    outputMessages: genAi(["assistant", "doing"]),
    toolDefinitions: '[{"name":"f"}]',
  }),
  span({
    spanId: "s2",
    startTime: "2026-01-01T00:00:04Z",
    endTime: "2026-01-01T00:00:06Z",
    inputTokens: 20,
    inputMessages: genAi(["system", `my key is ${secret}`], ["user", "do it"], ["assistant", "doing"]),
    outputMessages: genAi(["assistant", "done"]),
    toolDefinitions: '[{"name":"f"}]',
  }),
], {
  sessionId: "run_7",
  metadata: { max_tokens: 5n, note: `token ${secret}` },
  grades: { origin: "official", success: 1, score: 0.5, status: "success", agentUsd: 0.25, benchmarkUsd: null },
});

function pair(rows: BraintrustRow[]): [BraintrustRow, BraintrustRow] {
  assert.ok(rows[0] && rows[1]);
  return [rows[0], rows[1]];
}

Deno.test("spanRows gives complete rows: every key there, ids deterministic, children under the root", () => {
  const { rows } = spanRows(twoCalls);
  for (const row of rows) assert.deepEqual(Object.keys(row), KEYS);
  assert.deepEqual(rows.map(({ id }) => id), [
    rootRowId("run_7"),
    childRowId("run_7", 2, "s1"),
    childRowId("run_7", 3, "s2"),
  ]);
  for (const row of rows) assert.equal(row.span_id, row.id);
  assert.deepEqual(rows.map(({ span_parents }) => span_parents), [null, [rootRowId("run_7")], [rootRowId("run_7")]]);
  assert.deepEqual(rows.map(({ span_attributes }) => [span_attributes.type, span_attributes.exec_counter]), [
    ["task", 1],
    ["llm", 2],
    ["llm", 3],
  ]);
});

Deno.test("the root has the task, the answer, the grade and what a GROUP BY needs", () => {
  const [root] = pair(spanRows(twoCalls).rows);
  assert.equal(root.input, "do it");
  assert.equal(root.output, "done");
  assert.equal(root.error, null);
  assert.deepEqual(root.scores, { task_success: 1, official_success: 1 });
  assert.equal(root.created, "2026-01-01T00:00:01.500Z");
  assert.deepEqual(root.metrics, {
    start: 1767225601.5,
    end: 1767225606,
    prompt_tokens: 30,
    completion_tokens: 2,
    tokens: 32,
    prompt_cached_tokens: 4,
  });
  assert.deepEqual(root.metadata, {
    max_tokens: 5,
    note: "token [redacted anthropic]",
    session_id: "run_7",
    run: "run_7",
    benchmark: "swebench",
    harness: "tool_calling",
    deployment: "azure/Some-Model-2025-01-01",
    model: "some-model",
    models: ["azure/Some-Model-2025-01-01"],
    calls: 2,
    total_tokens: 32,
    duration_s: 4.5,
    error_spans: 0,
    input_tokens: 30,
    cached_tokens: 4,
    output_tokens: 2,
    started_at: "2026-01-01T00:00:01.500Z",
    wall_clock_s: 4.5,
    tool_errors: 0,
    recorded_usd: 0.25,
    grade_origin: "official",
    official_score: 0.5,
    official_status: "success",
  });
});

Deno.test("a call has OpenAI messages, its tokens and times, and its tools", () => {
  const [, first] = pair(spanRows(twoCalls).rows);
  assert.deepEqual(first.input, [
    { role: "system", content: "my key is [redacted anthropic]" },
    { role: "user", content: "do it" },
  ]);
  assert.deepEqual(first.output, [{ role: "assistant", content: "doing" }]);
  assert.deepEqual(first.metrics, {
    start: 1767225601.5,
    end: 1767225603,
    prompt_tokens: 10,
    completion_tokens: 2,
    tokens: 12,
    prompt_cached_tokens: 4,
  });
  assert.deepEqual(first.metadata.tools, [{ name: "f" }]);
  assert.deepEqual(first.scores, {});
});

Deno.test("secrets are counted as often as they stood in the rows", () => {
  assert.deepEqual(spanRows(twoCalls).redacted, { anthropic: 3 });
});

Deno.test("what is not recorded is null, not empty", () => {
  const [root, call] = pair(spanRows(traceRow([span()])).rows);
  assert.deepEqual([root.input, root.output, root.error, root.created], [null, null, null, null]);
  assert.deepEqual([call.input, call.output, call.error, call.created], [null, null, null, null]);
  assert.deepEqual([root.metrics, call.metrics], [{}, {}]);
  assert.deepEqual(root.scores, {});
});

Deno.test("errors name how many calls failed and the first message", () => {
  const failed = (message: string) => span({ status: { code: 2, message } });
  const { rows } = spanRows(traceRow([span(), failed(""), failed("too many tokens")]));
  assert.deepEqual(rows.map(({ error }) => error), [
    "2 of 3 calls ended in an error: too many tokens",
    null,
    "error without a message",
    "too many tokens",
  ]);
});

Deno.test("metadata that is too large is left out, listed in the row and returned", () => {
  const row = traceRow([span({ toolDefinitions: JSON.stringify([{ name: "x".repeat(100) }]) })], {
    metadata: { small: 1, large: "y".repeat(100) },
  });
  const { rows, dropped } = spanRows(row, { maxMetadataBytes: 60 });
  const [root, call] = pair(rows);
  assert.deepEqual(dropped, [{ key: "large", bytes: 102 }, { key: "tools", bytes: 113 }]);
  assert.deepEqual(root.metadata.dropped, [{ key: "large", bytes: 102 }]);
  assert.deepEqual(call.metadata.dropped, [{ key: "tools", bytes: 113 }]);
  assert.deepEqual(["small" in root.metadata, "large" in root.metadata, "tools" in call.metadata], [
    true,
    false,
    false,
  ]);
});

Deno.test("rowLines writes the bytes of JSON.stringify, whatever histories share", () => {
  const message = fc.tuple(
    fc.constantFrom("user", "assistant"),
    fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
  );
  const session = fc.array(message, { minLength: 1, maxLength: 6 }).chain((all) =>
    fc.array(fc.tuple(fc.nat(all.length), fc.boolean()), { maxLength: 5 }).map((cuts) =>
      traceRow(
        cuts.map(([n, reversed], i) =>
          span({ spanId: `s${i}`, inputMessages: genAi(...(reversed ? all.toReversed() : all).slice(0, n)) })
        ),
      )
    )
  );
  fc.assert(fc.property(session, (row) => {
    const { rows } = spanRows(row);
    const block = new ByteBlock(16);
    const write = rowLines();
    for (const one of rows) write(one, block);
    const expected = rows.map((one) => `${JSON.stringify(one)}\n`).join("");
    assert.equal(new TextDecoder().decode(block.view()), expected);
  }));
});
