import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { gunzip } from "../../lib/io/gunzip.ts";
import { piecesOf, writtenText, writtenTextSync } from "../../lib/io/pieces.ts";
import { needs } from "../support/needs.ts";

const TEXT = '{"a":"tulips é \u{1f337}"}\n'.repeat(50_000);
const utf8 = new TextEncoder().encode(TEXT);

/** Text in 16-bit units, without a mark. */
function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return bytes;
}

const joined = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));

async function read(path: string): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  for await (const piece of piecesOf(path)) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

const half = utf8.length >> 1;
const FILES: [string, () => Uint8Array][] = [
  ["plain text", () => utf8],
  ["gzip", () => gzipSync(utf8)],
  [
    "gzip of several members, as log rotation leaves it",
    () => joined(gzipSync(utf8.subarray(0, half)), gzipSync(utf8.subarray(half))),
  ],
  ["gzip padded with zeros, as tapes and archives leave it", () => joined(gzipSync(utf8), new Uint8Array(700))],
  ["gzip that was packed by gzip again", () => gzipSync(gzipSync(utf8))],
  ["zstd that was packed by gzip", () => gzipSync(zstdCompressSync(utf8))],
  ["zstd", () => zstdCompressSync(utf8)],
  [
    "zstd of several frames",
    () => joined(zstdCompressSync(utf8.subarray(0, half)), zstdCompressSync(utf8.subarray(half))),
  ],
  ["UTF-16 little-endian", () => utf16(TEXT, true)],
  ["UTF-16 big-endian", () => utf16(TEXT, false)],
  ["UTF-16 little-endian with its mark", () => joined(new Uint8Array([0xff, 0xfe]), utf16(TEXT, true))],
  [
    "UTF-16 big-endian with its mark, in gzip",
    () => gzipSync(joined(new Uint8Array([0xfe, 0xff]), utf16(TEXT, false))),
  ],
];

for (const [what, bytes] of FILES) {
  needs(["read", "write"], `${what} is read as the text it is`, async () => {
    // Its name says nothing of it.
    const path = await Deno.makeTempFile({ suffix: ".txt" });
    try {
      await Deno.writeFile(path, bytes());
      equal(await read(path) === TEXT, true);
    } finally {
      await Deno.remove(path);
    }
  });
}

for (const [what, pack] of [["gzip", gzipSync], ["zstd", zstdCompressSync]] as const) {
  needs(["read", "write"], `${what} that is cut or damaged is an error that names the file`, async () => {
    const path = await Deno.makeTempFile();
    try {
      const whole = pack(utf8);
      await Deno.writeFile(path, whole.subarray(0, whole.length - 20));
      await rejects(
        read(path),
        new RegExp(`^RowError: ${path}: its ${what} is cut or damaged \\(.*\\); get it again$`),
      );
      const damaged = new Uint8Array(whole);
      damaged.fill(0, 20, 60);
      await Deno.writeFile(path, damaged);
      await rejects(read(path), /is cut or damaged/);
    } finally {
      await Deno.remove(path);
    }
  });
}

/** Gzip of a text, and something wrong behind it. */
const BEHIND: [what: string, bytes: () => Uint8Array, why: RegExp][] = [
  [
    "no gzip follows it",
    () => joined(gzipSync("kept"), new TextEncoder().encode("rest")),
    /what follows .* is no gzip/,
  ],
  [
    "its checksum is wrong",
    () => gzipSync("kept").map((byte, i, all) => i === all.length - 8 ? byte ^ 1 : byte),
    /checksum/,
  ],
  [
    "its length is wrong",
    () => gzipSync("kept").map((byte, i, all) => i === all.length - 4 ? byte ^ 1 : byte),
    /length/,
  ],
];

for (const [what, bytes, why] of BEHIND) {
  needs(["read", "write"], `gzip is read to its end before it is said that ${what}`, async () => {
    const path = await Deno.makeTempFile();
    try {
      await Deno.writeFile(path, bytes());
      let text = "";
      await rejects(async () => {
        for await (const piece of piecesOf(path)) text += new TextDecoder().decode(piece);
      }, why);
      equal(text, "kept");
    } finally {
      await Deno.remove(path);
    }
  });
}

Deno.test("members of gzip are told apart wherever the pieces are cut", async () => {
  const texts = ["", "a", "tulips ".repeat(20_000), "z"];
  const all = joined(...texts.map((text) => gzipSync(text)));
  async function* pieces(size: number) {
    for (let at = 0; at < all.length; at += size) yield await Promise.resolve(all.subarray(at, at + size));
  }
  for (const size of [1, 3, 17, 1000, all.length]) {
    let text = "";
    for await (const piece of gunzip(pieces(size))) text += new TextDecoder().decode(piece);
    equal(text, texts.join(""));
  }
});

needs(["read", "write"], "reading may stop before the end, and an empty file has no text", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, gzipSync(utf8));
    for await (const piece of piecesOf(path)) {
      deepEqual(piece.subarray(0, 5), utf8.subarray(0, 5));
      break;
    }
    await Deno.writeFile(path, new Uint8Array());
    equal(await read(path), "");
    await rejects(read(`${path}.nowhere`), /nowhere: no such file$/);
  } finally {
    await Deno.remove(path);
  }
});

needs(["read", "write"], "who stops at the first piece leaves no file open", async () => {
  const path = await Deno.makeTempFile();
  const open = () => [...Deno.readDirSync("/proc/self/fd")].length;
  try {
    for (const bytes of [utf8, gzipSync(utf8), zstdCompressSync(utf8), utf16(TEXT, true)]) {
      await Deno.writeFile(path, bytes);
      const before = open();
      for (let i = 0; i < 20; i++) {
        for await (const piece of piecesOf(path)) {
          ok(piece.length > 0);
          break;
        }
      }
      equal(open(), before);
    }
  } finally {
    await Deno.remove(path);
  }
});

for (const [packing, pack] of [["gzip", gzipSync], ["zstd", zstdCompressSync]] as const) {
  needs(
    ["read", "write"],
    `of a small file cut within its ${packing} all that is whole is read, then the fault`,
    async () => {
      const dir = await Deno.makeTempDir();
      try {
        const lines = Array.from(
          { length: 20_000 },
          (_, i) => `{"row":${i},"text":"${(i * 7919 % 10007).toString(36)}"}`,
        );
        const packed = pack(new TextEncoder().encode(lines.join("\n")));
        const path = `${dir}/cut.jsonl`;
        await Deno.writeFile(path, packed.subarray(0, Math.floor(packed.length * 2 / 3)));
        let text = "";
        await rejects(async () => {
          for await (const piece of piecesOf(path)) text += new TextDecoder().decode(piece);
        }, new RegExp(`its ${packing} is cut or damaged`));
        const whole = text.split("\n").slice(0, -1);
        ok(whole.length > 5000, `${whole.length} lines`);
        deepEqual(whole, lines.slice(0, whole.length));
      } finally {
        await Deno.remove(dir, { recursive: true });
      }
    },
  );
}

needs(
  ["read", "write"],
  "a small file that people write is the same text with a mark before it, and in UTF-16",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const text = '{"name":"Zoë"}';
      const wide = new Uint8Array(new Uint16Array([...`\ufeff${text}`].map((c) => c.charCodeAt(0))).buffer);
      await Deno.writeTextFile(`${folder}/plain.json`, text);
      await Deno.writeTextFile(`${folder}/marked.json`, `\ufeff${text}`);
      await Deno.writeFile(`${folder}/wide.json`, wide);
      await Deno.writeFile(`${folder}/unmarked.json`, wide.subarray(2));
      for (const name of ["plain", "marked", "wide", "unmarked"]) {
        equal(await writtenText(`${folder}/${name}.json`), text, name);
        equal(writtenTextSync(`${folder}/${name}.json`), text, name);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
