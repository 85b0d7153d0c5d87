import assert from "node:assert/strict";
import { loadDataset } from "../../../lib/engines/mod.ts";
import { openTraces } from "../../../lib/sources/mod.ts";
import { parseServiceSpec, type ServiceOptions } from "../../../lib/sources/services/fetch.ts";
import { sessionOf } from "../../../lib/traces/mod.ts";
import { isFault } from "../../../lib/sources/mod.ts";
import type { TraceRow } from "../../../lib/model/mod.ts";
import { needs } from "../../support/needs.ts";
import { told } from "./read.ts";
import { type ServedList, type TraceService, traceService } from "./trace_service.ts";

const at = (second: number) => `2026-03-01T09:00:0${second}.000Z`;
const ask = (n: number) => ({ role: "user", content: `Question ${n}?` });
const say = (n: number) => ({ role: "assistant", content: `Answer ${n}.` });

const observation = (n: number) => ({
  id: `o${n}`,
  traceId: `t${n}`,
  sessionId: `s${n}`,
  type: "GENERATION",
  name: "chat",
  startTime: at(n),
  endTime: at(n + 1),
  providedModelName: "m-small",
  input: JSON.stringify([ask(n)]),
  output: JSON.stringify(say(n)),
  usageDetails: { input: 100 + n, output: 20, total: 120 + n },
});
const OBSERVATIONS = [0, 1, 2, 3, 4].map(observation);
const score = (id: string, rest: object) => ({
  id,
  name: "correctness",
  dataType: "NUMERIC",
  source: "ANNOTATION",
  ...rest,
});
const SCORES = [
  score("c0", { traceId: "t0", value: 1 }),
  score("c1", { traceId: "t1", value: 0, source: "EVAL" }),
  score("c2", { traceId: null, sessionId: "s2", value: 1 }),
  score("c3", { traceId: "t3", observationId: "o3", value: 1 }),
  score("c4", { traceId: "t4", name: "length", value: 12 }),
];

const LANGFUSE_ENV: Record<string, string> = { LANGFUSE_PUBLIC_KEY: "pk", LANGFUSE_SECRET_KEY: "sk" };
const langfuseKey = `Basic ${btoa("pk:sk")}`;
const langfuse = (observations: Record<string, ServedList>) =>
  traceService({
    "/api/public/projects": () => ({ data: [{ id: "p1", name: "library" }] }),
    "/api/public/v2/scores": { rows: SCORES, size: 2, paging: "langfuse pages" },
    ...observations,
  }, (headers) => headers.get("authorization") === langfuseKey);
const V2 = { "/api/public/v2/observations": { rows: OBSERVATIONS, size: 2, paging: "langfuse cursor" } as const };

interface Place {
  options: (server: TraceService, env?: Record<string, string>) => ServiceOptions;
  dir: string;
}

function inFolder(name: string, test: (place: Place) => Promise<void>): void {
  needs(["read", "write", "net"], name, async () => {
    const dir = await Deno.makeTempDir();
    try {
      await test({
        dir,
        options: ({ endpoint }, env = LANGFUSE_ENV) => ({
          cacheDir: dir,
          env: (name) =>
            ({ ...env, LANGFUSE_BASE_URL: endpoint, PHOENIX_HOST: `${endpoint}/`, LANGSMITH_ENDPOINT: endpoint })[name],
          sleep: () => Promise.resolve(),
          now: () => Date.parse("2026-03-02T00:00:00Z"),
          progress: { update: () => {}, stop: () => {} },
        }),
      });
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

async function read(spec: string, service: ServiceOptions): Promise<TraceRow[]> {
  const stream = await openTraces(spec, { service });
  const items = await Array.fromAsync(stream.rows());
  assert.deepEqual(items.filter(isFault), []);
  return items.filter((item): item is TraceRow => !isFault(item));
}

/** What was asked for, without what is asked of each. */
const paths = ({ seen }: TraceService) =>
  seen.map(({ asked }) => asked.replace(/fields=[^&]*&|limit=\d+&?|orderBy=[^&]*&/g, ""));

inFolder(
  "a project of Langfuse is read page by page, with its scores as grades of who gave them",
  async ({ options }) => {
    await using server = langfuse(V2);
    const rows = await read("langfuse:library", options(server));
    assert.deepEqual(
      rows.map((row) => told(row)).map((
        { sessionId, calls, tokens, task, answer },
      ) => [sessionId, calls, tokens, task, answer]),
      [0, 1, 2, 3, 4].map((n) => [`s${n}`, 1, [100 + n, 20, null], `Question ${n}?`, `Answer ${n}.`]),
    );
    assert.deepEqual(
      rows.map((row) => sessionOf(row, null)).map(({ officialSuccess, gradeOrigin }) => [officialSuccess, gradeOrigin]),
      [[1, "human"], [0, "judge"], [1, "human"], [null, null], [null, null]],
    );
    const before = "toStartTime=2026-03-02T00:00:00.000Z";
    assert.deepEqual(paths(server), [
      "GET /api/public/projects",
      `GET /api/public/v2/observations?${before}`,
      `GET /api/public/v2/observations?${before}&cursor=c2`,
      `GET /api/public/v2/observations?${before}&cursor=c4`,
      "GET /api/public/traces?page=1&toTimestamp=2026-03-02T00:00:00.000Z",
      ...[1, 2, 3].map((page) => `GET /api/public/v2/scores?page=${page}&toTimestamp=2026-03-02T00:00:00.000Z`),
    ]);
  },
);

inFolder(
  "a Langfuse without the second API is asked by the first, and its traces say what session they are of",
  async ({ options }) => {
    const old = OBSERVATIONS.map(({ sessionId: _, ...rest }) => rest);
    const traces = [0, 1, 2, 3, 4].map((n) => ({
      id: `t${n}`,
      sessionId: `s${n % 2}`,
      timestamp: at(n),
      observations: [`o${n}`],
    }));
    await using server = langfuse({
      "/api/public/observations": { rows: old, size: 2, paging: "langfuse pages" },
      "/api/public/traces": { rows: traces, size: 100, paging: "langfuse pages" },
    });
    const rows = await read("langfuse:library@2026-03-01..2026-03-02", options(server));
    assert.deepEqual(rows.map((row) => [row.sessionId, told(row).calls]), [["s0", 3], ["s1", 2]]);
    const between = "fromStartTime=2026-03-01T00:00:00.000Z&toStartTime=2026-03-02T00:00:00.000Z";
    assert.deepEqual(paths(server).filter((path) => path.includes("observations")), [
      `GET /api/public/v2/observations?${between}`,
      ...[1, 2, 3].map((page) => `GET /api/public/observations?page=${page}&${between}`),
    ]);
  },
);

inFolder(
  "a service that is busy or breaks off is asked again, and a copy that is whole asks nothing and needs no keys",
  async ({ options }) => {
    await using server = langfuse(V2);
    const settings = options(server);
    server.faults.push(
      new Response("", { status: 503 }),
      new Response("", { status: 429, headers: { "retry-after": "1" } }),
      new Response("{", { status: 200 }),
    );
    await read("langfuse:library", settings);
    assert.equal(
      server.seen.filter(({ asked }) => asked.includes("projects")).length,
      4,
      "three faults and an answer",
    );
    const asked = server.seen.length;
    const whole = await read("langfuse:library", {
      ...settings,
      env: (name) => name === "LANGFUSE_BASE_URL" ? server.endpoint : undefined,
    });
    assert.equal(whole.length, 5);
    assert.equal(server.seen.length, asked);
  },
);

inFolder("pages that are here are not asked for again", async ({ options }) => {
  await using server = langfuse(V2);
  const settings = options(server);
  let answers = 0;
  const failing: typeof fetch = (input, init) =>
    ++answers > 2 ? Promise.resolve(new Response("", { status: 400 })) : fetch(input, init);
  await assert.rejects(read("langfuse:library", { ...settings, fetch: failing }), /observations\?.*cursor=c2.*400/);
  const first = server.seen.length;
  assert.equal((await read("langfuse:library", settings)).length, 5);
  assert.deepEqual(
    paths(server).slice(first).filter((path) => path.includes("v2/observations")),
    ["c2", "c4"].map((cursor) =>
      `GET /api/public/v2/observations?toStartTime=2026-03-02T00:00:00.000Z&cursor=${cursor}`
    ),
  );
});

inFolder("keys of another project, no keys and wrong keys are errors that say what to set", async ({ options }) => {
  await using server = langfuse(V2);
  await assert.rejects(
    read("langfuse:shop", options(server)),
    /langfuse:shop: the keys are of "library", not of "shop"/,
  );
  await assert.rejects(
    read("langfuse:library", options(server, {})),
    /LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are needed/,
  );
  const wrong = { LANGFUSE_PUBLIC_KEY: "pk", LANGFUSE_SECRET_KEY: "no" };
  await assert.rejects(
    read("langfuse:library", options(server, wrong)),
    /401.*set LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY/,
  );
});

inFolder("keys do not follow a redirect", async ({ options }) => {
  await using other = langfuse(V2);
  await using server = langfuse(V2);
  server.faults.push(
    new Response(null, { status: 308, headers: { location: `${other.endpoint}/api/public/projects` } }),
  );
  await assert.rejects(read("langfuse:library", options(server)), /308.*set the address that it sends on to/);
  assert.deepEqual(other.seen, []);
});

inFolder("a project without a trace is an error that says so", async ({ options }) => {
  await using server = langfuse({
    "/api/public/v2/observations": { rows: [], size: 2, paging: "langfuse cursor" },
    "/api/public/v2/scores": { rows: [], size: 2, paging: "langfuse pages" },
  });
  await assert.rejects(read("langfuse:library", options(server)), /langfuse:library: there are no traces in it/);
});

const attributes = (n: number) => ({
  "openinference.span.kind": "LLM",
  "llm.model_name": "m-small",
  "llm.input_messages.0.message.role": "user",
  "llm.input_messages.0.message.content": `Question ${n}?`,
  "llm.output_messages.0.message.role": "assistant",
  "llm.output_messages.0.message.content": `Answer ${n}.`,
  "llm.token_count.prompt": 100,
  "llm.token_count.completion": 20,
});

inFolder("spans of a project of Phoenix come with what was annotated on their roots", async ({ options }) => {
  const spans = [0, 1, 2].map((n) => ({
    id: `row${n}`,
    name: "chat",
    context: { trace_id: `${n}`.repeat(32), span_id: `${n}`.repeat(16) },
    parent_id: null,
    span_kind: "LLM",
    start_time: at(n),
    end_time: at(n + 1),
    status_code: "OK",
    attributes: attributes(n),
    events: [],
  }));
  const annotation = {
    span_id: "1".repeat(16),
    name: "correctness",
    annotator_kind: "HUMAN",
    result: { label: "right", score: 1 },
  };
  await using server = traceService({
    "/v1/projects/my%20agent/spans": { rows: spans, size: 2, paging: "phoenix" },
    "/v1/projects/my%20agent/span_annotations": ({ searchParams }) => ({
      data: [annotation].filter(({ span_id }) => searchParams.getAll("span_ids").includes(span_id)),
      next_cursor: null,
    }),
  }, (headers) => headers.get("authorization") === "Bearer k");
  const rows = await read("phoenix:my agent", options(server, { PHOENIX_API_KEY: "k" }));
  assert.deepEqual(rows.map((row) => told(row).task), ["Question 0?", "Question 1?", "Question 2?"]);
  assert.deepEqual(
    rows.map((row) => sessionOf(row, null)).map(({ officialSuccess, gradeOrigin }) => [officialSuccess, gradeOrigin]),
    [[null, null], [1, "human"], [null, null]],
  );
});

inFolder("runs of a project of LangSmith are asked for by its id and the cursor of each page", async ({ options }) => {
  const runs = [0, 1, 2].map((n) => ({
    id: `r${n}`,
    trace_id: `r${n}`,
    parent_run_id: null,
    name: "chat",
    run_type: "llm",
    start_time: at(n),
    end_time: at(n + 1),
    inputs: { messages: [ask(n)] },
    outputs: { choices: [{ message: say(n) }], usage: { prompt_tokens: 100, completion_tokens: 20 } },
    extra: { metadata: { ls_model_name: "m-small" } },
    feedback_stats: n === 0 ? { correctness: { n: 1, avg: 1 } } : {},
  }));
  await using server = traceService({
    "/sessions": () => [{ id: "id-of-agent", name: "agent" }],
    "/runs/query": { rows: runs, size: 2, paging: "langsmith" },
  }, (headers) => headers.get("x-api-key") === "k" && headers.get("x-tenant-id") === "w");
  const env = { LANGSMITH_API_KEY: "k", LANGSMITH_WORKSPACE_ID: "w" };
  const rows = await read("langsmith:agent@2026-03-01..", options(server, env));
  assert.deepEqual(rows.map((row) => told(row).answer), ["Answer 0.", "Answer 1.", "Answer 2."]);
  assert.equal(sessionOf(rows[0]!, null).officialSuccess, 1);
  const [first, second] = server.seen.slice(1).map(({ body }) => JSON.parse(body));
  assert.deepEqual(first.session, ["id-of-agent"]);
  assert.equal(
    first.filter,
    'and(gte(start_time, "2026-03-01T00:00:00.000Z"), lt(start_time, "2026-03-02T00:00:00.000Z"))',
  );
  assert.deepEqual(second, { ...first, cursor: "c2" });
  await assert.rejects(read("langsmith:other", options(server, env)), /no project "other" that this key may read/);
});

inFolder("a dataset is made of a service, and says when it was copied", async ({ options }) => {
  await using server = langfuse(V2);
  const settings = options(server);
  const dataset = await loadDataset("langfuse:library", settings);
  assert.equal(dataset.sessions?.length, 5);
  const { found } = await openTraces("langfuse:library", { service: settings });
  assert.deepEqual(found.map(({ id, version }) => [id, version]), [["langfuse", "as of 2026-03-02T00:00:00.000Z"]]);
});

Deno.test("a source of a service names a project, and a time where it does not mean all of it", () => {
  const spec = (text: string) => {
    const { service, ...rest } = parseServiceSpec(text)!;
    return { service: service.id, ...rest };
  };
  assert.deepEqual(spec("langfuse:a b"), { service: "langfuse", project: "a b", from: null, to: null });
  assert.deepEqual(spec("phoenix:me@home"), { service: "phoenix", project: "me@home", from: null, to: null });
  assert.deepEqual(spec("langsmith:x@2026-01-31.."), {
    service: "langsmith",
    project: "x",
    from: "2026-01-31T00:00:00.000Z",
    to: null,
  });
  for (const text of ["langfuse:", "langfuse:x@..", "langfuse:x@yesterday..", "langfuse:x@2026-13-01..2026-01-01"]) {
    assert.throws(() => parseServiceSpec(text), /expected langfuse:PROJECT or langfuse:PROJECT@FROM\.\.TO/, text);
  }
  assert.equal(parseServiceSpec("traces.jsonl"), null);
});
