import type { DatasetRecord } from "../dataset_record.ts";

/** What a scorer says of an answer. */
export interface Score {
  /** From 0 to 1; null where there is none, which is not a 0. */
  score: number | null;
  /** What it says besides; empty where nothing. */
  metadata: Record<string, unknown>;
}

/** Judges one answer. */
export interface Scorer {
  /** Names the score; the same in all runs that are to be compared. */
  name: string;
  /** Whether it holds the answer against the record's `expected`: a record without one is not graded by it. */
  needsExpected: boolean;
  /** Scores one answer; a throw counts as no score. */
  score(record: DatasetRecord, output: unknown): Score | Promise<Score>;
}

/**
 * The answer as a text: itself, the last thing that an assistant says in a conversation, or its JSON.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { answerText } from "agent-trace-lab/braintrust";
 * equal(answerText("42"), "42");
 * ```
 */
export function answerText(output: unknown): string {
  if (typeof output === "string") return output;
  if (Array.isArray(output)) {
    const said = output.findLast((message) => message?.role === "assistant" && typeof message?.content === "string");
    if (said) return said.content;
  }
  return JSON.stringify(output) ?? "";
}

/**
 * A text as far as its content goes: compatibility forms (NFKC) and letter case are one, white space is one space, and
 * quotation marks and punctuation around it are gone.
 *
 * @example
 * ```ts
 * import { normalizedText } from "./scorer.ts";
 *
 * console.log(normalizedText("  “The  Hague.” ")); // the hague
 * ```
 */
export function normalizedText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ")
    .replace(/^[\s"'“”„‘’«»「」([]+|[\s.,;:!?。！？、"'“”‘’«»「」)\]]+$/gu, "");
}

/** The value that a text holds as JSON, alone or in a code fence; undefined when it holds none. */
export function jsonOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/i.exec(value)?.[1];
  for (const text of [value, fenced]) {
    if (text === undefined) continue;
    try {
      return JSON.parse(text);
    } catch {
      continue;
    }
  }
  return undefined;
}
