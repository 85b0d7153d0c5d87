/**
 * Scorers that hold an answer against the expected one.
 *
 * @module
 */
import type { DatasetRecord } from "../dataset_record.ts";
import { AUTOEVALS, autoevalsScorer } from "./autoevals.ts";
import { contains } from "./contains.ts";
import { exactMatch } from "./exact_match.ts";
import { jsonEqual } from "./json_equal.ts";
import { numericMatch } from "./numeric_match.ts";
import type { Scorer } from "./scorer.ts";

export { AUTOEVALS, type AutoevalsName, autoevalsScorer } from "./autoevals.ts";
export { contains } from "./contains.ts";
export { exactMatch } from "./exact_match.ts";
export { equalJson, jsonEqual } from "./json_equal.ts";
export { lastNumber, numericMatch } from "./numeric_match.ts";
export { answerText, normalizedText, type Score, type Scorer } from "./scorer.ts";

const OWN = [exactMatch, numericMatch, contains, jsonEqual];

/** Names that {@link scorerNamed} knows. */
export const SCORERS: readonly string[] = [
  ...OWN.map(({ name }) => name),
  ...AUTOEVALS.map((name) => name.toLowerCase()),
];

/**
 * A scorer by its name.
 *
 * @throws {TypeError} naming those that there are
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { scorerNamed } from "agent-trace-lab/braintrust";
 * equal(scorerNamed("exact_match").name, "exact_match");
 * ```
 */
export function scorerNamed(name: string): Scorer {
  const own = OWN.find((scorer) => scorer.name === name);
  const theirs = AUTOEVALS.find((one) => one.toLowerCase() === name.toLowerCase());
  if (own) return own;
  if (theirs) return autoevalsScorer(theirs);
  throw new TypeError(`there is no scorer "${name}"; there are ${SCORERS.join(", ")}`);
}

/**
 * The scorers that fit what records expect: texts, numbers or JSON values; none where no record expects anything.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { fittingScorers } from "agent-trace-lab/braintrust";
 * equal(fittingScorers([{ expected: "42" }]).length > 0, true);
 * ```
 */
export function fittingScorers(records: readonly Pick<DatasetRecord, "expected">[]): Scorer[] {
  const expected = records.map((record) => record.expected).filter((value) => value !== null && value !== undefined);
  const texts = expected.some((value) => typeof value === "string" && !isNumber(value));
  const numbers = expected.some(isNumber);
  const values = expected.some((value) => typeof value === "object" || typeof value === "boolean");
  return [
    ...(texts || numbers ? [exactMatch] : []),
    ...(numbers ? [numericMatch] : []),
    ...(texts ? [contains] : []),
    ...(values ? [jsonEqual] : []),
  ];
}

const isNumber = (value: unknown) =>
  typeof value === "number" || typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
