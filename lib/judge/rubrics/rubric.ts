import { z } from "zod";
import { checkRow, RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { type Asked, askedBy, ID_BEGINS } from "./asked.ts";
import index from "./index.json" with { type: "json" };

/** What a judge is told about a kind of task. Data, so that a user's own needs no code; `rubrics/*.json` are the built-in ones. */
export interface Rubric {
  /** Names it in verdicts. */
  id: string;
  /** Raised with every change of wording: verdicts of different versions are different verdicts. */
  version: number;
  /**
   * Whether the task was accomplished, which is what is meant where nothing is said; whether something is present in the session,
   * then `success` says what; or for a facet, a statement without the task, then `success` says of what.
   */
  asks?: Asked;
  /** Of a scan: what people's labels call the same. */
  modes?: string[];
  /** Where its wording comes from, for readers. */
  source?: string;
  /** Benchmarks it is for; empty for the one that serves all others. */
  benchmarks: string[];
  /** The kind of task, for readers. */
  taskType: string;
  /** What counts as success. */
  success: string;
  /** What a transcript of such a task shows. */
  canVerify: string[];
  /** What it does not show, so that no judge guesses it. */
  cannotVerify: string[];
  /** How to rule on what the transcript does not show. */
  unverified: string;
  /** How far a verdict under this rubric can be trusted when only the transcript is read. */
  reliability: "strong" | "medium" | "weak";
}

const text = z.string().min(1);

/** Checks a {@link Rubric}. */
export const rubricSchema: z.ZodType<Rubric> = z.strictObject({
  id: z.string().regex(/^[\w.-]+$/, "expected letters, digits, `_`, `.` or `-`"),
  version: z.number().int().positive(),
  asks: z.enum(["success", "presence", "facet"]).exactOptional(),
  modes: z.array(text).exactOptional(),
  source: text.exactOptional(),
  benchmarks: z.array(text),
  taskType: text,
  success: text,
  canVerify: z.array(text).min(1),
  cannotVerify: z.array(text).min(1),
  unverified: text,
  reliability: z.enum(["strong", "medium", "weak"]),
}).refine(({ id, asks = "success" }) => askedBy(id) === asks, {
  path: ["id"],
  error:
    `expected an id that begins with ${ID_BEGINS.presence} where "asks" is "presence", with ${ID_BEGINS.facet} where it ` +
    'is "facet", and with neither elsewhere',
});

/** The built-in rubrics, as `index.json` lists them; the last serves every benchmark that has none of its own. */
export const RUBRICS: readonly Rubric[] = await Promise.all(index.map(async (name) => {
  const { default: value } = await import(`./${name}`, { with: { type: "json" } });
  return checkRow(rubricSchema, value, `lib/judge/rubrics/${name}`, null);
}));

/**
 * Reads a rubric from the text of a JSON file.
 *
 * @throws {RowError} naming the file and the field at fault.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseRubric, rubricFor } from "agent-trace-lab/judge";
 * const text = JSON.stringify(rubricFor("any"));
 * equal(parseRubric(text, "mine.json").id, rubricFor("any").id);
 * ```
 */
export function parseRubric(json: string, source: string): Rubric {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RowError(source, null, "", `not JSON (${jsonFault(error)}); a rubric is one JSON object`);
  }
  return checkRow(rubricSchema, value, source, null);
}

/**
 * The rubric for a benchmark: the first that names it, else the first that names none.
 *
 * @throws {Error} when no rubric serves the benchmark.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { rubricFor } from "agent-trace-lab/judge";
 * equal(rubricFor("a suite of one's own").benchmarks.length, 0); // the one that serves all others
 * ```
 */
export function rubricFor(benchmark: string, rubrics: readonly Rubric[] = RUBRICS): Rubric {
  const found = rubrics.find((r) => r.benchmarks.includes(benchmark)) ?? rubrics.find((r) => r.benchmarks.length === 0);
  if (!found) {
    const known = rubrics.flatMap((r) => r.benchmarks).join(", ");
    throw new Error(
      `no rubric serves the benchmark "${benchmark}" (there are: ${known}); add one with "benchmarks": []`,
    );
  }
  return found;
}
