import { deepEqual, equal, rejects } from "node:assert/strict";
import { loadDataset } from "../../lib/engines/mod.ts";
import { readTold } from "../../lib/import/texts_told.ts";
import { openTraces } from "../../lib/sources/mod.ts";
import { conversationOf } from "../../lib/traces/mod.ts";
import { inFolder } from "../support/folder.ts";
import { needs } from "../support/needs.ts";
import { lines, read } from "./own_files.ts";

const NEEDS = ["read", "write", "env", "sys"] as const;

/** A span of MLflow, version 3: a call of a chat model unless told. */
const mlflowSpan = (span_id: string, attributes: Record<string, unknown> = {}) => ({
  trace_id: "T",
  span_id,
  parent_span_id: null,
  name: "chat",
  start_time_unix_nano: 1767225600000000000,
  end_time_unix_nano: 1767225601000000000,
  attributes: {
    "mlflow.spanType": '"CHAT_MODEL"',
    "mlflow.spanInputs": `{"model":"m","messages":[{"role":"user","content":"${span_id}"}]}`,
    "mlflow.spanOutputs": '{"choices":[{"message":{"role":"assistant","content":"yo"}}]}',
    ...attributes,
  },
});

needs(
  [...NEEDS],
  "a trace of MLflow has its session, what people found of it, and its tokens where no span has any",
  () =>
    inFolder(async (folder) => {
      const judged = {
        assessment_name: "correctness",
        source: { source_type: "LLM_JUDGE" },
        feedback: { value: "no" },
      };
      const human = { assessment_name: "helpful", source: { source_type: "HUMAN" }, feedback: { value: "yes" } };
      const trace = (session: string, spans: unknown[], more: Record<string, unknown> = {}) => ({
        info: {
          trace_id: "tr-1",
          trace_metadata: {
            "mlflow.trace.session": session,
            "mlflow.trace.user": "ada",
            "mlflow.trace.tokenUsage": '{"input_tokens":30,"output_tokens":4}',
          },
          ...more,
        },
        data: { spans },
      });
      const usage = (counts: string) => ({ "mlflow.spanOutputs": `{"content":"yo","usage":${counts}}` });
      const old = { info: { request_id: "q", request_metadata: {}, tags: { "mlflow.trace.session": "e" } } };
      const files = [
        trace("a", [mlflowSpan("1")], { assessments: [judged, human] }),
        trace("b", [mlflowSpan("1"), mlflowSpan("2")], { assessments: [judged] }),
        trace("c", [mlflowSpan("1", usage('{"prompt_tokens":9,"completion_tokens":2}')), mlflowSpan("2")]),
        trace("d", [mlflowSpan("1", usage('{"input_tokens":9,"output_tokens":2,"cache_read_input_tokens":5}'))]),
        { ...old, data: { spans: [mlflowSpan("1")] } },
      ].map((one, i) => JSON.stringify(one).replaceAll('"trace_id":"T"', `"trace_id":"T${i}"`));
      const rows = await read(folder, "mlflow.jsonl", lines(...files));
      const { origin, success } = rows[0]!.grades!;
      deepEqual([origin, success, rows[1]!.grades!.origin, rows[1]!.grades!.success], ["human", 1, "judge", 0]);
      equal(rows[0]!.metadata["mlflow.trace.user"], "ada");
      deepEqual(
        rows.map((
          row,
        ) => [row.sessionId, row.totalTokens, ...row.spans.map((one) => [one.inputTokens, one.outputTokens])]),
        [
          ["a", null, [30, 4]],
          ["b", 34, [null, null], [null, null]],
          ["c", null, [9, 2], [null, null]],
          ["d", null, [14, 2]],
          ["e", null, [null, null]],
        ],
      );
    }),
);

needs(
  [...NEEDS],
  "equal lines without ids are calls of their own, those of one id a repeated one",
  () =>
    inFolder(async (folder) => {
      const said = (content: string) => ({ role: "assistant", content });
      const call = { request: { model: "m", messages: [{ role: "user", content: "q" }] } };
      const line = { ...call, response: { choices: [{ message: said("a") }] } };
      const own = await read(folder, "log.jsonl", lines(line, line, { ...line, id: "x" }, { ...line, id: "x" }));
      deepEqual(own.map((row) => [row.sessionId, row.spans.length]), [["log#0", 1], ["log#1", 1], ["x", 1]]);
      const named = await read(
        folder,
        "named.jsonl",
        lines({ session_id: "s", ...line }, { session_id: "s", ...line }),
      );
      deepEqual(named.map((row) => [row.sessionId, row.spans.length]), [["s", 2]]);
      const span = { trace_id: "t", span_id: null, name: "chat", attributes: { "gen_ai.operation.name": "chat" } };
      const table = await read(folder, "spans.jsonl", lines(span, span));
      deepEqual(table.map((row) => row.spans.map(({ spanId }) => spanId)), [["spans#0", "spans#1"]]);
    }),
);

/** A document of OTLP with these spans, each of a trace of its own unless told. */
const otlp = (...spans: Record<string, unknown>[]) => ({
  resourceSpans: [{
    scopeSpans: [{
      spans: spans.map(({ attributes, ...span }, i) => ({
        traceId: `a${i}`,
        spanId: `b${i}`,
        name: "span",
        startTimeUnixNano: `179000000${i}000000000`,
        endTimeUnixNano: `179000000${i}500000000`,
        ...span,
        attributes: Object.entries(attributes as Record<string, unknown>).map(([key, value]) => ({
          key,
          value: typeof value === "number" ? { intValue: value } : { stringValue: String(value) },
        })),
      })),
    }],
  }],
});
const does = (operation: string, more: Record<string, unknown> = {}) => ({
  "gen_ai.operation.name": operation,
  ...more,
});

needs(
  [...NEEDS],
  "a trace without a model call is no session with 0 calls, unless its run failed or was graded",
  () =>
    inFolder(async (folder) => {
      const path = `${folder}/o.json`;
      await Deno.writeTextFile(
        path,
        JSON.stringify(otlp(
          { attributes: does("chat") },
          { attributes: does("embeddings") },
          { attributes: does("invoke_agent") },
          { attributes: does("invoke_agent"), status: { code: 2 } },
          { attributes: does("invoke_agent", { "session.success": 0 }) },
        )),
      );
      const traces = await openTraces(path);
      const rows = await Array.fromAsync(traces.rows());
      deepEqual(rows.map((row) => [row.sessionId, "spans" in row && row.spans.length]), [["a0", 1], ["a3", 0], [
        "a4",
        0,
      ]]);
      equal(traces.leftOut()["traces without a model call"], 2);
      deepEqual((await loadDataset(path)).sessions!.map(({ sessionId }) => sessionId), ["a0", "a3", "a4"]);
    }),
);

needs([...NEEDS], "a tool that ran is a tool call where no message has it", () =>
  inFolder(async (folder) => {
    const said =
      '[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}]';
    const silent = { traceId: "a", attributes: does("chat") };
    const told = { traceId: "a", attributes: does("chat", { "gen_ai.output.messages": said }) };
    const tool = (id?: string) => ({
      traceId: "a",
      attributes: does("execute_tool", id === undefined ? {} : { "gen_ai.tool.call.id": id }),
    });
    const counts = [];
    for (
      const spans of [[silent, tool(), tool()], [told, tool("c1"), tool("c2")], [told, tool()], [
        told,
        tool(),
        tool("c1"),
      ]]
    ) {
      const [row] = await read(folder, "o.json", JSON.stringify(otlp(...spans)));
      counts.push(readTold(row!).told.toolCalls);
    }
    deepEqual(counts, [2, 2, 1, 2]);
  }));

needs(
  [...NEEDS],
  "log records of calls are calls where their spans were not exported; of other logs it is said what they are",
  () =>
    inFolder(async (folder) => {
      const log = (
        trace: string,
        time: number,
        eventName: string,
        attributes: Record<string, string>,
        body?: unknown,
      ) => ({
        timeUnixNano: `${1790000000 + time}000000000`,
        traceId: trace,
        spanId: `${trace}0b`,
        eventName,
        attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
        ...(body === undefined ? {} : { body: { stringValue: JSON.stringify(body) } }),
      });
      const document = (...logRecords: unknown[]) => ({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
      const said = (role: string, content: string) => JSON.stringify([{ role, parts: [{ type: "text", content }] }]);
      const details = {
        "gen_ai.request.model": "m",
        "gen_ai.usage.input_tokens": "7",
        "gen_ai.usage.output_tokens": "2",
        "gen_ai.input.messages": said("user", "q"),
        "gen_ai.output.messages": said("assistant", "a"),
      };
      const rows = await read(
        folder,
        "logs.jsonl",
        lines(
          document(
            log("aa1", 0, "gen_ai.user.message", {}, { content: "q" }),
            log("aa1", 2, "gen_ai.choice", {}, { message: { content: "a" } }),
          ),
          document(log("aa2", 5, "gen_ai.client.inference.operation.details", details)),
        ),
      );
      const calls = rows.map((row) => conversationOf(row)[0]!);
      deepEqual(calls.map(({ input, output }) => [...input, ...output].map((one) => one.content)), [["q", "a"], [
        "q",
        "a",
      ]]);
      deepEqual(
        calls.map(({ span }) => [span.requestModel, span.inputTokens, span.startTime !== null, span.endTime !== null]),
        [[null, null, true, true], ["m", 7, false, true]],
      );
      await rejects(
        read(folder, "other.jsonl", lines(document({ body: { stringValue: "up" } }))),
        /other\.jsonl: holds no span, but 1 document of resourceLogs: log records are calls where/,
      );
    }),
);
