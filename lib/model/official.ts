import { z } from "zod";

/** The officially graded success of one benchmark x harness x model, as a table of grades states it. */
export interface OfficialRate {
  /** Its benchmark. */
  benchmark: string;
  /** Its harness. */
  harness: string;
  /** The family, as `modelFamily` names it. */
  model: string;
  /** All sessions; in a few rows not the graded denominator. */
  n: number;
  /** round(officialRate x n). */
  k: number;
  /** As the table states it. */
  officialRate: number;
  /** Mean model calls of a session; near 0 where the agent never started. */
  steps: number;
  /** Mean USD of a session. */
  agentUsd: number;
  /** The row repeats what another harness got, because this one was not run apart. */
  repeatsAnother: boolean;
}

/** Checks an {@link OfficialRate}. */
export const officialRateSchema: z.ZodType<OfficialRate> = z.object({
  benchmark: z.string().min(1),
  harness: z.string().min(1),
  model: z.string().min(1),
  n: z.number().int().positive(),
  k: z.number().int().nonnegative(),
  officialRate: z.number().min(0).max(1),
  steps: z.number().nonnegative(),
  agentUsd: z.number().nonnegative(),
  repeatsAnother: z.boolean(),
}).refine((row) => row.k === Math.round(row.officialRate * row.n), {
  path: ["k"],
  message: "expected round(official_rate x n)",
});
