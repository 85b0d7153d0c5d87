import { deepEqual } from "node:assert/strict";
import { usageOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { otlp } from "./formats/otlp.ts";
import { lines, readFiles } from "./formats/read.ts";

/** Attributes under which recorders write a call's tokens: each with the recorder, and all of one call. */
const DIALECTS: Record<string, Record<string, number>> = {
  "OpenTelemetry's": {
    "gen_ai.usage.input_tokens": 1000,
    "gen_ai.usage.output_tokens": 100,
    "gen_ai.usage.cache_read.input_tokens": 900,
    "gen_ai.usage.cache_creation.input_tokens": 50,
    "gen_ai.usage.reasoning.output_tokens": 40,
  },
  "OpenLLMetry's": {
    "gen_ai.usage.prompt_tokens": 1000,
    "gen_ai.usage.completion_tokens": 100,
    "gen_ai.usage.cache_read_input_tokens": 900,
    "gen_ai.usage.cache_creation_input_tokens": 50,
    "gen_ai.usage.reasoning_tokens": 40,
    "llm.usage.total_tokens": 1100,
  },
  "OpenInference's": {
    "llm.token_count.prompt": 1000,
    "llm.token_count.completion": 100,
    "llm.token_count.total": 1100,
    "llm.token_count.prompt_details.cache_read": 900,
    "llm.token_count.prompt_details.cache_write": 50,
    "llm.token_count.completion_details.reasoning": 40,
  },
  "Pydantic AI's": {
    "gen_ai.usage.input_tokens": 1000,
    "gen_ai.usage.output_tokens": 100,
    "gen_ai.usage.details.cache_read_tokens": 900,
    "gen_ai.usage.details.cache_write_tokens": 50,
    "gen_ai.usage.details.reasoning_tokens": 40,
  },
  "the Vercel AI SDK's": {
    "ai.usage.inputTokens": 1000,
    "ai.usage.outputTokens": 100,
    "ai.usage.cachedInputTokens": 900,
    "ai.usage.inputTokenDetails.cacheWriteTokens": 50,
    "ai.usage.reasoningTokens": 40,
  },
  "OpenAI's, flattened": {
    "gen_ai.usage.prompt_tokens": 1000,
    "gen_ai.usage.completion_tokens": 100,
    "gen_ai.usage.total_tokens": 1100,
    "gen_ai.usage.prompt_tokens_details.cached_tokens": 900,
    "gen_ai.usage.cache_write_tokens": 50,
    "gen_ai.usage.completion_tokens_details.reasoning_tokens": 40,
  },
};

const call = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m" };

for (const [whose, attributes] of Object.entries(DIALECTS)) {
  needs(
    ["read", "write"],
    `tokens under ${whose} names: input, output, read from and written to a cache, reasoning`,
    async () => {
      const expected = {
        inputTokens: 1000,
        cachedTokens: 900,
        cacheWriteTokens: 50,
        outputTokens: 100,
        reasoningTokens: 40,
      };
      const row = {
        session_id: "s",
        harness: "h",
        benchmark: "b",
        models: ["m"],
        collected_at: null,
        max_tokens: 1,
        total_tokens: null,
        spans: [{
          trace_id: "t",
          span_id: "a",
          parent_span_id: null,
          name: "chat",
          kind: "c",
          type: "llm_call",
          start_time: null,
          end_time: null,
          status: { code: 1, message: "" },
          attributes: { ...call, ...attributes },
        }],
      };
      const span = { id: "1", attributes: { ...call, ...attributes } };
      for (const file of [{ "a.json": JSON.stringify(otlp(span)) }, { "a.jsonl": lines(row) }]) {
        const { rows: [read], stream } = await readFiles(file);
        const found = usageOf(read!) as unknown as Record<string, unknown>;
        deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, found[name]])), expected);
        deepEqual([stream.notes().repaired, stream.notes().unreadable], [{}, {}]);
      }
    },
  );
}
