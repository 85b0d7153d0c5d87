import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  contains,
  type DatasetRecord,
  exactMatch,
  fittingScorers,
  jsonEqual,
  numericMatch,
  type Scorer,
  scorerNamed,
  SCORERS,
} from "../../lib/braintrust/mod.ts";
import { AUTOEVALS } from "../../lib/braintrust/scorers/autoevals.ts";
import { equalJson } from "../../lib/braintrust/scorers/json_equal.ts";
import { lastNumber } from "../../lib/braintrust/scorers/numeric_match.ts";
import { needs } from "../support/needs.ts";

const record = (expected: unknown): DatasetRecord => ({ id: "r", input: "q", expected, metadata: {} });
const scoreOf = async (scorer: Scorer, expected: unknown, output: unknown) =>
  (await scorer.score(record(expected), output)).score;

/** Expected, answer, score. */
const cases: [Scorer, unknown, unknown, number | null][] = [
  [exactMatch, "The Hague", "  the  hague. ", 1],
  [exactMatch, "The Hague", "“The Hague”", 1],
  [exactMatch, "The Hague", "The Hague, NL", 0],
  [exactMatch, "Straße", "STRASSE", 0],
  [exactMatch, "ＡＢＣ", "abc", 1],
  [exactMatch, ["yes", "yep"], "Yep!", 1],
  [exactMatch, 42, "42", 1],
  [exactMatch, "42", [{ role: "user", content: "?" }, { role: "assistant", content: "42." }], 1],
  [exactMatch, "-5", "5", 0],
  [exactMatch, "$5", "$5", 1],
  [exactMatch, "是", "是。", 1],
  [numericMatch, 1234.5, "It comes to 1,234.50 dollars", 1],
  [numericMatch, "1234.5", "1 234.5", 1],
  [numericMatch, 12, "first 3, then 4, so 12.", 1],
  [numericMatch, 12, "12 apples of 20", 0],
  [numericMatch, 0.1, "10%", 0],
  [numericMatch, -3, "−3", 1],
  [numericMatch, 1e6, "1e6", 1],
  [numericMatch, 0, 0, 1],
  [numericMatch, 5, "none", 0],
  [numericMatch, "Paris", "5", null],
  [numericMatch, 1 / 3, "0.333", 0],
  [contains, "Paris", "The capital is Paris, of course.", 1],
  [contains, "12", "There are 112 of them", 0],
  [contains, ["Ada", "Bo"], "Ada and Bo came", 1],
  [contains, ["Ada", "Bo"], "Ada came", 0],
  [contains, "巴黎", "首都是巴黎没错", 1],
  [contains, "", "anything", null],
  [jsonEqual, { a: 1, b: [1, 2] }, '{"b":[1,2.0],"a":1}', 1],
  [jsonEqual, { a: 1 }, '```json\n{"a": 1}\n```', 1],
  [jsonEqual, { a: 1 }, { a: 1 }, 1],
  [jsonEqual, { a: 1 }, '{"a":1,"b":2}', 0],
  [jsonEqual, [1, 2], "[2,1]", 0],
  [jsonEqual, { a: 1 }, "no JSON", 0],
  [jsonEqual, '{"a":null}', '{"a":null}', 1],
  [jsonEqual, "plain", "plain", 1],
  [jsonEqual, [{ a: 1 }], [{ role: "assistant", content: '[{"a":1}]' }], 1],
];

for (const [scorer, expected, output, score] of cases) {
  Deno.test(`${scorer.name}: ${JSON.stringify(output)} for ${JSON.stringify(expected)} is ${score}`, async () => {
    equal(await scoreOf(scorer, expected, output), score);
  });
}

Deno.test("a JSON value equals itself through its text, whatever it is, and not with another entry", async () => {
  await fc.assert(fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
    fc.pre(value !== null && typeof value === "object");
    equal(await scoreOf(jsonEqual, value, JSON.stringify(value, null, 2)), 1);
    ok(!equalJson(value, Array.isArray(value) ? [...value, 1] : { ...value, "another entry": 1 }));
  }));
});

Deno.test("any number is found at the end of a sentence", () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (n) => {
    const found = lastNumber(`It had been 7, and is now ${n}.`)!;
    ok(Math.abs(found - n) <= 1e-9 * Math.abs(n) || found === n, `${n} was read as ${found}`);
  }));
});

needs(["read", "env", "sys"], "autoevals' scorers grade from 0 to 1, and say where they do not apply", async () => {
  const of = (name: string) => scorerNamed(name);
  equal(await scoreOf(of("levenshtein"), "kitten", "sitting"), 1 - 3 / 7);
  equal(await scoreOf(of("numericdiff"), 10, "10"), 1);
  equal(await scoreOf(of("numericdiff"), "Paris", "10"), null);
  const half = await scoreOf(of("jsondiff"), { a: 1, b: 2 }, { a: 1, b: 200 });
  ok(half! > 0.4 && half! < 0.8, `${half}`);
  equal(await scoreOf(of("listcontains"), ["a", "b"], '["a","b"]'), 1);
  equal(await scoreOf(of("listcontains"), ["a"], "a"), null);
});

Deno.test("a scorer that there is not is an error that names those there are", () => {
  throws(
    () => scorerNamed("bleu"),
    /there is no scorer "bleu"; there are exact_match, numeric_match, contains, json_equal/,
  );
  equal(SCORERS.length, 4 + AUTOEVALS.length);
});

Deno.test("scorers fit what records expect", () => {
  const names = (...expected: unknown[]) =>
    fittingScorers(expected.map((one) => ({ expected: one }))).map(({ name }) => name);
  deepEqual(names(null, null), []);
  deepEqual(names("Paris", null), ["exact_match", "contains"]);
  deepEqual(names(12, "3.5"), ["exact_match", "numeric_match"]);
  deepEqual(names({ a: 1 }), ["json_equal"]);
});
