import type { Label } from "../../model/mod.ts";

/**
 * Labels of several files as one list in the order in which they were said; a label that is in two files is there once. What a
 * person said again of a session stays: the last word counts (`latestLabels`).
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { mergeLabels } from "agent-trace-lab/sources";
 * equal(mergeLabels([[], []]).length, 0);
 * ```
 */
export function mergeLabels(files: readonly (readonly Label[])[]): Label[] {
  const seen = new Set<string>();
  return files.flat().filter((label) => {
    const key = labelKey(label);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  }).sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
}

/**
 * What makes two labels the same.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { labelKey } from "agent-trace-lab/sources";
 * const at = "2026-01-01T00:00:00.000Z";
 * const unsampled = { sampling_probability: null, stratum: null };
 * const label = { session_id: "s1", rater: "ada", verdict: 1 as const, mode: null, comment: null, at, ...unsampled };
 * equal(labelKey(label), labelKey({ ...label }));
 * ```
 */
export function labelKey(label: Label): string {
  const { session_id, rater, verdict, mode, comment, at } = label;
  return JSON.stringify([session_id, rater, verdict, mode, comment, Date.parse(at)]);
}
