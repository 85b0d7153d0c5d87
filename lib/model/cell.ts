import { z } from "zod";
import type { Verdict } from "./session.ts";

/**
 * Sessions counted: one row per benchmark x harness x deployment x run x verdict, with sums. Rates, intervals,
 * regressions and cost per success are functions of `Cell[]`, so they cost the same for a thousand sessions or a billion.
 *
 * A sum is over the sessions that know the value, null where none does; beside it stands how many do.
 */
export interface Cell {
  /** The benchmark whose task was worked on. */
  benchmark: string;
  /** The agent program that called the model. */
  harness: string;
  /** The model string as logged. */
  deployment: string;
  /** Family of `deployment`. */
  model: string;
  /** The batch of sessions it was recorded in. */
  run: string;
  /** 1 solved, 0 not, null not known. */
  verdict: Verdict;
  /** How many sessions. */
  sessions: number;
  /** Sum of total tokens. */
  tokens: number | null;
  /** How many sessions know it: the n of the sum above. */
  tokensKnown: number;
  /** Sum of input tokens. */
  inputTokens: number | null;
  /** How many sessions know it. */
  inputTokensKnown: number;
  /** Part of `inputTokens`. */
  cachedTokens: number | null;
  /** How many sessions know it. */
  cachedTokensKnown: number;
  /** Part of `inputTokens`. */
  cacheWriteTokens: number | null;
  /** How many sessions know it. */
  cacheWriteTokensKnown: number;
  /** Sum of output tokens. */
  outputTokens: number | null;
  /** How many sessions know it. */
  outputTokensKnown: number;
  /** Part of `outputTokens`. */
  reasoningTokens: number | null;
  /** How many sessions know it. */
  reasoningTokensKnown: number;
  /** Sum of model calls. */
  calls: number;
  /** Sum of `durationS`, seconds. */
  durationS: number | null;
  /** How many sessions know it. */
  durationKnown: number;
  /** Sum of USD the source recorded. */
  recordedUsd: number | null;
  /** How many sessions know it. */
  recordedUsdKnown: number;
}

/** Fields of a cell that are sums of what may be unknown. */
export type CellSum = Exclude<
  { [K in keyof Cell]: null extends Cell[K] ? number extends Exclude<Cell[K], null> ? K : never : never }[keyof Cell],
  "verdict"
>;

/** The sums of a cell of which nothing is known. */
export const NOT_KNOWN: Pick<Cell, CellSum> & { [K in keyof Cell as K extends `${string}Known` ? K : never]: number } =
  {
    tokens: null,
    tokensKnown: 0,
    inputTokens: null,
    inputTokensKnown: 0,
    cachedTokens: null,
    cachedTokensKnown: 0,
    cacheWriteTokens: null,
    cacheWriteTokensKnown: 0,
    outputTokens: null,
    outputTokensKnown: 0,
    reasoningTokens: null,
    reasoningTokensKnown: 0,
    durationS: null,
    durationKnown: 0,
    recordedUsd: null,
    recordedUsdKnown: 0,
  };

const sum = z.number().nonnegative().nullable();
const count = z.number().int().nonnegative();

/** Checks a {@link Cell}. */
export const cellSchema: z.ZodType<Cell> = z.object({
  benchmark: z.string().min(1),
  harness: z.string().min(1),
  deployment: z.string().min(1),
  model: z.string().min(1),
  run: z.string().min(1),
  verdict: z.union([z.literal(0), z.literal(1)]).nullable(),
  sessions: z.number().int().positive(),
  tokens: sum,
  tokensKnown: count,
  inputTokens: sum,
  inputTokensKnown: count,
  cachedTokens: sum,
  cachedTokensKnown: count,
  cacheWriteTokens: sum,
  cacheWriteTokensKnown: count,
  outputTokens: sum,
  outputTokensKnown: count,
  reasoningTokens: sum,
  reasoningTokensKnown: count,
  calls: z.number().nonnegative(),
  durationS: sum,
  durationKnown: count,
  recordedUsd: sum,
  recordedUsdKnown: count,
});
