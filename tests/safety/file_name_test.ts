import assert from "node:assert/strict";
import fc from "fast-check";
import { fileNameOf } from "../../lib/io/mod.ts";
import { pageName } from "../../lib/judge/mod.ts";
import { HOSTILE } from "./hostile.ts";

const id = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ...HOSTILE,
    "CON",
    "con",
    "aux",
    "..",
    ".",
    "",
    "a/b",
    "a_b",
    "a b",
    "A_B",
    "../../x",
    "x".repeat(300),
  ),
);

Deno.test("two ids never get the same file name, whatever a file system thinks of capitals", () => {
  fc.assert(fc.property(id, id, (a, b) => {
    if (a.toWellFormed() === b.toWellFormed()) return;
    assert.notEqual(fileNameOf(a).toLowerCase(), fileNameOf(b).toLowerCase());
  }));
});

Deno.test("a file name has harmless characters, is short, and names no device of Windows", () => {
  fc.assert(fc.property(id, (text) => {
    const name = fileNameOf(text);
    assert.match(name, /^[A-Za-z0-9_-]{1,97}$/);
    assert.doesNotMatch(name, /^(?:con|prn|aux|nul|com\d|lpt\d)$/i);
  }));
});

Deno.test("an id that is a good name keeps it, and one made to look like another's does not get it", () => {
  assert.equal(pageName("run-7_1"), "run-7_1.html");
  const made = fileNameOf("a/b");
  assert.notEqual(fileNameOf(made), made);
  const long = "l".repeat(130);
  assert.equal(new Set([`${long}1`, `${long}2`, "a/b", "a_b", "a b", "CON", "con", "..", "A_B"].map(pageName)).size, 9);
});
