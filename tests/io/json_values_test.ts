import { deepEqual, equal, match } from "node:assert/strict";
import fc from "fast-check";
import { RowError } from "../../lib/model/mod.ts";
import { jsonValues, type JsonValuesOptions } from "../../lib/io/json_values.ts";

const encoder = new TextEncoder();

async function* inPieces(text: string, size = 7) {
  const bytes = encoder.encode(text);
  for (let i = 0; i < bytes.length; i += size) yield await Promise.resolve(bytes.subarray(i, i + size));
}

async function read(text: string, options: JsonValuesOptions = {}, size?: number) {
  return await Array.fromAsync(jsonValues(inPieces(text, size), options));
}

const values = async (text: string, options?: JsonValuesOptions, size?: number) =>
  (await read(text, options, size)).map((one) => "value" in one ? one.value : one.fault);

const A = { a: [1, "x]}"] };
const B = { b: { c: 'y"{[' } };
const pretty = (value: unknown) => JSON.stringify(value, null, 2);
const line = (value: unknown) => JSON.stringify(value);

const SET: [string, string][] = [
  ["one value a line", `${line(A)}\n${line(B)}\n`],
  ["one value a line, without the last line feed", `${line(A)}\n${line(B)}`],
  ["one value a line, with empty lines and carriage returns", `\r\n${line(A)}\r\n\r\n${line(B)}\r\n`],
  ["one value a line, with a mark at the beginning", `\ufeff${line(A)}\n${line(B)}\n`],
  ["one value a line, with commas behind them", `${line(A)},\n${line(B)},\n`],
  ["a list in one line", line([A, B])],
  ["a list over lines", pretty([A, B])],
  ["a list with an element a line", `[\n${line(A)},\n${line(B)}\n]\n`],
  ["a list with a mark at the beginning", `\ufeff${pretty([A, B])}`],
  ["documents one after the other", `${pretty(A)}\n${pretty(B)}\n`],
];
for (const [how, text] of SET) {
  for (const document of [false, true]) {
    Deno.test(`${how}, ${document ? "called a document" : "called lines"}, is read`, async () => {
      for (const size of [1, 3, 1000]) deepEqual(await values(text, { document }, size), [A, B]);
    });
  }
}

Deno.test("one document over lines is one value, whatever its name", async () => {
  deepEqual(await values(pretty(A)), [A]);
  deepEqual(await values(`{ "a":\n[1, "x]}"] }`), [A]);
  deepEqual(await values(`{"a": [1\n, "x]}"]\n}`, { document: true }), [A]);
});

Deno.test("an empty text, an empty list and white space have no values", async () => {
  for (const text of ["", " \n\n", "[]", "[\n]\n"]) deepEqual(await values(text), []);
});

Deno.test("lists a line stay lists where there are several lines", async () => {
  deepEqual(await values("[1]\n[2]\n"), [[1], [2]]);
});

Deno.test("a line that is wrong is told by its number, and the others are read", async () => {
  const text = `${line(A)}\n{"a": \n${line(B)}\nnope\n`;
  const found = await read(text);
  deepEqual(found.map(({ line }) => line), [0, 1, 2, 3]);
  deepEqual(found.map((one) => "fault" in one), [false, true, false, true]);
});

Deno.test("a first line that is cut does not take the others with it", async () => {
  for (const document of [false, true]) {
    for (const first of ['{"a": "b', '{"a": ["b', '{"a": 1,', "{"]) {
      const found = await read(`${first}\n${line(A)}\n${line(B)}\n`, { document });
      deepEqual(found.flatMap((one) => "value" in one ? [one.value] : []), [A, B], first);
      deepEqual(found.map(({ line }) => line), [0, 1, 2], first);
    }
  }
});

Deno.test("an element of a document that is wrong is told by its position, and the others are read", async () => {
  const found = await read(`[\n ${line(A)},\n {"a": nope},\n ${line(B)}\n]`);
  deepEqual(found.map((one) => "value" in one ? one.value : one.line), [A, 1, B]);
});

Deno.test("a list that is cut gives what is whole of it, and says so", async () => {
  const found = await read(`[\n ${line(A)},\n ${line(B)},\n {"a":`);
  deepEqual(found.map((one) => "value" in one ? one.value : one.fault), [
    A,
    B,
    "not JSON: the text ends within a value",
  ]);
});

Deno.test("a file that is cut gives what was read of it, and says so", async () => {
  async function* cut() {
    yield* inPieces(`${line(A)}\n${line(B)}\n{"a`);
    throw new RowError("x.jsonl.gz", null, "", "its gzip is cut or damaged; get it again");
  }
  const found = await Array.fromAsync(jsonValues(cut()));
  deepEqual(found.map((one) => "value" in one ? one.value : one.fault), [
    A,
    B,
    "its gzip is cut or damaged; get it again",
  ]);
});

Deno.test("any values are read however they are set and cut", async () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
  const set = fc.constantFrom("lines", "list", "pretty list", "documents");
  await fc.assert(
    fc.asyncProperty(
      fc.array(object, { minLength: 1 }),
      set,
      fc.integer({ min: 1, max: 50 }),
      async (all, how, size) => {
        const text = how === "lines"
          ? all.map((value) => line(value) + "\n").join("")
          : how === "documents"
          ? all.map((value) => pretty(value) + "\n").join("")
          : JSON.stringify(all, null, how === "list" ? 0 : 1);
        equal(line(await values(text, { document: size % 2 === 0 }, size)), line(all));
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("faults name what was found", async () => {
  match((await read("nope"))[0]!.line === 0 ? String((await values("nope"))[0]) : "", /^not JSON: /);
});

Deno.test("several values on a line are read each, whatever is between them", async () => {
  const read = (text: string) =>
    Array.fromAsync(jsonValues((async function* () {
      yield new TextEncoder().encode(text);
    })()));
  deepEqual(await read('{"a":1}{"a":2}\n{"a":3}, {"a":4}\n{"a":"}{"}\n'), [
    { line: 0, value: { a: 1 } },
    { line: 0, value: { a: 2 } },
    { line: 1, value: { a: 3 } },
    { line: 1, value: { a: 4 } },
    { line: 2, value: { a: "}{" } },
  ]);
  const [whole, broken, next] = await read('{"a":1} {"a" 5}\n{"a":2}\n');
  deepEqual(whole, { line: 0, value: { a: 1 } });
  match((broken as { fault: string }).fault, /not JSON/);
  deepEqual(next, { line: 1, value: { a: 2 } });
});
