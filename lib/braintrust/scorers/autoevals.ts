import { latePackage } from "../../io/package_file.ts";
import { answerText, jsonOf, type Scorer } from "./scorer.ts";

/** Scorers of `autoevals` that compute by themselves, from 0 to 1; its others ask a model, which here is the judge's. */
export const AUTOEVALS = ["Levenshtein", "NumericDiff", "JSONDiff", "ListContains"] as const;

/** One of {@link AUTOEVALS}. */
export type AutoevalsName = typeof AUTOEVALS[number];

/**
 * A scorer of `autoevals`, which is loaded when it is asked for: how close a text is (Levenshtein), how close a number is
 * (NumericDiff), how much of a JSON value (JSONDiff) or of a list (ListContains) is right.
 */
export function autoevalsScorer(name: AutoevalsName): Scorer {
  return {
    name: name.toLowerCase(),
    needsExpected: true,
    async score({ expected }, output) {
      const given = argumentsOf(name, output, expected);
      if (!given) {
        return { score: null, metadata: { why: `answer or expected value is nothing that ${name} compares` } };
      }
      const scorers = await latePackage<typeof import("autoevals")>("autoevals");
      const { score, metadata } = await (scorers[name] as (given: object) => Promise<{
        score: number | null;
        metadata?: Record<string, unknown>;
      }>)(given);
      return { score, metadata: metadata ?? {} };
    },
  };
}

function argumentsOf(
  name: AutoevalsName,
  output: unknown,
  expected: unknown,
): { output: unknown; expected: unknown } | null {
  const [answer, wanted] = [answerText(output), answerText(expected)];
  if (name === "Levenshtein") return { output: answer, expected: wanted };
  if (name === "NumericDiff") {
    const [a, b] = [Number(answer.trim() || NaN), Number(wanted.trim() || NaN)];
    return Number.isFinite(a) && Number.isFinite(b) ? { output: a, expected: b } : null;
  }
  const [a, b] = [jsonOf(typeof output === "string" ? answer : output), jsonOf(expected)];
  if (name === "ListContains") return Array.isArray(a) && Array.isArray(b) ? { output: a, expected: b } : null;
  return a === undefined || b === undefined ? null : { output: a, expected: b };
}
