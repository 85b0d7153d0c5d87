import assert from "node:assert/strict";
import { pythonLiteral } from "../../lib/sources/dialects/python_literal.ts";

Deno.test("a literal of Python is its value", () => {
  const text = `[{'a': None, "b": [True, False, nan], 'c': (1, -2.5, 1e3,), 'd': {}}, 9007199254740993]`;
  assert.deepEqual(pythonLiteral(text), [
    { a: null, b: [true, false, null], c: [1, -2.5, 1000], d: {} },
    9007199254740993n,
  ]);
});

Deno.test("texts of a literal of Python keep every character", () => {
  const text = String.raw`['It\'s "so"', "it's", 'a\n\tb\\', '\xfc\u0142\U0001f333', 'ü [} \d']`;
  assert.deepEqual(pythonLiteral(text), ['It\'s "so"', "it's", "a\n\tb\\", "üł🌳", "ü [} \\d"]);
});

Deno.test("what is no literal of Python is none", () => {
  for (const text of ["[", "['a'", "[1 2]", "{'a' 1}", "[a]", "['a'] b", "[array([1])]", "[".repeat(500)]) {
    assert.equal(pythonLiteral(text), undefined, text);
  }
});
