import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { jsonLines, linesOf } from "../../lib/sources/jsonl.ts";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { needs } from "../support/needs.ts";

const FOLDER = decodeURIComponent(new URL("../fixtures/", import.meta.url).pathname);

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield await Promise.resolve(bytes.subarray(i, i + size));
}

Deno.test("lines are the same however the bytes are cut, characters of several bytes included", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "grapheme" })), fc.integer({ min: 1, max: 9 }), async (parts, size) => {
      const text = parts.join("\n");
      const lines = await Array.fromAsync(linesOf(inPieces(new TextEncoder().encode(text), size)));
      deepEqual(lines, text.split("\n"));
    }),
    { seed: 5 },
  );
});

Deno.test("a line that is not JSON is a fault with its number, and empty lines are passed over", async () => {
  const bytes = new TextEncoder().encode('{"a":1}\r\n\n{"a":\n[2]');
  const lines = await Array.fromAsync(jsonLines(inPieces(bytes, 4)));
  deepEqual(lines.map(({ line }) => line), [0, 2, 3]);
  deepEqual(lines.map((line) => "fault" in line), [false, true, false]);
});

needs(["read"], "rows of JSONL are those of the same sessions in Parquet", async () => {
  const read = async (name: string) => await Array.fromAsync((await openTraces(FOLDER + name)).rows());
  const fromLines = await read("traces_v1.jsonl");
  const fromParquet = (await read("traces_v1.parquet")).slice(0, fromLines.length);
  deepEqual(fromLines.filter(isFault), []);
  deepEqual(fromLines, fromParquet);
});
