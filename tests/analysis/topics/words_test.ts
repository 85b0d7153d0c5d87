import { deepEqual, equal, ok } from "node:assert/strict";
import { weighWords } from "../../../lib/analysis/topics/tfidf.ts";
import { singular, wordsOf } from "../../../lib/analysis/topics/words.ts";
import stopWords from "../../../lib/analysis/topics/stop_words.json" with { type: "json" };

Deno.test("words are lower case, without stop words, numbers and possessives, in the singular", () => {
  deepEqual(wordsOf("The agent's 3 Payments weren’t verified; policies of Ümläute."), [
    "agent",
    "payment",
    "verified",
    "policy",
    "ümläute",
  ]);
});

Deno.test("a text without words has none", () => {
  deepEqual(wordsOf(" 12 -- ... \u{1f600} "), []);
});

for (
  const [plural, expected] of [
    ["queries", "query"],
    ["boxes", "box"],
    ["branches", "branch"],
    ["passes", "pass"],
    ["files", "file"],
    ["tests", "test"],
    ["process", "process"],
    ["status", "status"],
    ["analysis", "analysis"],
    ["gas", "gas"],
    ["replies", "reply"],
  ] as const
) {
  Deno.test(`the singular of ${plural} is ${expected}`, () => equal(singular(plural), expected));
}

Deno.test("stop words are told once each, in order, and none is a word of judging", () => {
  deepEqual(stopWords.words, [...new Set(stopWords.words)].sort());
  for (const word of ["failed", "verified", "incomplete", "success"]) ok(!stopWords.words.includes(word), word);
});

Deno.test("weights of words agree with their definition", () => {
  const { rows, vocabulary } = weighWords(["cat cat dog", "dog bird", "fish fish fish"], { minTexts: 1, maxShare: 1 });
  deepEqual(vocabulary, ["bird", "cat", "dog", "fish"]);
  const cat = (1 + Math.log(2)) * (Math.log(4 / 2) + 1);
  const dog = Math.log(4 / 3) + 1;
  const length = Math.hypot(cat, dog);
  deepEqual(rows[0]!.columns, [1, 2]);
  ok(Math.abs(rows[0]!.values[0]! - cat / length) < 1e-15);
  ok(Math.abs(rows[0]!.values[1]! - dog / length) < 1e-15);
  deepEqual(rows[2], { columns: [3], values: [1] });
});

Deno.test("words of too few or too many texts are left out; a text left without words keeps its row", () => {
  const { rows, vocabulary } = weighWords(["apple pear", "apple pear", "apple plum"], { minTexts: 2, maxShare: 0.9 });
  deepEqual(vocabulary, ["pear"]);
  deepEqual(rows[2], { columns: [], values: [] });
});
