import { answerText, jsonOf, type Scorer } from "./scorer.ts";

/**
 * 1 where the answer is the expected JSON value: objects with the same entries in any order, lists in theirs, numbers by
 * value. The answer may be the value itself, its text, or that text in a code fence. An expected text that is no JSON is
 * a value as it is.
 */
export const jsonEqual: Scorer = {
  name: "json_equal",
  needsExpected: true,
  score({ expected }, output) {
    const wanted = jsonOf(expected) ?? expected;
    const own = typeof output === "string" || isConversation(output) ? jsonOf(answerText(output)) : output;
    if (own === undefined && typeof wanted !== "string") {
      return { score: 0, metadata: { why: "the answer is no JSON" } };
    }
    return { score: equalJson(own ?? answerText(output), wanted) ? 1 : 0, metadata: {} };
  },
};

const isConversation = (output: unknown) =>
  Array.isArray(output) && output.some((message) => typeof message?.role === "string");

/** Whether two JSON values are the same. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => equalJson(one, b[i]));
  }
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return Object.is(a, b) || a === b;
  const [own, theirs] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(own);
  return keys.length === Object.keys(theirs).length &&
    keys.every((key) => Object.hasOwn(theirs, key) && equalJson(own[key], theirs[key]));
}
