import { deepEqual, equal, match } from "node:assert/strict";
import { totals, where } from "../../lib/analysis/mod.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { rowOfSession } from "../../lib/model/mod.ts";
import { readTopicLabels } from "../../lib/sources/mod.ts";
import { needs } from "../support/needs.ts";
import { ownSessions } from "../support/own.ts";
import { atl } from "../support/atl.ts";
import { inFolder } from "../support/folder.ts";

/** Failed sessions with reasons, as a table. */
async function table(folder: string, n: number): Promise<string> {
  const path = `${folder}/sessions-${n}.jsonl`;
  const reasons = ["It repeated the same search.", "The agent stopped without a final answer."];
  const rows = ownSessions(n).map((session, i) =>
    rowOfSession({ ...session, success: 0, judgeReasoning: reasons[i % 2]!, topics: null })
  );
  await Deno.writeTextFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}

needs(
  ["read", "write", "run", "env", "ffi", "sys"],
  "topics go back to the rows of an engine and of a file, new sessions without fitting anew",
  () =>
    inFolder(async (folder) => {
      const [some, more] = [await table(folder, 60), await table(folder, 80)];
      const [classes, db, labels] = [`${folder}/classes.json`, `duckdb:${folder}/t.duckdb`, `${folder}/topics.jsonl`];
      equal((await atl(["topics", "--source", some, "--keep", classes, "--runs", "0"])).code, 0);
      equal((await atl(["import", some, "--to", db])).code, 0);
      const first = await atl(["topics", "--source", db, "--model", classes, "--to", db, "--out", labels]);
      match(first.out, /60 failures labelled by .*topics of 60 sessions written/s, first.err);
      const again = await atl(["topics", "--source", db, "--model", classes, "--to", db]);
      match(again.out, /0 failures labelled by .*; 60 had topics already/);
      // Twenty sessions more: they alone are labelled, by the same classes.
      equal((await atl(["import", more, "--to", db])).code, 0);
      match(
        (await atl(["topics", "--source", db, "--model", classes, "--to", db])).out,
        /20 failures labelled by .*; 60 had/,
      );

      const held = { env: (name: string) => name === "TRACES_SESSIONS" ? "1000" : undefined };
      const inEngine = await loadDataset(db, held);
      const known = (inEngine.sessions ?? []).filter(({ topics }) => topics !== null);
      equal(known.length, 80);
      const repeated = where(inEngine, { topics: /repeated/ });
      equal(repeated.info.sessions, 40);
      equal(totals(repeated.cells).sessions, 40);

      // The same from a file, on any source.
      const read = await readTopicLabels(labels);
      equal(read.length, 60);
      const byFile = await loadDataset(some, { topics: labels });
      equal(where(byFile, { topics: /repeated/ }).info.sessions, 30);
      // A second run with the file loses nothing of it, and adds what is new.
      const written = await Deno.readTextFile(labels);
      const rerun = (source: string) =>
        atl(["topics", "--source", source, "--topics", labels, "--model", classes, "--out", labels]);
      equal((await rerun(some)).code, 0);
      equal(await Deno.readTextFile(labels), written);
      equal((await rerun(more)).code, 0);
      equal((await Deno.readTextFile(labels)).startsWith(written), true);
      equal((await readTopicLabels(labels)).length, 80);
      const dataset = await atl(["topics", "--source", some, "--to", db]);
      deepEqual([dataset.code, dataset.err.trim()], [
        2,
        "topics: --to and --again go with --model: the classes that topics --keep wrote",
      ]);
    }),
);
