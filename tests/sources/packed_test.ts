/** Files and archives as programs pack them: what can be read is, and what cannot is named for what it is. @module */
import { deepEqual, match, rejects } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { needs } from "../support/needs.ts";
import { lines, readFiles } from "./formats/read.ts";
import { zipped } from "./formats/zip.ts";
import { aJsonRow } from "./json_rows.ts";

const FILES = ["read", "write"] as const;
const row = (id: string) => lines(aJsonRow({ session_id: id }));
const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** A text that zip's helper writes as bytes, each a character below 128. */
const stored = (text: string) => zipped({ "a.jsonl": text }, "stored");

/** An archive whose first file is said to be encrypted, as its flags have it. */
function encrypted(): Uint8Array {
  const bytes = stored(row("a"));
  bytes[6] = 1;
  bytes[bytes.findIndex((_, at) => at > 30 && bytes[at] === 0x50 && bytes[at + 2] === 1 && bytes[at + 3] === 2) + 8] =
    1;
  return bytes;
}

needs(FILES, "an archive inside a folder's archive is named, and the files beside it are read", async () => {
  const inner = String.fromCharCode(...stored(row("a")));
  const { rows, faults, stream } = await readFiles({
    "x/a.zip": zipped({ "b.zip": inner, "c.jsonl": row("c") }, "stored"),
  });
  deepEqual(faults, []);
  deepEqual(rows.map(({ sessionId }) => sessionId), ["c"]);
  deepEqual(stream.passedOver.map(({ path, why }) => [path.slice(-8), why]), [
    ["zip/b.zip".slice(-8), "an archive inside an archive; unpack it"],
  ]);
});

needs(FILES, "a file of an archive that is encrypted is one fault, and the other files are read", async () => {
  const { rows, faults } = await readFiles({ "a.zip": encrypted(), "b.jsonl": row("b") });
  deepEqual(rows.map(({ sessionId }) => sessionId), ["b"]);
  deepEqual(faults.length, 1);
  match(faults[0]!.fault, /a\.zip\/a\.jsonl: .*is encrypted; unpack it first/);
});

/** Files that are packed by what is not read, and what is said of them. */
const NAMED: [name: string, bytes: Uint8Array, why: RegExp][] = [
  ["a.jsonl.bz2", latin1("BZh91AY&SY\x01\x02"), /packed by bzip2/],
  ["a.jsonl.xz", latin1("\xfd7zXZ\0\0\x04"), /packed by xz/],
  ["a.jsonl.lz4", latin1("\x04\x22\x4d\x18\x60"), /packed by lz4/],
  ["a.7z", latin1("7z\xbc\xaf\x27\x1c"), /a 7-Zip archive/],
  ["a.tar.gz", gzipSync(latin1(`${"a.jsonl".padEnd(257, "\0")}ustar\0${"\0".repeat(249)}{}`)), /a tar archive/],
  ["a.zip.gz", gzipSync(stored(row("a"))), /a zip archive that is packed again; unpack it first/],
  ["a.jsonl", latin1("\xff\xfe\0\0{\0\0\0}\0\0\0"), /in UTF-32/],
  ["a.jsonl.gz", gzipSync(""), /holds no JSON value/],
];

for (const [name, bytes, why] of NAMED) {
  needs(FILES, `${name} that ${why.source} says so, and not that it is damaged`, async () => {
    await rejects(readFiles({ [name]: bytes }), why);
  });
}
