import assert from "node:assert/strict";
import { checkRow } from "../../lib/model/mod.ts";
import { sessionSchema } from "../../lib/model/session_row.ts";
import {
  childRowId,
  finalAnswerOf,
  isToolError,
  rootRowId,
  sessionOf,
  taskOf,
  toolErrorsOf,
  usageOf,
} from "../../lib/traces/mod.ts";
import { capMetadata, jsonBytes } from "../../lib/traces/metadata.ts";
import { errorSpansOf } from "../../lib/traces/usage.ts";
import { genAi, span, traceRow } from "./rows.ts";

Deno.test("row ids are version 5 UUIDs in the DNS name space", () => {
  assert.equal(rootRowId("18b5978679fb_18bc4fde"), "8c0c322c-89ae-517c-99f6-179e1e620894");
  // python3 -c "import uuid; print(uuid.uuid5(uuid.NAMESPACE_DNS, 'child:18b5978679fb_18bc4fde:2:d24f571809de4ce8'))"
  assert.equal(childRowId("18b5978679fb_18bc4fde", 2, "d24f571809de4ce8"), "96d8e8b9-ebbc-5010-b437-3ea7baffb446");
});

Deno.test("the task is the first user text of the earliest call that has one", () => {
  const row = traceRow([
    span({ startTime: "2026-01-01T00:00:09", inputMessages: genAi(["user", "late"]) }),
    span({ startTime: "2026-01-01T00:00:01", inputMessages: genAi(["system", "s"], ["user", " "]) }),
    span({
      startTime: "2026-01-01T00:00:02",
      inputMessages: genAi(["system", "s"], ["user", "early"], ["user", "next"]),
    }),
  ]);
  assert.equal(taskOf(row), "early");
  assert.equal(taskOf(traceRow([span()])), null);
});

Deno.test("the final answer falls back through earlier calls, then to the history", () => {
  const toolCall = '[{"role":"assistant","parts":[{"type":"tool_call","id":"c","name":"f","arguments":{}}]}]';
  const said = span({ outputMessages: genAi(["assistant", "one"], ["assistant", "two"]) });
  const history = genAi(["user", "q"], ["assistant", "said before"]);
  const acted = span({ inputMessages: history, outputMessages: toolCall });
  assert.equal(finalAnswerOf(traceRow([said, acted, span()])), "two");
  assert.equal(finalAnswerOf(traceRow([acted])), "said before");
  assert.equal(finalAnswerOf(traceRow([said, span({ outputMessages: "cut off {" })])), "cut off {");
  assert.equal(finalAnswerOf(traceRow([span()])), null);
});

const results: [boolean, string][] = [
  [true, "Error: not enough seats on flight HAT229"],
  [true, '"Error: Validation error. Reason: \\npage_limit: Input should'],
  [true, "Traceback (most recent call last):\n  File"],
  [true, "Execution failed. Traceback:"],
  [true, "ValueError: x"],
  [true, "requests.exceptions.HTTPError: 404"],
  [true, "<tool_use_error>File has not been read yet</tool_use_error>"],
  [true, "error calling tool f"],
  [true, '{"error": "no such user"}'],
  [true, '{"status":"error"}'],
  [true, 'no such file\n{"is_error":true}'],
  [false, '{"error": null, "result": 3}'],
  [false, '{"errors": 0}'],
  [false, "Errors were found in the catalogue of 1911"],
  [false, "The error was fixed."],
  [false, "def f():\n    raise ValueError: x"],
  [false, "failover configured"],
  [false, ""],
];
for (const [expected, content] of results) {
  Deno.test(`isToolError: ${JSON.stringify(content)} is ${expected ? "an error" : "none"}`, () => {
    assert.equal(isToolError({ role: "tool", content, tool_call_id: "c" }), expected);
    assert.equal(isToolError({ role: "user", content }), false);
  });
}

const result = (id: string, text: string) =>
  `{"role":"tool","parts":[{"type":"tool_call_response","id":"${id}","result":"${text}"}]}`;

Deno.test("toolErrorsOf counts each result once however often calls repeat it, and equal ones as often as they occur", () => {
  const calls = [
    span({ inputMessages: `[${result("a", "Error: x")}]` }),
    span({ inputMessages: `[${result("a", "Error: x")},${result("b", "fine")},${result("c", "Error: x")}]` }),
    span({ inputMessages: `[${result("", "Error: y")},${result("", "Error: y")}]` }),
    span({ inputMessages: `[${result("", "Error: y")}]` }),
  ];
  assert.equal(toolErrorsOf(traceRow(calls)), 4);
  assert.equal(toolErrorsOf(traceRow([span(), span()])), null);
  assert.equal(toolErrorsOf(traceRow([span({ inputMessages: "[]" })])), 0);
});

Deno.test("tokens are sums of what is known, and a stated total that differs is reported", () => {
  const row = traceRow(
    [span({ inputTokens: 10, outputTokens: 2, cachedTokens: 4 }), span({ inputTokens: 5 }), span()],
    {
      totalTokens: 20,
    },
  );
  assert.deepEqual(usageOf(row), {
    inputTokens: 15,
    cachedTokens: 4,
    cacheWriteTokens: null,
    outputTokens: 2,
    reasoningTokens: null,
    totalTokens: 17,
    callsWithoutTokens: 2,
    statedOtherwise: 20,
  });
  const unknown = usageOf(traceRow([span()], { totalTokens: 20 }));
  assert.deepEqual([unknown.inputTokens, unknown.totalTokens, unknown.statedOtherwise], [null, 20, null]);
});

Deno.test("error spans are those with status code 2, message or not", () => {
  const row = traceRow([0, 1, 2, 2].map((code) => span({ status: { code, message: "" } })));
  assert.equal(errorSpansOf(row), 2);
});

Deno.test("sessionOf gives a valid session, also of a row without spans, times and texts", () => {
  const grades = {
    origin: "official" as const,
    success: 1 as const,
    score: 0.5,
    status: "success",
    agentUsd: 0.25,
    benchmarkUsd: null,
  };
  for (const row of [traceRow([]), traceRow([span()]), traceRow([span({ inputMessages: "x" })], { grades })]) {
    assert.ok(checkRow(sessionSchema, sessionOf(row), "test", 0));
  }
  const graded = sessionOf(traceRow([span()], { grades }));
  assert.deepEqual([graded.success, graded.officialSuccess, graded.recordedUsd], [1, 1, 0.25]);
  assert.deepEqual([graded.run, graded.model, graded.toolErrors, graded.wallClockS], [
    "run_1",
    "some-model",
    null,
    null,
  ]);
  assert.equal(sessionOf(traceRow([span()], { run: "night-3" })).run, "night-3");
  assert.equal(sessionOf(traceRow([span()], { sessionId: "5e1c0001a2b3_17" })).run, "5e1c0001a2b3");
});

Deno.test("capMetadata drops the largest entries until the rest fits, exactly", () => {
  const metadata = { a: "x".repeat(10), big: "é".repeat(50), b: 1, gone: undefined, mid: ["y".repeat(30)] };
  const whole = capMetadata(metadata, 1000);
  assert.deepEqual(whole.dropped, []);
  assert.deepEqual(Object.keys(whole.metadata), ["a", "big", "b", "mid"]);
  const capped = capMetadata(metadata, 80);
  assert.deepEqual(capped.dropped, [{ key: "big", bytes: 102 }]);
  assert.deepEqual(Object.keys(capped.metadata), ["a", "b", "mid"]);
  const size = jsonBytes(capped.metadata);
  assert.deepEqual(capMetadata(capped.metadata, size).dropped, []);
  assert.equal(capMetadata(capped.metadata, size - 1).dropped.length, 1);
  assert.deepEqual(capMetadata(metadata, 2).metadata, {});
});
