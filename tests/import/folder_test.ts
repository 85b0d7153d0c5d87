import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { loadDataset } from "../../lib/engines/mod.ts";
import { importTraces } from "../../lib/import/mod.ts";
import type { TraceRow } from "../../lib/model/mod.ts";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { conversationOf, sessionOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";
import { inTemporaryFolder, sourceOf } from "./source.ts";

const FIXTURES = decodeURIComponent(new URL("../fixtures/", import.meta.url).pathname);
const env = () => undefined;

async function rowsOf(spec: string): Promise<TraceRow[]> {
  const rows = await Array.fromAsync((await openTraces(spec)).rows());
  return rows.map((row) => {
    if (isFault(row)) throw new Error(row.fault);
    return row;
  });
}

const inFolder = (name: string, test: (folder: string) => Promise<void>) =>
  needs(["read", "write", "env", "ffi", "sys"], name, () => inTemporaryFolder(test));

/** What is said in a session's calls, and what is known of them. */
const said = (row: TraceRow) =>
  conversationOf(row).map(({ input, output, span }) => ({
    input,
    output,
    start: Date.parse(span.startTime!),
    end: Date.parse(span.endTime!),
    tokens: [span.inputTokens, span.cachedTokens, span.cacheWriteTokens, span.outputTokens, span.reasoningTokens],
    code: span.status.code === 2,
  }));

inFolder(
  "a folder that an import wrote is a source: its sessions, and their calls as they were written",
  async (folder) => {
    for (const name of ["traces_v2.parquet", "traces_v1.jsonl"]) {
      const dir = `${folder}/${name}`;
      await importTraces(await openTraces(`${FIXTURES}${name}`), dir);
      const [written, original] = [await rowsOf(dir), await rowsOf(`${FIXTURES}${name}`)];
      // An import of the folder writes the same spans again.
      await importTraces(await openTraces(dir), `${folder}/again-${name}`);
      deepEqual((await rowsOf(`${folder}/again-${name}`)).map(said), written.map(said));
      equal(written.length, original.length);
      written.forEach((row, i) => {
        deepEqual(sessionOf(row), sessionOf(original[i]!), row.sessionId);
        equal(row.metadata["max_tokens"], original[i]!.metadata["max_tokens"]);
      });
      const { sessions, info } = await loadDataset(dir, { env });
      deepEqual(sessions, written.map((row) => sessionOf(row)));
      match(info.sentence, /^\d+ sessions of the table /);
    }
  },
);

inFolder("task, trial, grades' origin, cache writes and reasoning come back from a folder", async (folder) => {
  const row = smallSession(3, { taskId: "t-7", trial: "2", recordedUsd: 0.25 });
  row.spans[0] = { ...row.spans[0]!, cachedTokens: 2, cacheWriteTokens: 3, reasoningTokens: 4, responseId: "r-1" };
  row.grades = { origin: "human", success: 0, score: 0.4, status: "wrong", agentUsd: null, benchmarkUsd: null };
  await importTraces(sourceOf([row]), folder);
  const [back] = await rowsOf(folder);
  deepEqual(sessionOf(back!), sessionOf(row));
  deepEqual(said(back!), said(row));
  equal(back!.spans[0]!.responseId, "r-1");
  deepEqual((await loadDataset(folder, { env })).sessions, [sessionOf(row)]);
});

inFolder("an import that is not finished is no source, and says how to go on", async (folder) => {
  await Deno.writeTextFile(`${folder}/import.journal`, "");
  await rejects(rowsOf(folder), /an import into this folder is not finished; run it again/);
  await rejects(loadDataset(folder, { env }), /an import into this folder is not finished/);
});

inFolder("a line of span rows that is none is set aside, and the rest is read", async (folder) => {
  await importTraces(await openTraces(`${FIXTURES}traces_v1.jsonl`), folder);
  const path = `${folder}/spans-00001.jsonl`;
  const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
  await Deno.writeTextFile(path, [lines[0], "{torn", '{"a":1}', ...lines.slice(1)].join("\n"));
  const rows = await Array.fromAsync((await openTraces(folder)).rows());
  const faults = rows.filter(isFault);
  deepEqual(faults.map(({ row }) => row), [1, 2]);
  ok(faults.every(({ fault }) => /not JSON|expected a row of a span/.test(fault)));
  equal(rows.length - faults.length, (await rowsOf(`${FIXTURES}traces_v1.jsonl`)).length);
});
