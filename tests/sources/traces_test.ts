import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { BUILT_IN, isFault, loadMapping, openTraces } from "../../lib/sources/mod.ts";
import { type TraceProgress } from "../../lib/sources/trace_stream.ts";
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
    const span = {
      spanId: "span_id",
      startTime: "start?",
      endTime: "end?",
      inputTokens: "in?",
      outputTokens: "out?",
      inputMessages: "given?",
      outputMessages: "said?",
      requestModel: "attributes.gen_ai.request.model",
    };
    const modelCall = { field: "type?", values: ["llm"], whenMissing: true };
    const own = { ...BUILT_IN.v1, name: "own", session, spans: "calls", span, modelCall, metadata: ["note?"] };
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

const OWN = {
  name: "own",
  form: "rows",
  session: { sessionId: "id", benchmark: { constant: "garden" }, harness: { constant: "spade" }, models: "model" },
  spans: "steps",
  span: {
    spanId: "id",
    startTime: "start?",
    endTime: "end?",
    inputTokens: "tokens.in",
    outputTokens: "tokens.out",
    inputMessages: "prompt",
    outputMessages: "answer",
  },
  modelCall: { field: "kind", values: ["llm"], whenMissing: false },
  metadata: "rest",
};
const ROW = {
  id: "g1",
  model: "m",
  steps: [{ id: "c0", kind: "tool" }, { id: "c1", kind: "llm", prompt: [], answer: [], tokens: { in: 5, out: 2 } }],
};

/** Opens rows under a mapping, and reads them. */
async function readAs(mapping: unknown, rows: readonly unknown[]): Promise<unknown[]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/own.json`, JSON.stringify(mapping));
    await Deno.writeTextFile(`${folder}/rows.jsonl`, rows.map((row) => JSON.stringify(row) + "\n").join(""));
    const stream = await openTraces(`${folder}/rows.jsonl`, { mapping: await loadMapping(`${folder}/own.json`) });
    return await Array.fromAsync(stream.rows());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

needs(
  ["read", "write"],
  "a name of a mapping that is nowhere is an error with the nearest name that is there",
  async () => {
    const misspelt = { ...OWN, span: { ...OWN.span, inputTokens: "tokens.inn", outputMessages: "answr" } };
    await rejects(readAs(misspelt, [ROW]), (error: Error) => {
      match(error.message, /span\.inputTokens: no model call has "tokens\.inn"; the nearest there is "tokens\.in"/);
      match(error.message, /span\.outputMessages: no model call has "answr"; the nearest there is "answer"/);
      match(
        error.message,
        /a model call has id, kind, prompt, answer, tokens, tokens\.in, tokens\.out\. Correct the mapping/,
      );
      return true;
    });
    await rejects(
      readAs({ ...OWN, session: { ...OWN.session, models: "modell" } }, [ROW]),
      /session\.models: no row has/,
    );
    await rejects(readAs({ ...OWN, spans: "stps" }, [ROW]), /spans: no row has "stps"; the nearest there is "steps"/);
    await rejects(
      readAs({ ...OWN, modelCall: { ...OWN.modelCall, field: "knd" } }, [ROW]),
      /modelCall\.field: no span has "knd"; the nearest there is "kind"/,
    );
    await rejects(readAs({ ...OWN, metadata: ["nte"] }, [{ ...ROW, note: 1 }]), /metadata: no row has "nte"; .*"note"/);
  },
);

needs(["read", "write"], "a name that some row has, be its value null, or that may be missing, is none", async () => {
  const [{ steps, ...rest }] = [ROW];
  const bare = {
    ...rest,
    steps: [{ id: "c1", kind: "llm", prompt: null, answer: [], tokens: { in: null, out: null } }],
  };
  equal((await readAs(OWN, [bare])).length, 1);
  equal((await readAs(OWN, [{ ...rest, steps: [] }, { ...rest, id: "g2", steps }])).length, 2);
  const optional = { ...OWN, span: { ...OWN.span, inputTokens: "tokens.inn?" } };
  equal((await readAs(optional, [ROW])).length, 1);
  equal(
    (await readAs(OWN, [{ ...rest, steps: [{ id: "c0", kind: "tool" }] }])).length,
    1,
    "without calls nothing is said",
  );
});

needs(
  ["read", "write"],
  "a misspelt name of a mapping is an error in CSV too, and names what is near however deep",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const calls = [{ id: "1", usage: { details: { cached: 4 } } }];
      const cell = `"${JSON.stringify(calls).replaceAll('"', '""')}"`;
      await Deno.writeTextFile(`${folder}/rows.csv`, `id,model,calls,task\nc1,m,${cell},\n`);
      const span = { spanId: "id", startTime: "a?", endTime: "b?", inputTokens: "c?", outputTokens: "d?" };
      const own = {
        ...OWN,
        session: { ...OWN.session, taskId: "task" },
        spans: "calls",
        span: { ...span, inputMessages: "e?", outputMessages: "f?", cachedTokens: "usage.details.cachd" },
        modelCall: { field: "type?", values: ["llm"], whenMissing: true },
        metadata: "rest",
      };
      const read = async (mapping: unknown) => {
        await Deno.writeTextFile(`${folder}/own.json`, JSON.stringify(mapping));
        return await openTraces(`${folder}/rows.csv`, { mapping: await loadMapping(`${folder}/own.json`) });
      };
      await rejects(read(own), /no model call has "usage.details.cachd"; the nearest there is "usage.details.cached"/);
      await read({ ...own, span: { ...own.span, cachedTokens: "usage.details.cached" } });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
