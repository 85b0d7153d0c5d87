import type { NotedCounts } from "./mapping/notes.ts";

const n = (count: number) => count.toLocaleString("en-US");

/**
 * Counts by reason, as a list.
 *
 * @example
 * ```ts
 * import { countsText } from "agent-trace-lab/sources";
 *
 * console.log(countsText({ "repeated spans": 2, "calls without tokens": 1 }));
 * // 2 repeated spans, 1 call without tokens
 * ```
 */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts).map(([reason, count]) => `${n(count)} ${count === 1 ? ofOne(reason) : reason}`)
    .join(", ");
}

/** A reason, which speaks of several, of one. */
const ofOne = (reason: string) =>
  reason.replace("that are not model calls", "that is no model call").replace(
    "that are no objects",
    "that is no object",
  ).replace("that are ", "that is ")
    .replace(/\b(call|document|file|line|message|record|row|score|session|span|text|trace|value)s\b/, "$1");

/**
 * What reading a source did beside yielding its rows, a line for each kind that there is.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { notesTexts } from "agent-trace-lab/sources";
 * const none = { unknown: {}, leftOut: {}, repaired: {} };
 * equal(notesTexts({ ...none, unreadable: { tokens: 2 } })[0], "not readable, so unknown: 2 tokens");
 * ```
 */
export function notesTexts({ unknown, leftOut, unreadable, repaired }: NotedCounts): string[] {
  const lines: [string, Record<string, number>][] = [
    ["unknown", unknown],
    ["not readable, so unknown", unreadable],
    ["put right", repaired],
    ["left out", leftOut],
  ];
  return lines.filter(([, counts]) => Object.keys(counts).length > 0)
    .map(([what, counts]) => `${what}: ${countsText(counts)}`);
}

/** Files that are named where some were passed over. */
const SHOWN = 5;

/**
 * How many files hold nothing that can be read, and which: the first of them. Empty where there are none.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { passedOverText } from "agent-trace-lab/sources";
 * console.log(passedOverText([{ path: "notes.txt", why: "no traces" }]));
 * ```
 */
export function passedOverText(files: readonly { path: string; why: string }[]): string {
  if (files.length === 0) return "";
  const named = files.slice(0, SHOWN).map(({ path, why }) => `${path}: ${why}`);
  return `${n(files.length)} file${files.length === 1 ? "" : "s"} not read: ${named.join("; ")}${
    files.length > SHOWN ? "; ..." : ""
  }`;
}
