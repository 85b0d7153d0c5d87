import type { Label } from "../../model/mod.ts";

/**
 * Labels of several files as one list in the order in which they were said; a label that is in two files is there once. What a
 * person said again of a session stays: the last word counts (`latestLabels`).
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

/** What makes two labels the same. */
export function labelKey(label: Label): string {
  const { session_id, rater, verdict, mode, comment, at } = label;
  return JSON.stringify([session_id, rater, verdict, mode, comment, Date.parse(at)]);
}
