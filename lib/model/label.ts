import { z } from "zod";
import type { Schema } from "./check.ts";

/** A person's word on a session: a line of `labels.jsonl`, in the file's own names. */
export interface Label {
  /** The session that was read. */
  session_id: string;
  /** Who says so. */
  rater: string;
  /** 1 solved, 0 not; null where the person cannot tell, or says only how it failed. */
  verdict: 0 | 1 | null;
  /** How it failed: a seed's id or a topic's name. */
  mode: string | null;
  /** What the person remarked. */
  comment: string | null;
  /** When it was said, ISO 8601, UTC. A later word of the same person on the same session replaces the earlier one. */
  at: string;
  /** The chance with which the session was chosen to be labelled; null where it was not drawn by chance. */
  sampling_probability: number | null;
  /** The stratum that it was drawn from. */
  stratum: string | null;
}

/** Checks a {@link Label}; what a hand-written line leaves out is null. */
export const labelSchema: Schema<Label> = z.object({
  session_id: z.string().min(1),
  rater: z.string().min(1).default("unnamed"),
  verdict: z.union([z.literal(0), z.literal(1)]).nullable().default(null),
  mode: z.string().min(1).nullable().default(null),
  comment: z.string().nullable().default(null),
  at: z.string().default("1970-01-01T00:00:00Z"),
  sampling_probability: z.number().positive().max(1).nullable().default(null),
  stratum: z.string().nullable().default(null),
});

/**
 * The last word of each person on each session, in the order in which sessions were first labelled: `labels.jsonl` is only
 * ever added to.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { latestLabels } from "agent-trace-lab/model";
 * const at = "2026-01-01T00:00:00.000Z";
 * const unsampled = { sampling_probability: null, stratum: null };
 * const label = { session_id: "s1", rater: "ada", verdict: 0 as const, mode: null, comment: null, at, ...unsampled };
 * const later = { ...label, verdict: 1 as const, at: "2026-01-02T00:00:00.000Z" };
 * equal(latestLabels([label, later])[0]?.verdict, 1);
 * ```
 */
export function latestLabels(labels: readonly Label[]): Label[] {
  const latest = new Map<string, Label>();
  for (const label of labels) {
    const key = JSON.stringify([label.session_id, label.rater]);
    const before = latest.get(key);
    if (before === undefined || label.at >= before.at) latest.set(key, label);
  }
  return [...latest.values()];
}
