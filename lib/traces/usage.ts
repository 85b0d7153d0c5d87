import type { Span, TraceRow } from "../model/mod.ts";

/** Tokens of a session, summed over its calls. */
export interface Usage {
  /** All that the models were given; null where no call has a count. */
  inputTokens: number | null;
  /** The part of `inputTokens` that came from the provider's cache. */
  cachedTokens: number | null;
  /** The part of `inputTokens` that was written to the provider's cache. */
  cacheWriteTokens: number | null;
  /** All that the models answered; null where no call has a count. */
  outputTokens: number | null;
  /** The part of `outputTokens` that was spent on reasoning. */
  reasoningTokens: number | null;
  /** Input plus output; what the source states where no call has the one or the other; null where that is not known. */
  totalTokens: number | null;
  /** Calls without an input or output count: the sums leave them out. */
  callsWithoutTokens: number;
  /** The source's total where it differs from the calls' sum; null where they agree or one is missing. */
  statedOtherwise: number | null;
}

/**
 * Sums the tokens of a session's calls. A sum is null when no call has the count.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { usageOf } from "agent-trace-lab/traces";
 * equal(usageOf(exampleSession()).outputTokens, 164);
 * ```
 */
export function usageOf(row: TraceRow): Usage {
  const inputTokens = sum(row.spans, "inputTokens");
  const outputTokens = sum(row.spans, "outputTokens");
  const summed = inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens;
  return {
    inputTokens,
    cachedTokens: sum(row.spans, "cachedTokens"),
    cacheWriteTokens: sum(row.spans, "cacheWriteTokens"),
    outputTokens,
    reasoningTokens: sum(row.spans, "reasoningTokens"),
    totalTokens: summed ?? row.totalTokens,
    callsWithoutTokens: row.spans.filter((span) => span.inputTokens === null || span.outputTokens === null).length,
    statedOtherwise: summed !== null && row.totalTokens !== summed ? row.totalTokens : null,
  };
}

type TokenField = "inputTokens" | "cachedTokens" | "cacheWriteTokens" | "outputTokens" | "reasoningTokens";

function sum(spans: readonly Span[], field: TokenField): number | null {
  return spans.reduce<number | null>((total, span) => span[field] === null ? total : (total ?? 0) + span[field], null);
}

/** Calls whose status is an error (OpenTelemetry's status code 2). */
export function errorSpansOf(row: TraceRow): number {
  return row.spans.filter((span) => span.status.code === 2).length;
}
