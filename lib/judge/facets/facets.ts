import { checkRow } from "../../model/mod.ts";
import type { JudgeVerdict } from "../verdicts/verdict.ts";
import { askedBy } from "../rubrics/asked.ts";
import { type Rubric, rubricSchema } from "../rubrics/rubric.ts";
import failure from "./failure.json" with { type: "json" };

/** What the agent did wrong, where, and what it claimed, told without words of its task. */
export const FAILURE_FACET: Rubric = checkRow(rubricSchema, failure, "lib/judge/facets/failure.json", null);

/**
 * Statements without the task, by session, of a file that `deno task judge --facets` wrote; those that could not be read, or
 * that a judge refused, are not in it.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { facetsOf } from "agent-trace-lab/judge";
 * equal(facetsOf([]).size, 0);
 * ```
 */
export function facetsOf(verdicts: readonly JudgeVerdict[]): Map<string, string> {
  return new Map(
    verdicts.flatMap(({ sessionId, rubric, reasoning }): [string, string][] =>
      askedBy(rubric) === "facet" && reasoning?.trim() ? [[sessionId, reasoning]] : []
    ),
  );
}
