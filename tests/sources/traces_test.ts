import { deepEqual, equal, rejects } from "node:assert/strict";
import { BUILT_IN, isFault, loadMapping, openTraces, type TraceProgress } from "../../lib/sources/mod.ts";
import { STORIES } from "../fixtures/stories.ts";
import { needs } from "../support/needs.ts";

const FOLDER = decodeURIComponent(new URL("../fixtures/", import.meta.url).pathname);

needs(
  ["read"],
  "several files are one source, in the order given; an id that comes twice is passed on twice",
  async () => {
    const stream = await openTraces(`${FOLDER}traces_v1.parquet,${FOLDER}traces_v1.jsonl`);
    const ids = (await Array.fromAsync(stream.rows())).map((item) => item.sessionId);
    deepEqual(ids, [...STORIES, ...STORIES.slice(0, 2)].map((story) => story.sessionId));
  },
);

needs(["read"], "the rows of a stream can be read again", async () => {
  const stream = await openTraces(`${FOLDER}traces_otlp.json`);
  const first = await Array.fromAsync(stream.rows());
  const counted = stream.leftOut();
  deepEqual(await Array.fromAsync(stream.rows()), first);
  deepEqual(stream.leftOut(), counted);
});

needs(["read"], "progress tells of each row", async () => {
  const told: TraceProgress[] = [];
  const stream = await openTraces(`${FOLDER}traces_v2.parquet`, { onProgress: (p) => told.push(p) });
  await Array.fromAsync(stream.rows());
  deepEqual(told.map(({ rows, estimatedRows }) => [rows, estimatedRows]), [1, 2, 3, 4, 5, 6, 7].map((n) => [n, 7]));
});

needs(
  ["read"],
  "lines stand for rows in what a JSONL source is expected to hold; of OTLP nothing is expected",
  async () => {
    equal((await openTraces(`${FOLDER}traces_v1.jsonl`)).estimatedRows, 2);
    equal((await openTraces(`${FOLDER}traces_v1.jsonl,${FOLDER}traces_v1.parquet`)).estimatedRows, 2 + STORIES.length);
    equal((await openTraces(`${FOLDER}traces_otlp.json`)).estimatedRows, null);
  },
);

needs(["read"], "reading stops when it is told to", async () => {
  const stop = new AbortController();
  const stream = await openTraces(`${FOLDER}traces_v2.parquet`, { signal: stop.signal });
  await rejects(async () => {
    for await (const _ of stream.rows()) stop.abort();
  }, { name: "AbortError" });
});

needs(["read", "write"], "a user's own mapping reads columns of other names", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const session = {
      ...BUILT_IN.v1.session,
      sessionId: "conversation",
      benchmark: { constant: "mine" },
      harness: "agent.name",
    };
    const own = { ...BUILT_IN.v1, name: "own", session, spans: "calls", metadata: ["note?"] };
    await Deno.writeTextFile(`${folder}/own.json`, JSON.stringify(own));
    const spans = [{ span_id: "a", attributes: { "gen_ai.request.model": "m" } }];
    const row = { conversation: "c1", agent: { name: "h" }, models: "m", calls: spans, note: { by: "me" }, other: 1 };
    await Deno.writeTextFile(`${folder}/rows.jsonl`, JSON.stringify(row) + "\n");
    const mapping = await loadMapping(`${folder}/own.json`);
    const [read] = await Array.fromAsync((await openTraces(`${folder}/rows.jsonl`, { mapping })).rows());
    if (!read || isFault(read)) throw new Error(`expected a row, found ${JSON.stringify(read)}`);
    deepEqual([read.sessionId, read.benchmark, read.harness, read.models], ["c1", "mine", "h", ["m"]]);
    deepEqual(read.metadata, { note: { by: "me" } });
    equal(read.spans.length, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

needs(["read"], "rows of JSONL are those of the same sessions in Parquet", async () => {
  const folder = decodeURIComponent(new URL("../fixtures/", import.meta.url).pathname);
  const read = async (name: string) => await Array.fromAsync((await openTraces(folder + name)).rows());
  const fromLines = await read("traces_v1.jsonl");
  const fromParquet = (await read("traces_v1.parquet")).slice(0, fromLines.length);
  deepEqual(fromLines.filter(isFault), []);
  deepEqual(fromLines, fromParquet);
});
