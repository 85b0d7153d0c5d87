/**
 * What a rubric asks of a session: whether the task was accomplished, whether something is present, or for a facet, a statement
 * without the task.
 */
export type Asked = "success" | "presence" | "facet";

/** What ids of rubrics begin with that ask something else than success: answers carry the id alone. */
export const ID_BEGINS = { presence: "scan.", facet: "facet." } as const;

/**
 * What the rubric of an answer asked, by its id.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { askedBy } from "agent-trace-lab/judge";
 * equal(askedBy("scan.loops"), "presence");
 * equal(askedBy("general"), "success");
 * ```
 */
export function askedBy(rubric: string): Asked {
  if (rubric.startsWith(ID_BEGINS.presence)) return "presence";
  return rubric.startsWith(ID_BEGINS.facet) ? "facet" : "success";
}
