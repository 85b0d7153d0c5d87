import { z } from "zod";
import type { Verdict } from "./session.ts";

/**
 * Sessions counted: one row per benchmark x harness x deployment x run x verdict, with sums. Rates, intervals,
 * regressions and cost per success are functions of `Cell[]`, so they cost the same for a thousand sessions or a billion.
 */
export interface Cell {
  benchmark: string;
  harness: string;
  /** The model string as logged. */
  deployment: string;
  /** Family of `deployment`. */
  model: string;
  run: string;
  verdict: Verdict;
  /** How many sessions. */
  sessions: number;
  /** Sum of total tokens. */
  tokens: number;
  /** Sums of input, cached and output tokens; null when one session of the cell does not have them. */
  inputTokens: number | null;
  cachedTokens: number | null;
  outputTokens: number | null;
  /** Sum of model calls. */
  calls: number;
  /** Sum of `durationS`, seconds. */
  durationS: number;
  /** Sum of USD the source recorded; null when one session of the cell has none. */
  recordedUsd: number | null;
}

const sum = z.number().nonnegative();

/** Checks a {@link Cell}. */
export const cellSchema = z.object({
  benchmark: z.string().min(1),
  harness: z.string().min(1),
  deployment: z.string().min(1),
  model: z.string().min(1),
  run: z.string().min(1),
  verdict: z.union([z.literal(0), z.literal(1)]).nullable(),
  sessions: z.number().int().positive(),
  tokens: sum,
  inputTokens: sum.nullable(),
  cachedTokens: sum.nullable(),
  outputTokens: sum.nullable(),
  calls: sum,
  durationS: sum,
  recordedUsd: sum.nullable(),
}) satisfies z.ZodType<Cell>;
