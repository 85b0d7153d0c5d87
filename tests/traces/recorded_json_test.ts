import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { parseRecorded } from "../../lib/traces/mod.ts";

Deno.test("integers that a double does not hold are exact, and all others are numbers", () => {
  deepEqual(parseRecorded("[9007199254740991,9007199254740992,9007199254740993,-9007199254740993,1,-0,1.5,1e3]"), [
    9007199254740991,
    9007199254740992n,
    9007199254740993n,
    -9007199254740993n,
    1,
    -0,
    1.5,
    1000,
  ]);
  deepEqual(parseRecorded('{"id":12345678901234567890123,"n":1e300,"f":0.1234567890123456789}'), {
    id: 12345678901234567890123n,
    n: 1e300,
    f: 0.12345678901234568,
  });
  equal(parseRecorded("18446744073709551615"), 18446744073709551615n);
});

Deno.test("digits in a text are no number", () => {
  deepEqual(parseRecorded('{"a":"9007199254740993","9007199254740993":1}'), {
    a: "9007199254740993",
    "9007199254740993": 1,
  });
});

Deno.test("what Python writes for no number is one", () => {
  deepEqual(parseRecorded('{"a":NaN,"b":[-Infinity,Infinity],"c":"NaN"}'), {
    a: NaN,
    b: [-Infinity, Infinity],
    c: "NaN",
  });
});

Deno.test("text that is not JSON is refused, with what is wrong", () => {
  for (
    const text of ["", "{", "[1,]", "{a:1}", '{"a":1,}', "[1 2]", "nan", '"a', "{'a':1}", "[9007199254740993,]", "01"]
  ) {
    throws(() => parseRecorded(text), SyntaxError, text);
  }
  for (const text of ["[NaN,]", "NaN NaN", '{"a":NaN', "[NaN}", '{"a" NaN}', "NaNa", '["\u0001",NaN]']) {
    throws(() => parseRecorded(text), SyntaxError, text);
  }
  throws(() => parseRecorded('{"score":NaN,"x":nope}'), /unexpected character at position 17/);
});

Deno.test("nesting to 100,000 levels is read, long integers in it too", () => {
  const depth = 100_000;
  let value = parseRecorded("[".repeat(depth) + "9007199254740993" + "]".repeat(depth));
  for (let i = 0; i < depth; i++) value = (value as unknown[])[0];
  equal(value, 9007199254740993n);
});

Deno.test("a key called __proto__ is a key", () => {
  const value = parseRecorded('{"__proto__":{"a":9007199254740993}}') as object;
  equal(Object.hasOwn(value, "__proto__"), true);
  equal(Object.getPrototypeOf(value), Object.prototype);
});

Deno.test("any JSON is what the runtime reads, whichever parser reads it", () => {
  fc.assert(fc.property(fc.jsonValue({ depthSize: "medium" }), fc.integer({ min: 0, max: 3 }), (value, space) => {
    const text = JSON.stringify(value, null, space);
    const [read] = parseRecorded(`[${text}, 9007199254740993]`) as unknown[];
    const again = JSON.stringify(read, (_, v) => typeof v === "bigint" ? Number(v) : v);
    equal(again, JSON.stringify(JSON.parse(text)));
  }));
});
