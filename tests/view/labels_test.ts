import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { Label } from "../../lib/model/mod.ts";
import { openLabels } from "../../lib/view/mod.ts";
import { needs } from "../support/needs.ts";

const label = (session_id: string, rater: string, verdict: Label["verdict"] = 1): Label => ({
  session_id,
  rater,
  verdict,
  mode: null,
  comment: null,
  at: "2026-01-01T00:00:00.000Z",
  sampling_probability: null,
  stratum: null,
});

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const WRITER = `
import { openLabels } from ${JSON.stringify(new URL("../../lib/view/labels.ts", import.meta.url).href)};
const [path, rater] = Deno.args;
const book = await openLabels(path);
for (let i = 0; i < 25; i++) {
  await book.add([{ session_id: "s" + i, rater, verdict: 1, mode: null, comment: "x".repeat(200), at: new Date(i).toISOString(),
    sampling_probability: null, stratum: null }]);
}
console.log(book.all().length);
`;

needs(
  ["read", "write", "run", "env"],
  "two programs label into one file at once: nothing is lost, and each sees what the other wrote",
  () =>
    inFolder(async (folder) => {
      const [path, script] = [`${folder}/labels.jsonl`, `${folder}/writer.ts`];
      await Deno.writeTextFile(script, WRITER);
      const runs = await Promise.all(["ada", "ben"].map((rater) =>
        new Deno.Command(Deno.execPath(), {
          args: ["run", "--quiet", "-A", "--config", "deno.json", script, path, rater],
          stdout: "piped",
          stderr: "piped",
        }).output()
      ));
      for (const { code, stderr } of runs) equal(code, 0, new TextDecoder().decode(stderr));
      const lines = (await Deno.readTextFile(path)).trim().split("\n").map((line) => JSON.parse(line) as Label);
      equal(lines.length, 50);
      equal(new Set(lines.map(({ session_id, rater }) => `${session_id} ${rater}`)).size, 50);
      const seen = runs.map(({ stdout }) => Number(new TextDecoder().decode(stdout)));
      equal(Math.max(...seen), 50);
    }),
);

needs(
  ["read", "write"],
  "two books of one file, as of two tabs' servers, read each other's labels",
  () =>
    inFolder(async (folder) => {
      const path = `${folder}/labels.jsonl`;
      const [first, second] = [await openLabels(path), await openLabels(path)];
      await first.add([label("s1", "ada")]);
      await second.add([label("s2", "ben")]);
      deepEqual(second.all().map(({ session_id }) => session_id), ["s1", "s2"]);
      await first.refresh();
      deepEqual(first.all().map(({ session_id }) => session_id), ["s1", "s2"]);
      equal(await first.add([label("s2", "ben")]), 0);
      equal((await Deno.readTextFile(path)).trim().split("\n").length, 2);
    }),
);

needs(
  ["read", "write"],
  "a line torn by a kill is removed, and a line that is no label is named and stays",
  () =>
    inFolder(async (folder) => {
      const path = `${folder}/labels.jsonl`;
      const whole = JSON.stringify({ session_id: "s", rater: "me", verdict: 1, at: "2026-01-01T00:00:00Z" });
      await Deno.writeTextFile(path, `${whole}\n${whole.slice(0, 20)}`);
      const first = await openLabels(path);
      match(first.repaired ?? "", /torn/);
      equal(first.all().length, 1);
      await Deno.writeTextFile(path, `${whole}\n{"session_id": ""}\n`);
      const second = await openLabels(path);
      equal(second.all().length, 1);
      match(second.aside[0]!.message, /labels\.jsonl, row 1, field "session_id"/);
      match(await Deno.readTextFile(path), /"session_id": ""/);
    }),
);

needs(
  ["read", "write"],
  "other people's files are read beside it, whatever tool wrote them, and are not written to",
  () =>
    inFolder(async (folder) => {
      const [path, other] = [`${folder}/labels.jsonl`, `${folder}/ben.csv`];
      await Deno.writeTextFile(other, "session_id,rater,verdict\ns1,ben,solved\ns2,ben,not solved\n");
      const book = await openLabels(path, [other]);
      await book.add([label("s1", "ada", 0)]);
      deepEqual(book.of("s1").map(({ rater, verdict }) => [rater, verdict]), [["ben", 1], ["ada", 0]]);
      equal(book.latest().length, 3);
      equal((await Deno.readTextFile(path)).trim().split("\n").length, 1);
      ok((await Deno.readTextFile(other)).startsWith("session_id"));
    }),
);

needs(
  ["read", "write"],
  "a label that finds no room is not confirmed, and those before it stay",
  () =>
    inFolder(async (folder) => {
      const path = `${folder}/labels.jsonl`;
      const book = await openLabels(path);
      await book.add([label("s1", "ada")]);
      // A file that cannot be written to stands for a disk without room.
      await Deno.remove(path);
      await Deno.mkdir(path);
      await rejects(() => book.add([label("s2", "ada")]), /labels\.jsonl/);
      deepEqual(book.all().map(({ session_id }) => session_id), ["s1"]);
    }),
);
