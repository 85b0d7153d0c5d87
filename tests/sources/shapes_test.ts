import assert from "node:assert/strict";
import { reader } from "../../lib/sources/mapping/lookup.ts";
import { fieldsReader } from "../../lib/sources/mapping/shapes.ts";

const FIELDS = [
  ["deep", ["a.b.c?", "a.x?", { constant: "none" }]],
  ["dotted", ["a.b.c.d?", "a.b.c?"]],
  ["top", "t?"],
  ["listed", "a.1.x?"],
] as const;

/** Objects of some of the same names, nested and flat. */
const OBJECTS: unknown[] = [
  { a: { "b.c": 1 } },
  { a: { "b.c": "", x: 2 } },
  { a: { b: { c: 3 } }, t: null },
  { a: { b: { z: 3 } }, t: null },
  { a: { b: null }, t: "" },
  { "a.b": { c: 4, "c.d": 5 } },
  { "a.b": { e: 4 } },
  { "a.b.c": 6, t: 0 },
  { "a.b.c": { d: 7 } },
  { a: [], t: [] },
  { a: [1], t: [2] },
  { a: [1, { x: 8 }], t: [2] },
  { constructor: 1 },
  "text",
  null,
];

Deno.test("fields read by the names that are there are those read by all names, whatever was read before", () => {
  const fields = FIELDS.map(([name, field]) => [name, typeof field === "string" ? field : [...field]] as const);
  const read = fieldsReader(fields);
  for (const object of [...OBJECTS, ...OBJECTS.toReversed()]) {
    const expected = Object.fromEntries(fields.map(([name, field]) => [name, reader(field)(object)]));
    assert.deepEqual(read(object), expected, JSON.stringify(object));
  }
});
