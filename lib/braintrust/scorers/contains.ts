import { answerText, normalizedText, type Scorer } from "./scorer.ts";

/**
 * 1 where the expected text stands in the answer, word for word, as far as content goes; of a list of expected texts all
 * have to. An expected text without content is in nothing: there is no score.
 */
export const contains: Scorer = {
  name: "contains",
  needsExpected: true,
  score({ expected }, output) {
    const answer = normalizedText(answerText(output));
    const wanted = (Array.isArray(expected) ? expected : [expected]).map((one) => normalizedText(answerText(one)));
    if (wanted.length === 0 || wanted.includes("")) return { score: null, metadata: { why: "nothing is expected" } };
    const missing = wanted.filter((text) => !standsIn(text, answer));
    return { score: missing.length ? 0 : 1, metadata: missing.length ? { missing } : {} };
  },
};

const WORD = /[\p{L}\p{N}]/u;
/** Scripts that put no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether a text stands in another, not as a part of a longer word or number: 12 is not in 112. */
function standsIn(text: string, whole: string): boolean {
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
    const before = whole[at - 1] ?? " ";
    const after = whole[at + text.length] ?? " ";
    const joins = (a: string, b: string) => WORD.test(a) && WORD.test(b) && !UNSPACED.test(a) && !UNSPACED.test(b);
    if (!joins(before, text[0]!) && !joins(text.at(-1)!, after)) return true;
  }
  return false;
}
