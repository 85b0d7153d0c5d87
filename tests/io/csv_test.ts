import assert from "node:assert/strict";
import { RowError } from "../../lib/model/mod.ts";
import { numberField, parseCsv, textField } from "../../lib/io/csv.ts";

Deno.test("rows are keyed by the header, whichever line ends the file has", () => {
  assert.deepEqual(parseCsv("a,b\r\n1,x\r\n", "t.csv"), [{ a: "1", b: "x" }]);
  assert.deepEqual(parseCsv("a,b\n1,x", "t.csv"), [{ a: "1", b: "x" }]);
});

const faults: [name: string, read: () => unknown, message: RegExp][] = [
  ["an empty file", () => parseCsv("", "t.csv"), /t\.csv: expected a header/],
  ["a short row", () => parseCsv("a,b\n1", "t.csv"), /t\.csv, row 0: expected 2 fields as in the header, found 1/],
  ["a quoted field", () => parseCsv('a\n"1"', "t.csv"), /row 0: quoted fields are not read here/],
  ["a field that is not a number", () => numberField({ n: "x" }, "n", "t.csv", 3), /row 3, field "n".*found "x"/],
  ["an empty number", () => numberField({ n: "" }, "n", "t.csv", 3), /field "n": expected a number/],
  ["an absent column", () => textField({}, "run", "t.csv", 3), /t\.csv, row 3, field "run": expected a text/],
];
for (const [name, read, message] of faults) {
  Deno.test(`${name} is an error that says where`, () => {
    assert.throws(read, (error) => error instanceof RowError && message.test(error.message));
  });
}
