import { deepEqual, equal, rejects } from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { checkedLines, jsonLines, linesOf } from "../../lib/io/json_lines.ts";
import { needs } from "../support/needs.ts";

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield await Promise.resolve(bytes.subarray(i, i + size));
}

const encoder = new TextEncoder();

Deno.test("lines are the same however the bytes are cut, characters of several bytes included", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "grapheme" })), fc.integer({ min: 1, max: 9 }), async (parts, size) => {
      const text = parts.join("\n");
      const lines = await Array.fromAsync(linesOf(inPieces(encoder.encode(text), size)));
      const expected = text.split("\n");
      // A text that ends in a line feed has no further line.
      if (expected.at(-1) === "") expected.pop();
      deepEqual(lines.map((line) => line.text), expected.map((line) => line.replace(/^\ufeff/, "")));
      equal(lines.at(-1)?.end ?? 0, encoder.encode(text).length);
      lines.slice(1).forEach((line, i) => equal(line.start, lines[i]!.end));
    }),
    { seed: 5 },
  );
});

Deno.test("a line that is not JSON is a fault with its number, and empty lines are passed over", async () => {
  const bytes = encoder.encode('{"a":1}\r\n\n{"a":\n[2]');
  const lines = await Array.fromAsync(jsonLines(inPieces(bytes, 4)));
  deepEqual(lines.map(({ line }) => line), [0, 2, 3]);
  deepEqual(lines.map((line) => "fault" in line), [false, true, false]);
});

Deno.test("byte order marks before lines are no part of them", async () => {
  const bytes = encoder.encode('\ufeff{"a":1}\n\ufeff{"a":2}');
  deepEqual(await Array.fromAsync(jsonLines(inPieces(bytes, 5))), [{ line: 0, value: { a: 1 } }, {
    line: 1,
    value: { a: 2 },
  }]);
});

needs(
  ["read", "write"],
  "a line of one's own file that is wrong is named by its number, unless it is being written",
  async () => {
    const path = await Deno.makeTempFile();
    try {
      const schema = z.object({ a: z.number() });
      const read = async (text: string, torn = false) => {
        await Deno.writeTextFile(path, text);
        return await Array.fromAsync(checkedLines(path, schema, "write it again", { torn }));
      };
      deepEqual(await read('{"a":1}\n\n{"a":2}'), [{ a: 1 }, { a: 2 }]);
      await rejects(read('{"a":1}\n{"a"'), /line 2: not JSON \(.*\); write it again$/);
      deepEqual(await read('{"a":1}\n{"a"', true), [{ a: 1 }]);
      await rejects(read('{"a"\n{"a":1}', true), /line 1: not JSON/);
      await rejects(read('{"a":"x"}'), /line 1, field "a"/);
    } finally {
      await Deno.remove(path);
    }
  },
);
