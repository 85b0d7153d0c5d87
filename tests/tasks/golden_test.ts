import { deepEqual } from "node:assert/strict";
import { differences } from "../../tasks/golden/differences.ts";

Deno.test("golden values differ by path: numbers beyond the tolerance, lengths, keys on one side, other kinds", () => {
  deepEqual(differences({ a: [1, 2], b: "x" }, { a: [1, 2.0001], b: "x" }, 1e-3), []);
  deepEqual(differences({ a: [1, 2] }, { a: [1, 2.1, 3] }, 1e-3), [
    "$.a: kept 2 values, made 3",
    "$.a[1]: kept 2, made 2.1",
  ]);
  deepEqual(differences({ a: 1, b: null }, { b: 0, c: 1 }, 1), [
    "$.a: no longer made",
    "$.b: kept null, made 0",
    "$.c: not kept",
  ]);
  deepEqual(differences(1e6, 1e6 + 0.5, 1e-6), []);
});
