import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { RowError } from "../../lib/model/mod.ts";
import { needs } from "../support/needs.ts";
import { numberField, parseCsv, readCsv, textField } from "../../lib/io/csv.ts";

Deno.test("rows are keyed by the header, whichever line ends the file has", () => {
  assert.deepEqual(parseCsv("a,b\r\n1,x\r\n", "t.csv"), [{ a: "1", b: "x" }]);
  assert.deepEqual(parseCsv("a,b\n1,x", "t.csv"), [{ a: "1", b: "x" }]);
});

const tables: [name: string, text: string, rows: Record<string, string>[]][] = [
  ["a byte order mark", "\ufeffa,b\n1,2", [{ a: "1", b: "2" }]],
  ["quoted names behind a byte order mark", '\ufeff"a","b"\n1,2', [{ a: "1", b: "2" }]],
  ["quoted fields", 'a,b\n"1, or ""one""","x\ny"\n', [{ a: '1, or "one"', b: "x\ny" }]],
  ["empty fields, quoted and not", 'a,b,c\n,"",\n', [{ a: "", b: "", c: "" }]],
  ["empty lines", "a,b\n\n1,2\n\n", [{ a: "1", b: "2" }]],
  ["semicolons", 'a;b\n1;"2;3"', [{ a: "1", b: "2;3" }]],
  ["tabs", "a\tb\n1\t2", [{ a: "1", b: "2" }]],
  ["spaces around names", "a, b\n1,2", [{ a: "1", b: "2" }]],
  ["a header alone", "a,b\n", []],
];
for (const [name, text, rows] of tables) {
  Deno.test(`CSV with ${name} is read`, () => assert.deepEqual(parseCsv(text, "t.csv"), rows));
}

Deno.test("a name that stands twice in the header is an error that says which", () => {
  assert.throws(
    () => parseCsv("id,calls,id\n1,2,3\n", "t.csv"),
    /t\.csv: the column "id" stands twice in the header: rename or remove one of them/,
  );
});

Deno.test("any fields come back, quoted where they have to be", () => {
  const field = fc.string({ unit: fc.constantFrom(...'ab ,;"\n\r\t'.split("")), minLength: 1, maxLength: 6 });
  fc.assert(fc.property(fc.array(fc.tuple(field, field), { minLength: 1 }), (rows) => {
    const text = ["a,b", ...rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(","))].join(
      "\r\n",
    );
    assert.deepEqual(parseCsv(text, "t.csv"), rows.map(([a, b]) => ({ a, b })));
  }));
});

needs(["read", "write"], "a CSV file may be packed, or in 16-bit units as spreadsheets write it", async () => {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    const units = new Uint16Array([..."\ufeffa\tb\r\n1\té\r\n"].map((c) => c.charCodeAt(0)));
    for (const bytes of [gzipSync("a,b\n1,é\n"), new Uint8Array(units.buffer)]) {
      await Deno.writeFile(path, bytes);
      assert.deepEqual(await readCsv(path), [{ a: "1", b: "é" }]);
    }
  } finally {
    await Deno.remove(path);
  }
});

const faults: [name: string, read: () => unknown, message: RegExp][] = [
  ["an empty file", () => parseCsv("", "t.csv"), /t\.csv: expected a header/],
  ["a short row", () => parseCsv("a,b\n1", "t.csv"), /t\.csv, row 0: expected 2 fields as in the header, found 1/],
  ["a quote without an end", () => parseCsv('a\n"1', "t.csv"), /t\.csv, row 0: a quote has no end/],
  [
    "a quote in the middle",
    () => parseCsv('a,b\n"1"2,3', "t.csv"),
    /row 0: expected a separator behind a quote, found "2,3"/,
  ],
  ["a field that is not a number", () => numberField({ n: "x" }, "n", "t.csv", 3), /row 3, field "n".*found "x"/],
  ["an empty number", () => numberField({ n: "" }, "n", "t.csv", 3), /field "n": expected a number/],
  ["an absent column", () => textField({}, "run", "t.csv", 3), /t\.csv, row 3, field "run": expected a text/],
];
for (const [name, read, message] of faults) {
  Deno.test(`${name} is an error that says where`, () => {
    assert.throws(read, (error) => error instanceof RowError && message.test(error.message));
  });
}
