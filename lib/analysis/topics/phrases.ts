/** Most words that `...` stands for. */
const GAP = 5;

/**
 * Tells whether a text has one of some phrases. Case does not count, words are whole, white space is any; `verif*` is any
 * word that begins so, and `no ... output` has up to five words between.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { phraseMatcher } from "./phrases.ts";
 * const unverified = phraseMatcher(["no ... confirm*", "unverified"]);
 * equal(unverified("There is no tool output to confirm it."), true);
 * equal(unverified("It was verified."), false);
 * ```
 *
 * @throws {RangeError} for a phrase without a word
 */
export function phraseMatcher(phrases: readonly string[]): (text: string) => boolean {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${phrases.map(patternOf).join("|")})(?![\\p{L}\\p{N}_])`, "iu");
  return (text) => pattern.test(text.normalize("NFKC"));
}

function patternOf(phrase: string): string {
  const words = phrase.trim().split(/\s+/);
  if (!words.some((word) => /[\p{L}\p{N}]/u.test(word)) || words[0] === "..." || words.at(-1) === "...") {
    throw new RangeError(`topics: the phrase ${JSON.stringify(phrase)} begins or ends with no word`);
  }
  const between = "[^\\p{L}\\p{N}_]+";
  return words.map((word) => word === "..." ? "..." : escaped(word)).join(" ")
    .replaceAll(" ... ", `${between}(?:[\\p{L}\\p{N}_'’]+${between}){0,${GAP}}`).replaceAll(" ", between);
}

function escaped(word: string): string {
  const [, stem = "", star = ""] = /^(.*?)(\*?)$/su.exec(word) ?? [];
  return stem.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&") + (star ? "[\\p{L}\\p{N}_]*" : "");
}
