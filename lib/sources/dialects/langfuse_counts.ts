import { countAt } from "../spans/pick.ts";
import type { Json } from "./json.ts";

const CACHE_READ = /cached|cache_read/;
const CACHE_WRITE = /cache_(creation|write)/;
const REASONING = /reasoning/;

/** Tokens of a call, what was cached being part of the input, and reasoning of the output. */
export interface Counts {
  input: number | null;
  output: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
}

/**
 * Counts of Langfuse's usage details. Langfuse counts each token under one kind only, so what was cached is not in `input`,
 * nor reasoning in `output`; where the total is input and output alone, they are in them.
 *
 * Source: Langfuse, "Token & cost tracking": usage types are mutually exclusive.
 */
export function langfuseCounts(usage: Json): Counts {
  const kinds = Object.keys(usage).flatMap((kind): [string, number][] => {
    const count = countAt(usage, kind);
    return count === null ? [] : [[kind, count]];
  });
  const first = (...names: string[]) => countAt(usage, ...names);
  const sum = (pattern: RegExp) => {
    const found = kinds.filter(([kind]) => pattern.test(kind));
    return found.length ? found.reduce((total, [, count]) => total + count, 0) : null;
  };
  const input = first("input", "promptTokens", "prompt_tokens", "input_tokens");
  const output = first("output", "completionTokens", "completion_tokens", "output_tokens");
  const total = first("total", "totalTokens", "total_tokens");
  const [cacheRead, cacheWrite, reasoning] = [sum(CACHE_READ), sum(CACHE_WRITE), sum(REASONING)];
  const inside = total !== null && total > 0 && total === (input ?? 0) + (output ?? 0);
  return {
    input: input === null ? null : inside ? input : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output: output === null ? null : inside ? output : output + (reasoning ?? 0),
    cacheRead,
    cacheWrite,
    reasoning,
  };
}
