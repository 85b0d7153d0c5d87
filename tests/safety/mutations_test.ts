import assert from "node:assert/strict";
import { join } from "node:path";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import { needs } from "../support/needs.ts";

const FIXTURES = decodeURIComponent(new URL("../fixtures", import.meta.url).pathname);

/** Files, and how many mutations of each are read: 2,000 together. */
const FILES = [
  { name: "traces_v1.parquet", mutations: 450 },
  { name: "traces_v2.parquet", mutations: 450 },
  { name: "traces_v1.jsonl", mutations: 550 },
  { name: "traces_otlp.json", mutations: 550 },
];

type Random = () => number;

/** A file that was damaged on the way: bits turned, bytes overwritten, a piece lost, doubled, moved, or the end cut off. */
function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const at = () => Math.floor(random() * bytes.length);
  const piece = () => {
    const start = at();
    return [start, Math.min(bytes.length, start + 1 + Math.floor(random() ** 3 * 2000))] as const;
  };
  const copy = bytes.slice();
  const [start, end] = piece();
  switch (Math.floor(random() * 6)) {
    case 0:
      for (let n = 1 + Math.floor(random() * 4); n > 0; n--) copy[at()]! ^= 1 << Math.floor(random() * 8);
      return copy;
    case 1:
      for (let i = start; i < Math.min(end, start + 16); i++) copy[i] = Math.floor(random() * 256);
      return copy;
    case 2:
      return joined(bytes.subarray(0, start), bytes.subarray(end));
    case 3:
      return joined(bytes.subarray(0, end), bytes.subarray(start));
    case 4: {
      const to = at();
      const without = joined(bytes.subarray(0, start), bytes.subarray(end));
      return joined(without.subarray(0, to), bytes.subarray(start, end), without.subarray(to));
    }
    default:
      return bytes.slice(0, at());
  }
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What reading a file came to, in one word. */
async function outcome(path: string): Promise<"read" | "faults" | "refused"> {
  let faults = 0;
  try {
    const stream = await openTraces(path);
    for await (const row of stream.rows()) {
      if (!isFault(row)) continue;
      faults++;
      assert.match(row.fault, /\S/);
      assert.doesNotMatch(row.fault, INTERNAL);
    }
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.equal(error.name, "RowError", error.stack ?? "");
    assert.doesNotMatch(error.message, INTERNAL);
    assert.ok(error.message.includes(path), error.message);
    return "refused";
  }
  return faults ? "faults" : "read";
}

/** What an engine says of a program's own mistake, which no user can do anything about. */
const INTERNAL = /Cannot read propert|is not a function|is not iterable|undefined \(reading|Maximum call stack/;

for (const { name, mutations } of FILES) {
  needs(
    ["read", "write"],
    `${name}, damaged in ${mutations} ways, is read, read in part, or refused in a sentence`,
    async () => {
      const folder = await Deno.makeTempDir();
      try {
        const bytes = await Deno.readFile(join(FIXTURES, name));
        const random = seededRandom(20_261_125);
        const counts = { read: 0, faults: 0, refused: 0 };
        const path = join(folder, name);
        for (let i = 0; i < mutations; i++) {
          await Deno.writeFile(path, mutated(bytes, random));
          try {
            counts[await outcome(path)]++;
          } catch (error) {
            throw new Error(`mutation ${i}: ${(error as Error).message}`, { cause: error });
          }
        }
        assert.equal(counts.read + counts.faults + counts.refused, mutations);
        assert.ok(counts.refused > 0 && counts.read + counts.faults > 0, JSON.stringify(counts));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
}
