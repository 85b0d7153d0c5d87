/** Spans, in the formats of recorders, services and tables. @module */
import { otlp } from "../otlp.ts";
import { lines } from "../read.ts";
import { CALLS, inputUsage, json, millis, TOKENS, usage, wall } from "./session.ts";

/** Attributes of the two model calls, in today's conventions of OpenTelemetry. */
const genAi = CALLS.map(([input, output], i) => ({
  "gen_ai.operation.name": "chat",
  "gen_ai.request.model": "m-small",
  "gen_ai.usage.input_tokens": TOKENS[i]![0],
  "gen_ai.usage.output_tokens": TOKENS[i]![1],
  "gen_ai.input.messages": json(input),
  "gen_ai.output.messages": json([output]),
  "session.id": "s1",
}));
const spans = genAi.map((attributes, i) => ({ id: `${i + 2}`, attributes }));
const genAiTags = (attributes: Record<string, unknown>) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value }));
const zipkin = genAi.map((attributes, i) => ({
  traceId: "0af7",
  id: `0${i}`,
  name: "chat",
  timestamp: Date.parse(wall(i)[0]) * 1000,
  duration: 1_000_000,
  localEndpoint: { serviceName: "librarian" },
  tags: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
}));
const logfire = genAi.map((attributes, i) => ({
  trace_id: "0af7",
  span_id: `0${i}`,
  span_name: "chat",
  start_timestamp: wall(i)[0],
  end_timestamp: wall(i)[1],
  attributes,
}));
const original = (i: number) => ({ "original_usage.completion_tokens": usage(i).completion_tokens });

export const SPAN_SAMPLES = {
  "otlp": { "a.json": json(otlp(...spans)) },
  "otlp:Tempo": { "a.json": json({ batches: otlp(...spans).resourceSpans }) },
  "otlp:Jaeger's API": { "a.json": json({ result: otlp(...spans) }) },
  "otlp:lines": { "a.jsonl": lines({ resourceMetrics: [] }, ...spans.map((span) => otlp(span))) },
  "jaeger": {
    "a.json": json({
      data: [{
        traceID: "0af7",
        spans: genAi.map((attributes, i) => ({
          traceID: "0af7",
          spanID: `0${i}`,
          operationName: "chat",
          startTime: Date.parse(wall(i)[0]) * 1000,
          duration: 1_000_000,
          processID: "p1",
          tags: genAiTags(attributes),
        })),
        processes: { p1: { serviceName: "librarian" } },
      }],
    }),
  },
  "zipkin": { "a.json": json(zipkin) },
  "zipkin:traces": { "a.json": json([zipkin]) },
  "langfuse": {
    "a.json": json({
      trace: { id: "t1", sessionId: "s1", name: "librarian" },
      observations: CALLS.map(([input, output], i) => ({
        id: `o${i}`,
        traceId: "t1",
        type: "GENERATION",
        startTime: wall(i)[0],
        endTime: wall(i)[1],
        model: "m-small",
        input: json({ messages: input }),
        output: json(output),
        usageDetails: { input: TOKENS[i]![0], output: TOKENS[i]![1] },
      })),
    }),
  },
  "langsmith": {
    "a.jsonl": lines(...CALLS.map(([input, output], i) => ({
      id: `r${i}`,
      trace_id: "t1",
      run_type: "llm",
      name: "ChatOpenAI",
      start_time: wall(i)[0],
      end_time: wall(i)[1],
      inputs: { messages: input },
      outputs: { choices: [{ message: output }], usage_metadata: inputUsage(i) },
      extra: { metadata: { ls_model_name: "m-small", thread_id: "s1" } },
    }))),
  },
  "weave": {
    "a.jsonl": lines(...CALLS.map(([messages, message], i) => ({
      id: `w${i}`,
      op_name: "weave:///e/p/op/openai.chat.completions.create:a",
      trace_id: "t1",
      thread_id: "s1",
      started_at: wall(i)[0],
      ended_at: wall(i)[1],
      inputs: { model: "m-small", messages },
      output: { choices: [{ message }], usage: usage(i) },
    }))),
  },
  "weave:log of a harness": {
    "a.json": json({
      config: { benchmark_name: "library" },
      raw_logging_results: CALLS.map(([messages, message], i) => ({
        id: `w${i}`,
        op_name: "openai.chat.completions.create",
        trace_id: "t1",
        started_at: wall(i)[0],
        ended_at: wall(i)[1],
        inputs: { model: "m-small", messages },
        output: { choices: [{ message }], usage: usage(i) },
        attributes: { weave_task_id: "s1" },
      })),
    }),
  },
  "weave:columns": {
    "a.jsonl": lines(...CALLS.map(([messages, message], i) => ({
      "id": `w${i}`,
      "op_name": "openai.chat.completions.create",
      "trace_id": "t1",
      "thread_id": "s1",
      "started_at": wall(i)[0],
      "ended_at": wall(i)[1],
      "inputs.model": "m-small",
      "inputs.messages": json(messages),
      "output.choices": json([{ message }]),
      "output.usage.prompt_tokens": String(usage(i).prompt_tokens),
      "output.usage.completion_tokens": String(usage(i).completion_tokens),
    }))),
  },
  "opik": {
    "a.json": json({
      trace: { id: "t1", name: "librarian", thread_id: "s1", start_time: wall(0)[0], feedback_scores: [] },
      spans: CALLS.map(([messages, message], i) => ({
        id: `o${i}`,
        trace_id: "t1",
        type: "llm",
        model: "m-small",
        start_time: wall(i)[0],
        end_time: wall(i)[1],
        input: { messages },
        output: { choices: [{ message }] },
        usage: { ...usage(i), "original_usage.prompt_tokens": usage(i).prompt_tokens, ...original(i) },
      })),
    }),
  },
  "braintrust": {
    "a.json": json({
      events: [
        { id: "r", span_id: "r", root_span_id: "r", span_parents: null, span_attributes: { name: "a", type: "task" } },
        ...CALLS.map(([input, output], i) => ({
          id: `c${i}`,
          span_id: `c${i}`,
          root_span_id: "r",
          span_parents: ["r"],
          span_attributes: { name: "chat", type: "llm" },
          metadata: { model: "m-small", session_id: "s1" },
          metrics: { start: 1_770_000_000 + i, end: 1_770_000_001 + i, ...usage(i) },
          input,
          output: [{ index: 0, message: output }],
        })),
      ],
      cursor: null,
    }),
  },
  "braintrust:as sent": {
    "a.jsonl": lines(...CALLS.map(([input, output], i) => ({
      id: `c${i}`,
      log_id: "g",
      project_id: "p",
      span_id: `c${i}`,
      root_span_id: "r",
      span_attributes: { name: "chat", type: "llm" },
      created: wall(i)[0],
      metadata: { model: "m-small", session_id: "s1" },
      metrics: { start: 1_770_000_000 + i, end: 1_770_000_001 + i, ...usage(i) },
      input,
      output,
    }))),
  },
  "span-table:CloudWatch": {
    "a.jsonl": lines(...CALLS.flatMap(([input, output], i) => {
      const place = { traceId: "0af7", spanId: `0${i}` };
      const started = BigInt(Date.parse(wall(i)[0])) * 1_000_000n;
      const bodyOf = (messages: readonly object[]) => ({ messages });
      return [
        {
          ...place,
          name: "chat",
          startTimeUnixNano: String(started),
          endTimeUnixNano: String(started + 1_000_000_000n),
          attributes: {
            "gen_ai.operation.name": "chat",
            "gen_ai.request.model": "m-small",
            "gen_ai.usage.input_tokens": TOKENS[i]![0],
            "gen_ai.usage.output_tokens": TOKENS[i]![1],
            "session.id": "s1",
          },
          status: { code: "UNSET" },
        },
        {
          ...place,
          timeUnixNano: String(started + 500_000_000n),
          attributes: { "event.name": "librarian.tracer" },
          body: { input: bodyOf(input), output: bodyOf([output]) },
        },
      ];
    })),
  },
  "openai-agents": {
    "a.json": json({
      data: [
        { object: "trace", id: "t1", group_id: "s1", workflow_name: "librarian" },
        ...CALLS.map(([input, output], i) => ({
          object: "trace.span",
          id: `a${i}`,
          trace_id: "t1",
          started_at: wall(i)[0],
          ended_at: wall(i)[1],
          span_data: { type: "generation", model: "m-small", input, output: [output], usage: inputUsage(i) },
        })),
      ],
    }),
  },
  "span-table": {
    "a.jsonl": lines(...genAi.map((attributes, i) => ({
      name: "chat",
      context: { trace_id: "0x0af7", span_id: `0x0${i}` },
      start_time: wall(i)[0],
      end_time: wall(i)[1],
      attributes,
    }))),
  },
  "span-table:Logfire's rows": { "a.json": json({ columns: [{ name: "trace_id" }], rows: logfire }) },
  "span-table:Logfire's columns": {
    "a.json": json({
      columns: Object.keys(logfire[0]!).map((name) => ({
        name,
        values: logfire.map((row) => (row as Record<string, unknown>)[name]),
      })),
    }),
  },
  "span-table:JavaScript": {
    "a.json": json(genAi.map((attributes, i) => ({
      name: "chat",
      spanContext: { traceId: "0af7", spanId: `0${i}` },
      startTime: [1_770_000_000 + 2 * i, 5],
      endTime: [1_770_000_001 + 2 * i, 5],
      attributes,
      status: { code: 0 },
      events: [],
    }))),
  },
  "span-table:Honeycomb": {
    "a.jsonl": lines(...genAi.map((attributes, i) => ({
      "time": wall(i)[0],
      "trace.trace_id": "0af7",
      "trace.span_id": `0${i}`,
      "name": "chat",
      "duration_ms": 1000,
      ...attributes,
    }))),
  },
  "span-table:Sentry": {
    "a.json": json({
      event_id: "e1",
      type: "transaction",
      spans: CALLS.map(([input, output], i) => ({
        trace_id: "0af7",
        span_id: `0${i}`,
        op: "gen_ai.chat",
        description: "chat m-small",
        start_timestamp: millis(2 * i + 1) / 1000,
        timestamp: millis(2 * i + 2) / 1000,
        data: {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": "m-small",
          "gen_ai.conversation.id": "s1",
          "gen_ai.request.messages": json(input),
          ...(output.content ? { "gen_ai.response.text": output.content } : {}),
          ...("tool_calls" in output ? { "gen_ai.response.tool_calls": json(output.tool_calls) } : {}),
          "gen_ai.usage.input_tokens": TOKENS[i]![0],
          "gen_ai.usage.output_tokens": TOKENS[i]![1],
        },
      })),
    }),
  },
  "v2": {
    "a.jsonl": lines({
      session_id: "s1",
      benchmark: "library",
      harness: "spade",
      models: ["m-small"],
      spans: genAi.map((attributes, i) => ({
        span_id: `0${i}`,
        trace_id: "0af7",
        name: "chat",
        start_time: wall(i)[0],
        end_time: wall(i)[1],
        status: { code: 0, message: "" },
        attributes,
      })),
    }),
  },
};
