import { deepEqual, equal, rejects } from "node:assert/strict";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { estimateLines, listFiles, piecesOf, sha256OfFiles } from "../../lib/io/mod.ts";
import { inFolder as inEmptyFolder } from "../support/folder.ts";
import { needs } from "../support/needs.ts";
import { zipped } from "../sources/formats/zip.ts";

const LINE = '{"a":1}\n';
const bytes = new TextEncoder().encode(LINE);
const text = (value: string) => new TextEncoder().encode(value);

/** A folder of files of many kinds. */
function inFolder(name: string, test: (dir: string) => Promise<void>): void {
  needs(["read", "write"], name, async () => {
    const dir = await Deno.makeTempDir();
    try {
      await Deno.mkdir(`${dir}/in/deep`, { recursive: true });
      await Deno.writeFile(`${dir}/in/a.jsonl`, bytes);
      await Deno.writeFile(`${dir}/in/b.jsonl.gz`, gzipSync(bytes));
      await Deno.writeFile(`${dir}/in/deep/c.ndjson.zst`, zstdCompressSync(bytes));
      await Deno.writeFile(`${dir}/in/d.log`, text(' \n{"a": 1}'));
      await Deno.writeFile(`${dir}/in/e.json`, text("\ufeff[]"));
      await Deno.writeFile(`${dir}/in/f.parquet`, text("PAR1 and so on"));
      await Deno.writeFile(`${dir}/in/notes.md`, text("# Notes"));
      await Deno.writeFile(`${dir}/in/picture.png`, new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
      await Deno.writeFile(
        `${dir}/in/g.zip`,
        zipped({ "x/1.jsonl": LINE, "readme.txt": "hello", "t.parquet": "PAR1...", "__MACOSX/x/._1.jsonl": "\0" }),
      );
      await test(dir);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

async function read(path: string): Promise<string> {
  let all = "";
  for await (const piece of piecesOf(path)) all += new TextDecoder().decode(piece);
  return all;
}

inFolder("a folder gives what can be read in it, packed files and archives too, and names the rest", async (dir) => {
  const { files, passedOver } = await listFiles(`${dir}/in`);
  const name = (path: string) => path.slice(`${dir}/in/`.length);
  deepEqual(files.map(({ path, format }) => [name(path), format]), [
    ["a.jsonl", "jsonl"],
    ["b.jsonl.gz", "jsonl"],
    ["d.log", "jsonl"],
    ["deep/c.ndjson.zst", "jsonl"],
    ["e.json", "json"],
    ["f.parquet", "parquet"],
    ["g.zip/x/1.jsonl", "jsonl"],
  ]);
  deepEqual(passedOver.map(({ path, why }) => [name(path), why]), [
    ["g.zip/__MACOSX/x/._1.jsonl", "what macOS writes beside a file"],
    ["g.zip/readme.txt", "neither JSON nor Parquet"],
    ["g.zip/t.parquet", "Parquet inside an archive; unpack it"],
    ["notes.md", "neither JSON nor Parquet"],
    ["picture.png", "neither JSON nor Parquet"],
  ]);
  for (const { path } of files.filter(({ path }) => /a\.jsonl|\.gz|\.zst|g\.zip/.test(path))) {
    equal(await read(path), LINE);
  }
});

inFolder("a file that is named is taken, whatever its name, and an archive as a folder of its files", async (dir) => {
  deepEqual((await listFiles(`${dir}/in/notes.md`)).files, [{ path: `${dir}/in/notes.md`, format: "jsonl" }]);
  deepEqual((await listFiles(`${dir}/in/g.zip`)).files, [{ path: `${dir}/in/g.zip/x/1.jsonl`, format: "jsonl" }]);
  deepEqual((await listFiles(`${dir}/in/g.zip`, (names) => names.includes("readme.txt"))).files, [{
    path: `${dir}/in/g.zip`,
    format: "zip",
  }]);
  deepEqual((await listFiles(`${dir}/in/*.jsonl, ${dir}/in/e.json`)).files.map(({ format }) => format), [
    "jsonl",
    "json",
  ]);
});

inFolder("a folder of nothing that can be read says what is there", async (dir) => {
  await Deno.mkdir(`${dir}/other`);
  await Deno.writeTextFile(`${dir}/other/x.txt`, "hello");
  await rejects(
    listFiles(`${dir}/other`),
    /other: holds no file that can be read: .*x\.txt \(neither JSON nor Parquet\)$/,
  );
  await rejects(listFiles(`${dir}/nowhere`), /nowhere: no such file, and no file fits it as a glob/);
});

inFolder(
  "hashes are of the archive where files are in one, and lines are guessed of plain files alone",
  async (dir) => {
    const one = `${dir}/in/g.zip/x/1.jsonl`;
    equal(await sha256OfFiles([one]), await sha256OfFiles([`${dir}/in/g.zip`]));
    deepEqual(await Promise.all([`${dir}/in/a.jsonl`, `${dir}/in/b.jsonl.gz`, one].map(estimateLines)), [
      1,
      null,
      null,
    ]);
  },
);

inFolder("files of an archive are read however they are packed, and checked by their sums", async (dir) => {
  const long = LINE.repeat(50_000);
  for (const method of ["stored", "deflate", "zstd"] as const) {
    const path = `${dir}/${method}.zip`;
    const whole = zipped({ "x/1.jsonl": long, "empty.json": "" }, method);
    await Deno.writeFile(path, whole);
    equal(await read(`${path}/x/1.jsonl`) === long, true);
    equal(await read(`${path}/empty.json`), "");
    await rejects(read(`${path}/nothing.jsonl`), /\.zip\/nothing\.jsonl: no such file in the archive$/);
    // Behind the header and the name of the first file.
    await Deno.writeFile(path, whole.with(30 + "x/1.jsonl".length + 20, whole[30 + "x/1.jsonl".length + 20]! ^ 1));
    await rejects(read(`${path}/x/1.jsonl`), /x\/1\.jsonl: cannot be unpacked \(.*\); get the archive again$/);
  }
});

needs(
  ["read", "write"],
  "of an archive that is cut the files are read that are there, the last as far as it goes",
  () =>
    inEmptyFolder(async (dir) => {
      const lines = Array.from(
        { length: 4000 },
        (_, i) => `{"i":${i},"word":"${(i * 7919 % 100_003).toString(36)}"}\n`,
      );
      const whole = zipped({ "a.jsonl": LINE, "b.jsonl": lines.join("") });
      const ends = { "no directory": whole.length - 60, "half of a file": Math.floor(whole.length / 2) };
      for (const [name, end] of Object.entries(ends)) {
        const path = `${dir}/${name}.zip`;
        await Deno.writeFile(path, whole.subarray(0, end));
        const { files, passedOver } = await listFiles(path);
        deepEqual(files.map((file) => file.path), [`${path}/a.jsonl`, `${path}/b.jsonl`]);
        deepEqual(passedOver.map(({ why }) => why), ["its end, for it is cut; of its 2 files what is there is read"]);
        equal(await read(`${path}/a.jsonl`), LINE);
      }
      equal(await read(`${dir}/no directory.zip/b.jsonl`), lines.join(""));
      let some = "";
      await rejects(async () => {
        for await (const piece of piecesOf(`${dir}/half of a file.zip/b.jsonl`)) {
          some += new TextDecoder().decode(piece);
        }
      }, /half of a file\.zip\/b\.jsonl: cannot be unpacked \(.*\); get the archive again/);
      equal(lines.join("").startsWith(some) && some.length > 0, true, `${some.length} characters`);
    }),
);
