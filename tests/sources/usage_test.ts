/**
 * Usage as APIs and recorders write it: what was cached, written to a cache or spent on reasoning is inside the sums or beside
 * them as their words say, in every carrier, and none of it is lost.
 *
 * @module
 */
import { deepEqual } from "node:assert/strict";
import { sessionOf } from "../../lib/traces/mod.ts";
import { apiUsage } from "../../lib/sources/spans/api_usage.ts";
import { needs } from "../support/needs.ts";
import { otlp } from "./formats/otlp.ts";
import { lines, readFiles } from "./formats/read.ts";

type Json = Record<string, unknown>;
/** Input, cached, cache-write, output and reasoning tokens. */
type Counts = (number | null)[];

const OPENAI = {
  prompt_tokens: 1000,
  completion_tokens: 100,
  total_tokens: 1100,
  prompt_tokens_details: { cached_tokens: 600 },
  completion_tokens_details: { reasoning_tokens: 30 },
};
const ANTHROPIC = {
  input_tokens: 200,
  output_tokens: 100,
  cache_read_input_tokens: 600,
  cache_creation_input_tokens: 200,
};
const LANGCHAIN = {
  input_tokens: 1000,
  output_tokens: 100,
  total_tokens: 1100,
  input_token_details: { cache_read: 600, cache_creation: 200 },
  output_token_details: { reasoning: 30 },
};
const ALL = [1000, 600, 200, 100, 30];

const USAGES: [whose: string, usage: Json, counts: Counts][] = [
  ["OpenAI's", OPENAI, [1000, 600, null, 100, 30]],
  [
    "OpenAI's Responses",
    {
      input_tokens: 1000,
      input_tokens_details: { cached_tokens: 600 },
      output_tokens: 100,
      output_tokens_details: { reasoning_tokens: 30 },
    },
    [1000, 600, null, 100, 30],
  ],
  ["Anthropic's, whose caches stand beside the input", ANTHROPIC, [1000, 600, 200, 100, null]],
  [
    "LiteLLM's, Anthropic's words beside a prompt that holds them",
    { ...ANTHROPIC, input_tokens: undefined, prompt_tokens: 1000 },
    [1000, 600, 200, 100, null],
  ],
  ["LangChain's", LANGCHAIN, ALL],
  [
    "Gemini's, whose thoughts stand beside the answer",
    { promptTokenCount: 1000, cachedContentTokenCount: 600, candidatesTokenCount: 70, thoughtsTokenCount: 30 },
    [1000, 600, null, 100, 30],
  ],
  [
    "Bedrock's",
    { inputTokens: 200, cacheReadInputTokens: 600, cacheWriteInputTokens: 200, outputTokens: 100 },
    [1000, 600, 200, 100, null],
  ],
  ["DeepSeek's", { prompt_tokens: 1000, completion_tokens: 100, prompt_cache_hit_tokens: 600 }, [
    1000,
    600,
    null,
    100,
    null,
  ]],
  [
    "OpenRouter's",
    { ...OPENAI, prompt_tokens_details: { cached_tokens: 600, cache_write_tokens: 200 } },
    ALL,
  ],
  ["counts as text", { prompt_tokens: "1000", completion_tokens: " 100.0 " }, [1000, null, null, 100, null]],
];

const NAMES = [
  "input_tokens",
  "cache_read.input_tokens",
  "cache_creation.input_tokens",
  "output_tokens",
  "reasoning.output_tokens",
];

for (const [whose, usage, counts] of USAGES) {
  Deno.test(`of a usage object of an API, ${whose}, each count is known`, () => {
    const read = apiUsage(usage);
    deepEqual(NAMES.map((name) => read[`gen_ai.usage.${name}`]), counts);
  });
}

const ASKED = [{ role: "user", content: "Name a bird." }];
const SAID = { role: "assistant", content: "Wren." };
const TIMES = { start_time: "2026-09-01T00:00:00Z", end_time: "2026-09-01T00:00:02Z" };
const langfuse = (more: Json) =>
  JSON.stringify({
    id: "t1",
    timestamp: "2026-09-01T00:00:00Z",
    observations: [{ id: "o1", traceId: "t1", type: "GENERATION", model: "m", input: ASKED, output: SAID, ...more }],
  });
const chatSpan = (attributes: Json) =>
  JSON.stringify(otlp({ id: "1", attributes: { "gen_ai.request.model": "m", ...attributes } }));
const response = { id: "r", model: "m", choices: [{ message: SAID }] };

/** A file of one call with usage in it, and its counts. */
const CARRIERS: [what: string, name: string, text: string, counts: Counts][] = [
  ["a message", "a.jsonl", lines({ id: "c", model: "m", messages: [...ASKED, { ...SAID, usage: ANTHROPIC }] }), [
    1000,
    600,
    200,
    100,
    null,
  ]],
  ["a conversation", "a.jsonl", lines({ id: "c", model: "m", messages: [...ASKED, SAID], usage: OPENAI }), [
    1000,
    600,
    null,
    100,
    30,
  ]],
  [
    "a message of LangChain",
    "a.jsonl",
    lines({
      id: "c",
      messages: [{ type: "human", content: "q" }, { type: "ai", content: "a", usage_metadata: LANGCHAIN }],
    }),
    ALL,
  ],
  [
    "a log of calls in which a total shows reasoning beside the answer",
    "a.jsonl",
    lines({
      id: "c1",
      request: { model: "m", messages: ASKED },
      response: { ...response, usage: { ...OPENAI, completion_tokens: 70 } },
    }),
    [1000, 600, null, 100, 30],
  ],
  [
    "a run of LangSmith",
    "a.jsonl",
    lines({
      id: "r1",
      trace_id: "r1",
      run_type: "llm",
      name: "m",
      dotted_order: "x",
      ...TIMES,
      inputs: { messages: ASKED },
      outputs: { ...response, usage_metadata: LANGCHAIN },
    }),
    ALL,
  ],
  [
    "a generation of Langfuse",
    "a.json",
    langfuse({
      usageDetails: {
        input: 200,
        cache_read_input_tokens: 600,
        cache_creation_input_tokens: 200,
        output: 70,
        output_reasoning_tokens: 30,
      },
    }),
    ALL,
  ],
  ["a generation of Langfuse, counted as text", "a.json", langfuse({ usageDetails: { input: "10", output: "1.0" } }), [
    10,
    null,
    null,
    1,
    null,
  ]],
  [
    "a generation of Langfuse that counted characters",
    "a.json",
    langfuse({ usage: { input: 10, output: 1, unit: "CHARACTERS" } }),
    [null, null, null, null, null],
  ],
  [
    "a row of Braintrust",
    "a.json",
    JSON.stringify({
      events: [{
        id: "e",
        span_id: "e",
        root_span_id: "e",
        span_parents: [],
        project_id: "p",
        log_id: "g",
        _xact_id: "1",
        created: "2026-09-01T00:00:00Z",
        span_attributes: { name: "chat", type: "llm" },
        input: ASKED,
        output: [SAID],
        metrics: {
          start: "2026-09-01T00:00:00Z",
          end: "2026-09-01T00:00:02Z",
          prompt_tokens: 1000,
          completion_tokens: 100,
          prompt_cached_tokens: 600,
          prompt_cache_creation_tokens: 200,
          completion_reasoning_tokens: 30,
        },
      }],
    }),
    ALL,
  ],
  [
    "a span of the OpenAI Agents SDK",
    "a.jsonl",
    lines({
      object: "trace.span",
      id: "s1",
      trace_id: "trace_1",
      parent_id: null,
      started_at: TIMES.start_time,
      ended_at: TIMES.end_time,
      span_data: { type: "generation", input: ASKED, output: [SAID], model: "m", usage: OPENAI },
    }),
    [1000, 600, null, 100, 30],
  ],
  [
    "a step of ATIF",
    "a.json",
    JSON.stringify({
      schema_version: "ATIF-v1.2",
      session_id: "s",
      agent: { name: "a", version: "1", model_name: "m" },
      steps: [
        { step_id: 1, source: "user", message: "q" },
        {
          step_id: 2,
          source: "agent",
          message: "a",
          metrics: {
            prompt_tokens: 1000,
            completion_tokens: 100,
            cached_tokens: 600,
            extra: { cache_creation_input_tokens: 200, reasoning_tokens: 30 },
          },
        },
      ],
    }),
    ALL,
  ],
  [
    "a span of MLflow with an answer of Anthropic's",
    "a.json",
    chatSpan({ "mlflow.spanType": "CHAT_MODEL", "mlflow.spanOutputs": JSON.stringify({ ...SAID, usage: ANTHROPIC }) }),
    [1000, 600, 200, 100, null],
  ],
  [
    "a span of OpenInference whose cached tokens are an input's",
    "a.json",
    chatSpan({
      "openinference.span.kind": "LLM",
      "llm.token_count.prompt": 1000,
      "llm.token_count.completion": 100,
      "llm.token_count.prompt_details.cache_input": 600,
    }),
    [1000, 600, null, 100, null],
  ],
];

for (const [what, name, text, counts] of CARRIERS) {
  needs(["read", "write"], `${what} has its tokens, those of caches and of reasoning too`, async () => {
    const { rows, faults } = await readFiles({ [name]: text });
    deepEqual(faults, []);
    const found = rows.map((row) => sessionOf(row)).map((one) => [
      one.inputTokens,
      one.cachedTokens,
      one.cacheWriteTokens,
      one.outputTokens,
      rows[0]!.spans[0]!.reasoningTokens,
    ]);
    deepEqual(found, [counts]);
  });
}
