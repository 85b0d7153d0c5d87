import { recordedCount, summed } from "../spans/pick.ts";
import type { Json } from "./json.ts";

const CACHE_READ = /cached|cache_read/;
const CACHE_WRITE = /cache_(creation|write)/;
const REASONING = /reasoning/;

/** Tokens of a call as recorded, what was cached being part of the input, and reasoning of the output; null where unknown. */
export interface Counts {
  input: unknown;
  output: unknown;
  cacheRead: unknown;
  cacheWrite: unknown;
  reasoning: unknown;
}

/**
 * Counts of Langfuse's usage details. Langfuse counts each token under one kind only, so what was cached is not in `input`,
 * nor reasoning in `output`; where the total is input and output alone, they are in them.
 *
 * Source: Langfuse, "Token & cost tracking": usage types are mutually exclusive.
 */
export function langfuseCounts(usage: Json): Counts {
  const first = (...names: string[]) => recordedCount(usage, ...names);
  const sum = (pattern: RegExp) =>
    summed(Object.keys(usage).filter((kind) => pattern.test(kind)).map((kind) => first(kind)));
  const input = first("input", "promptTokens", "prompt_tokens", "input_tokens");
  const output = first("output", "completionTokens", "completion_tokens", "output_tokens");
  const total = first("total", "totalTokens", "total_tokens");
  const [cacheRead, cacheWrite, reasoning] = [sum(CACHE_READ), sum(CACHE_WRITE), sum(REASONING)];
  const inside = total !== null && total !== 0 && total === summed([input, output]);
  return {
    input: input === null || inside ? input : summed([input, cacheRead, cacheWrite]),
    output: output === null || inside ? output : summed([output, reasoning]),
    cacheRead,
    cacheWrite,
    reasoning,
  };
}
