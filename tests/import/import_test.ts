import assert from "node:assert/strict";
import { type ImportSource, importTraces } from "../../lib/import/mod.ts";
import { openTraces } from "../../lib/sources/mod.ts";
import { fileBuffer } from "../../lib/sources/parquet/file.ts";
import { needs } from "../support/needs.ts";
import { span, traceRow } from "../traces/rows.ts";
import { aRow, filesOf, inTemporaryFolder, sourceOf } from "./source.ts";

const rows = Array.from({ length: 12 }, (_, i) => aRow(i, 1 + i % 4));
const fault = { fault: "spans: expected a list, found 7", source: "a.parquet", row: 3, sessionId: "run_x" };

needs(
  ["read", "write"],
  "importTraces writes rows, the table, what was set aside and the counts",
  () =>
    inTemporaryFolder(async (dir) => {
      const manifest = await importTraces(sourceOf([...rows, fault]), dir);
      const files = await filesOf(dir);
      assert.deepEqual(Object.keys(files), [
        "manifest.json",
        "sessions.parquet",
        "set-aside.jsonl",
        "spans-00001.jsonl",
      ]);
      const lines = files["spans-00001.jsonl"]!.trimEnd().split("\n").map((line) => JSON.parse(line));
      assert.equal(lines.length, 12 + 30);
      assert.deepEqual([manifest.sessions, manifest.calls, manifest.rows], [12, 30, 42]);
      assert.equal(manifest.bytes, files["spans-00001.jsonl"]!.length);
      assert.deepEqual(manifest.leftOut, {
        setAside: { unreadable: 1 },
        reasons: [{ rows: 1, first: fault.fault }],
        passedOver: [],
        exactDuplicates: 0,
        withinRows: { "spans that are not model calls": 13 },
      });
      assert.deepEqual(JSON.parse(files["set-aside.jsonl"]!), {
        source: "a.parquet",
        row: 3,
        sessionId: "run_x",
        reason: fault.fault,
        kind: "unreadable",
      });
      assert.deepEqual(JSON.parse(files["manifest.json"]!), manifest);
    }),
);

needs(
  ["read", "write"],
  "span files are rotated between rows, and only a row larger than the limit exceeds it",
  () =>
    inTemporaryFolder(async (dir) => {
      const { files } = await importTraces(sourceOf(rows), dir, { rotateBytes: 4000 });
      const parts = files.filter((file) => file.rows === "spans");
      assert.ok(parts.length > 3);
      for (const { name, bytes } of parts) {
        const lines = (await Deno.readTextFile(`${dir}/${name}`)).trimEnd().split("\n");
        assert.ok(bytes <= 4000 || lines.length === 1);
        for (const line of lines) JSON.parse(line);
      }
      await importTraces(sourceOf(rows), `${dir}/whole`);
      const joined = (await Promise.all(parts.map(({ name }) => Deno.readTextFile(`${dir}/${name}`)))).join("");
      assert.equal(joined, await Deno.readTextFile(`${dir}/whole/spans-00001.jsonl`));
    }),
);

needs(
  ["read", "write"],
  "a session id that comes again is an exact duplicate or set aside, also across span files",
  () =>
    inTemporaryFolder(async (dir) => {
      const again = [...rows, rows[3]!, aRow(4, 1, "something else"), rows[11]!, aRow(5, 3)];
      const { sessions, leftOut } = await importTraces(sourceOf(again), dir, { rotateBytes: 3000 });
      assert.equal(sessions, 12);
      assert.deepEqual([leftOut.exactDuplicates, leftOut.setAside], [2, { "same id, other content": 2 }]);
      const aside = (await Deno.readTextFile(`${dir}/set-aside.jsonl`)).trimEnd().split("\n").map((line) =>
        JSON.parse(line)
      );
      assert.deepEqual(aside.map(({ sessionId, row }) => [sessionId, row]), [["run_4", 13], ["run_5", 15]]);
    }),
);

needs(
  ["read", "write"],
  "--limit imports that many sessions, faults not counted",
  () =>
    inTemporaryFolder(async (dir) => {
      const { sessions, leftOut } = await importTraces(sourceOf([rows[0]!, fault, rows[1]!, rows[2]!, fault]), dir, {
        limit: 3,
      });
      assert.deepEqual([sessions, leftOut.setAside], [3, { unreadable: 1 }]);
    }),
);

needs(
  ["read", "write"],
  "what is malformed, redacted, dropped or not known is counted in the manifest",
  () =>
    inTemporaryFolder(async (dir) => {
      const odd = traceRow([
        span({
          inputMessages: "[cut off",
          outputMessages: '[{"role":"assistant","content":"\\ud800"},7]',
          inputTokens: 3,
        }),
        span({ toolDefinitions: JSON.stringify("t".repeat(300)), outputTokens: 3, inputTokens: 1 }),
      ], { totalTokens: 99, metadata: { note: "AKIA" + "ABCD2345".repeat(2) } });
      const manifest = await importTraces(sourceOf([odd, aRow(2, 2)]), dir, { maxMetadataBytes: 100 });
      assert.deepEqual(manifest.malformed, { "lone surrogate": 1, "not JSON": 1, "not a message": 1 });
      assert.deepEqual(manifest.redacted, { aws: 1 });
      assert.deepEqual(manifest.droppedMetadata, { tools: { times: 1, bytes: 302 } });
      assert.deepEqual(manifest.unknown, {
        callsWithoutTimes: 2,
        sessionsWithoutTimes: 1,
        sessionsWithoutModel: 0,
        sessionsWithoutGrade: 2,
        callsWithoutTokens: 1,
        totalsStatedOtherwise: 1,
      });
    }),
);

needs(
  ["read", "write"],
  "an import that is finished is not done again, and another one does not overwrite it unforced",
  () =>
    inTemporaryFolder(async (dir) => {
      const manifest = await importTraces(sourceOf(rows), dir);
      assert.deepEqual(await importTraces(sourceOf([]), dir), manifest);
      const other: ImportSource = { ...sourceOf(rows.slice(2)), sha256: () => Promise.resolve("1".repeat(64)) };
      await assert.rejects(importTraces(other, dir), /holds the import of invented .* --force/);
      await assert.rejects(importTraces(sourceOf(rows), dir, { limit: 2 }), /holds the import/);
      await Deno.writeTextFile(`${dir}/mine.txt`, "kept");
      assert.equal((await importTraces(other, dir, { force: true })).sessions, 10);
      assert.deepEqual(Object.keys(await filesOf(dir)), [
        "manifest.json",
        "mine.txt",
        "sessions.parquet",
        "spans-00001.jsonl",
      ]);
    }),
);

needs(
  ["read", "write"],
  "an unfinished import of another source, and a folder in use, are refused",
  () =>
    inTemporaryFolder(async (dir) => {
      await assert.rejects(importTraces(sourceOf(rows, 5), dir), /the connection was lost/);
      const other: ImportSource = { ...sourceOf(rows), sha256: () => Promise.resolve("1".repeat(64)) };
      await assert.rejects(importTraces(other, dir), /unfinished import of invented/);
      const slow = sourceOf(rows);
      const waiting = Promise.withResolvers<void>();
      const held = importTraces({
        ...slow,
        async *rows() {
          await waiting.promise;
          yield* slow.rows();
        },
      }, dir);
      try {
        await new Promise((resolve) => setTimeout(resolve, 50));
        await assert.rejects(importTraces(sourceOf(rows), dir), /is being written there/);
      } finally {
        waiting.resolve();
        await held;
      }
      await Deno.remove(`${dir}/manifest.json`);
      await assert.rejects(importTraces(sourceOf(rows), dir), /spans-00001.jsonl is there without a manifest.json/);
    }),
);

needs(
  ["read", "write"],
  "a source without sessions gives an empty table that can be read",
  () =>
    inTemporaryFolder(async (dir) => {
      const manifest = await importTraces(sourceOf([fault]), dir);
      assert.deepEqual([manifest.sessions, manifest.rows, manifest.files.length], [0, 0, 2]);
      assert.ok(fileBuffer(`${dir}/sessions.parquet`).byteLength > 0);
    }),
);

const broken: { name: string; lines: string[]; sessions: number; setAside: number; reason?: RegExp }[] = [
  { name: "a line that is not JSON", lines: [line(1), "{oops", line(2)], sessions: 2, setAside: 1, reason: /JSON/ },
  { name: "a line that is no object", lines: [line(1), "7"], sessions: 1, setAside: 1 },
  {
    name: "spans that are no list",
    lines: [line(1), line(2, { spans: 7 })],
    sessions: 1,
    setAside: 1,
    reason: /spans/,
  },
  {
    name: "a missing session id",
    lines: [line(1), line(2, { session_id: null })],
    sessions: 1,
    setAside: 1,
    reason: /session/,
  },
  { name: "a session id twice, the same", lines: [line(1), line(1)], sessions: 1, setAside: 0 },
  {
    name: "a session id twice, other content",
    lines: [line(1), line(1, {}, "x")],
    sessions: 1,
    setAside: 1,
    reason: /was there before/,
  },
  { name: "messages that are not JSON", lines: [line(1, {}, "[{")], sessions: 1, setAside: 0 },
  { name: "no spans", lines: [line(1, { spans: [] }), line(2)], sessions: 2, setAside: 0 },
];

function line(i: number, columns: Record<string, unknown> = {}, input = "[]"): string {
  const attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "m",
    "gen_ai.usage.input_tokens": 3,
    "gen_ai.usage.output_tokens": 4,
    "gen_ai.input.messages": input,
    "gen_ai.output.messages": "[]",
    "gen_ai.tool.definitions": null,
  };
  const spans = [{
    trace_id: null,
    span_id: "s",
    parent_span_id: null,
    name: "chat",
    kind: "CLIENT",
    type: "llm_call",
    start_time: "2026-01-01T00:00:00Z",
    end_time: "2026-01-01T00:00:01Z",
    status: { code: 1, message: "" },
    attributes,
  }];
  const row = {
    session_id: `run_${i}`,
    harness: "h",
    benchmark: "b",
    models: ["m"],
    collected_at: null,
    max_tokens: 1,
  };
  return JSON.stringify({ ...row, total_tokens: 7, spans, ...columns });
}

for (const { name, lines, sessions, setAside, reason } of broken) {
  needs(["read", "write", "env", "sys"], `bad rows: ${name}`, () =>
    inTemporaryFolder(async (dir) => {
      await Deno.writeTextFile(`${dir}/rows.jsonl`, `${lines.join("\n")}\n`);
      const manifest = await importTraces(await openTraces(`${dir}/rows.jsonl`), `${dir}/out`);
      const aside = Object.values(manifest.leftOut.setAside).reduce((sum, n) => sum + n, 0);
      assert.deepEqual([manifest.sessions, aside], [sessions, setAside]);
      if (reason) assert.match(JSON.parse(await Deno.readTextFile(`${dir}/out/set-aside.jsonl`)).reason, reason);
    }));
}
