import { answerText, type Scorer } from "./scorer.ts";

/** Numbers this close, relative to the larger, are the same. */
const TOLERANCE = 1e-6;

/**
 * 1 where the answer's number is the expected one. The answer's is itself, or the last number in its text: what comes before is
 * the way there. Thousands may be set apart (1,234.5 or 1 234.5), and signs of currency and percent do not count. An expected
 * value that is no number gives no score.
 */
export const numericMatch: Scorer = {
  name: "numeric_match",
  needsExpected: true,
  score({ expected }, output) {
    const wanted = lastNumber(expected);
    if (wanted === null) return { score: null, metadata: { why: "the expected value is no number" } };
    const found = lastNumber(typeof output === "number" ? output : answerText(output));
    const same = found !== null && Math.abs(found - wanted) <= TOLERANCE * Math.max(Math.abs(found), Math.abs(wanted));
    return { score: same ? 1 : 0, metadata: { found } };
  },
};

const NUMBER =
  /(?<![\p{L}\d.,])[-−+]?(?:\d{1,3}(?:[,\u00A0\u202F' ]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?|(?<![\p{L}\d])[-−+]?\.\d+/gu;

/** The last number in a value; null when there is none. */
export function lastNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const found = [...value.normalize("NFKC").matchAll(NUMBER)].at(-1)?.[0];
  return found === undefined ? null : Number(found.replace(/[,\u00A0\u202F' ]/gu, "").replace("−", "-"));
}
