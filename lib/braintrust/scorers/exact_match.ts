import { answerText, normalizedText, type Scorer } from "./scorer.ts";

/**
 * 1 where the answer is the expected one, as far as content goes (see `normalizedText`). A list of expected answers is a list of
 * right ones: any will do.
 */
export const exactMatch: Scorer = {
  name: "exact_match",
  needsExpected: true,
  score({ expected }, output) {
    const answer = normalizedText(answerText(output));
    const right = (Array.isArray(expected) ? expected : [expected]).map((one) => normalizedText(answerText(one)));
    return { score: right.includes(answer) ? 1 : 0, metadata: {} };
  },
};
