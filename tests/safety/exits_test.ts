import assert from "node:assert/strict";
import { join } from "node:path";
import { folderRows, openJournal, pushRows, recordOfSession } from "../../lib/braintrust/mod.ts";
import { insertRows } from "../../lib/braintrust/insert.ts";
import { spanRowsToOtlp } from "../../lib/braintrust/otlp.ts";
import { loadDataset, openSink } from "../../lib/engines/mod.ts";
import { importTraces } from "../../lib/import/mod.ts";
import { DEFAULT_RETRIES, systemClock } from "../../lib/io/mod.ts";
import { judgeSessions, RUBRICS, transcriptPage } from "../../lib/judge/mod.ts";
import { transcriptOf } from "../../lib/judge/transcript/transcript.ts";
import type { TraceRow } from "../../lib/model/mod.ts";
import { redactNames } from "../../lib/traces/mod.ts";
import { failure, shown } from "../../tasks/say.ts";
import { loadTraces } from "../../tasks/import/load.ts";
import { report, reportHtml } from "../../lib/report/mod.ts";
import { withServer } from "../braintrust/given.ts";
import { sourceOf } from "../import/source.ts";
import { needs } from "../support/needs.ts";
import { calls, returns, says, session, span } from "../support/sessions.ts";
import { corpus, leaks, type Sample } from "../traces/redaction/corpus.ts";

/** One sample of every rule: how it may begin is the matter of other tests. */
const SAMPLES: readonly Sample[] = [...new Map(corpus().map((sample) => [sample.rule.id, sample])).values()];

/** A session that holds a secret wherever a source can put text: ids, names, messages, tools, answers, metadata. */
function leaking({ lead, secret }: Sample, i: number): TraceRow {
  const text = `${lead}${secret}`;
  const task = [says("system", `Be careful. ${text}`), says("user", `Task ${i}: use ${text} to log in.`)];
  const call = calls(`c ${text}`, `look ${text}`, { key: text, [`k ${text}`]: [text] });
  const result = returns(`c ${text}`, `error: ${text}`);
  const over = {
    traceId: `t ${text}`,
    name: `chat ${text}`,
    requestModel: `m ${text}`,
    responseModel: `m ${text}`,
    responseId: `r ${text}`,
    finishReasons: [text],
    toolDefinitions: JSON.stringify([{ name: `look ${text}`, description: text }]),
    systemInstructions: JSON.stringify([{ type: "text", content: text }]),
    status: { code: 2, message: `refused: ${text}` },
  };
  return session([
    span(2 * i, task, [call], { ...over, spanId: `a ${text}` }),
    span(2 * i + 1, [...task, call, result], [says("assistant", `Done with ${text}`)], {
      ...over,
      spanId: `b ${text}`,
    }),
  ], {
    sessionId: `run_${i} ${text}`,
    benchmark: i % 2 ? `b ${text}` : "library",
    harness: i % 3 ? `h ${text}` : "loop",
    models: [`m ${text}`],
    taskId: `task ${text}`,
    trial: text,
    run: `night ${text}`,
    grades: {
      origin: "official",
      success: i % 2 ? 1 : 0,
      score: 1,
      status: text,
      agentUsd: null,
      benchmarkUsd: null,
    },
    metadata: { note: text, [`key ${text}`]: { deep: [text] } },
  });
}

const faultOf = ({ lead, secret }: Sample, row: number) => ({
  fault: `expected a count, found "${lead}${secret}"`,
  source: "invented",
  row,
  sessionId: `broken ${lead}${secret}`,
});

const items = SAMPLES.flatMap((sample, i) => [leaking(sample, i), ...i % 10 === 0 ? [faultOf(sample, i)] : []]);

const LENGTH = 10;
/** Pieces of what is random in the samples, each with its rule. */
const PIECES = new Map(
  SAMPLES.flatMap(({ body, rule }) =>
    Array.from({ length: Math.max(0, body.length - LENGTH + 1) }, (_, i) => body.slice(i, i + LENGTH))
      .filter((piece) => new Set(piece).size > 3).map((piece) => [piece, rule.id] as const)
  ),
);

/** Rules of which ten characters in a row still stand in a text. */
function found(text: string): string[] {
  const ids = new Set<string>();
  for (let i = 0; i + LENGTH <= text.length; i++) {
    const id = PIECES.get(text.slice(i, i + LENGTH));
    if (id !== undefined) ids.add(id);
  }
  return [...ids].sort();
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function textOf(folder: string): Promise<string> {
  let text = "";
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile) text += new TextDecoder("latin1").decode(await Deno.readFile(join(folder, name)));
  }
  return text;
}

Deno.test("the samples themselves are found by the search, so that finding nothing means something", () => {
  // A few are too short to be told from other text, or share their random part with another rule's.
  assert.ok(found(JSON.stringify(SAMPLES.map(({ secret }) => secret))).length > 310);
});

needs(
  ["read", "write"],
  "no secret is in any file of an import, its tables read as tables; all are counted",
  () =>
    inFolder(async (folder) => {
      const manifest = await importTraces(sourceOf(items), folder);
      assert.equal(manifest.sessions, SAMPLES.length);
      assert.deepEqual(found(await textOf(folder)), []);
      const dataset = await loadDataset(join(folder, "sessions.parquet"));
      assert.deepEqual(found(JSON.stringify(dataset)), []);
      assert.equal(new Set(dataset.sessions!.map(({ sessionId }) => sessionId)).size, SAMPLES.length);
      assert.ok(Object.keys(manifest.redacted).length > 150);
    }),
);

needs(
  ["read", "write", "ffi", "sys"],
  "no secret is in an engine, its texts loaded too",
  () =>
    inFolder(async (folder) => {
      const path = join(folder, "s.duckdb");
      const sink = await openSink(`duckdb:${path}`);
      const faults: unknown[] = [];
      await loadTraces(sourceOf(items), sink, { texts: true, onFault: (fault) => faults.push(fault) });
      await sink.close();
      assert.deepEqual(found(JSON.stringify(faults)), []);
      const { DuckDBInstance } = await import("@duckdb/node-api");
      const instance = await DuckDBInstance.create(path);
      const connection = await instance.connect();
      for (const table of ["sessions", "spans"]) {
        const rows = (await connection.runAndReadAll(`SELECT * FROM ${table}`)).getRowsJson();
        assert.ok(rows.length >= SAMPLES.length);
        assert.deepEqual(found(JSON.stringify(rows)), []);
      }
      connection.closeSync();
      instance.closeSync();
    }),
);

withServer("no secret is sent to a service: rows that an older version wrote, records, OTLP", {}, async (given) => {
  const { client, project, dir, server } = given;
  await inFolder(async (folder) => {
    await importTraces(sourceOf(items), folder);
    // As somebody else's program would have written it: the secrets still in it.
    const [first = ""] = (await Deno.readTextFile(join(folder, "spans-00001.jsonl"))).split("\n");
    const row = JSON.parse(first) as Record<string, unknown>;
    const lines = SAMPLES.map(({ lead, secret }) =>
      JSON.stringify({ ...row, input: `${lead}${secret}`, metadata: { session_id: `s ${lead}${secret}` } })
    );
    await Deno.writeTextFile(join(dir, "spans-00001.jsonl"), `${lines.join("\n")}\n`);
  });
  const rows = await Array.fromAsync(folderRows(dir));
  assert.deepEqual(found(JSON.stringify(spanRowsToOtlp(rows.map(({ row }) => row)))), []);
  assert.deepEqual(found(JSON.stringify(rows.map(({ row }) => recordOfSession(row)))), []);
  const journal = await openJournal(given.journal, project.id);
  try {
    await pushRows(folderRows(dir), (batch) => insertRows(client, { projectLogs: project.id }, batch), journal);
  } finally {
    journal.close();
  }
  assert.ok(server.seen.some(({ path }) => path.endsWith("/insert")));
  assert.deepEqual(found(JSON.stringify(server.seen)), []);
  assert.deepEqual(found(await Deno.readTextFile(given.journal)), []);
});

needs(
  ["read", "write"],
  "no secret is in what a judge is asked, in what is kept of its answers, or on a page",
  () =>
    inFolder(async (folder) => {
      const asked: string[] = [];
      const some = items.filter((_, i) => i % 4 === 0);
      await judgeSessions(() => sourceOf(some).rows() as never, {
        out: join(folder, "verdicts.jsonl"),
        plan: {
          judges: ["gpt-4.1"],
          otherJudge: null,
          rubricSets: [RUBRICS],
          repeats: 1,
          budgetTokens: 4000,
          where: {},
          sample: null,
          limit: null,
          callRules: [],
          price: () => null,
          expectedOutputTokens: 100,
        } as never,
        run: {
          ask: (request) => {
            asked.push(JSON.stringify(request));
            // A judge that repeats what it finds, and has a secret of its own to tell.
            const { secret, lead } = SAMPLES[asked.length % SAMPLES.length]!;
            const text = JSON.stringify({
              reasoning: `It used ${lead}${secret}`,
              evidence: [1],
              success: 0,
              confidence: "high",
            });
            return Promise.resolve({
              text,
              refusal: null,
              cut: false,
              model: "gpt-4.1",
              dialect: null,
              inputTokens: 1,
              cachedTokens: null,
              outputTokens: 1,
            });
          },
          clock: systemClock,
          random: () => 0.5,
          retries: DEFAULT_RETRIES,
          maxOutputTokens: 500,
          price: () => null,
          concurrency: 4,
          maxUsd: null,
          stop: new AbortController().signal,
          maxFailuresInRow: 20,
        },
        confirm: () => Promise.resolve(true),
        notice: () => {},
      });
      assert.ok(asked.length > 50);
      assert.deepEqual(found(asked.join("\n")), []);
      assert.deepEqual(found(await textOf(folder)), []);
      const pages = SAMPLES.map((sample, i) => {
        const { row } = redactNames(leaking(sample, i));
        return transcriptPage(row.sessionId, transcriptOf(row), [], `solved ${sample.lead}${sample.secret}`);
      });
      assert.deepEqual(found(pages.join("\n")), []);
    }),
);

needs(["read", "write"], "no secret is in the report of a table that others wrote", () =>
  inFolder(async (folder) => {
    const path = join(folder, "sessions.jsonl");
    await importTraces(sourceOf(items.slice(0, 60)), join(folder, "clean"));
    const { sessions } = await loadDataset(join(folder, "clean", "sessions.parquet"));
    const { rowOfSession } = await import("../../lib/model/mod.ts");
    const lines = sessions!.map((one, i) => {
      const text = `${SAMPLES[i]!.lead}${SAMPLES[i]!.secret}`;
      return JSON.stringify(
        rowOfSession({ ...one, harness: `h ${text}`, deployment: text, model: text, judgeReasoning: text }),
      );
    });
    await Deno.writeTextFile(path, lines.join("\n"));
    const dataset = await loadDataset(path);
    const html = await reportHtml(await report(dataset));
    assert.deepEqual(found(html), []);
    assert.deepEqual(found(JSON.stringify(dataset)), []);
  }));

Deno.test("no secret is in what a command says, and none in what it says when it fails", () => {
  for (const sample of SAMPLES) {
    const text = `${sample.lead}${sample.secret}`;
    assert.ok(!leaks(shown(text), sample));
    assert.ok(!leaks(failure("import", new Error(`found "${text}"`)), sample));
  }
});

Deno.test("what the runtime colours is told without its colours, and what a file brings is shown, not sent", () => {
  const coloured = new TypeError('Relative import path "\u001b[0m\u001b[33mx\u001b[0m" not there');
  assert.equal(failure("view", coloured), 'view: Relative import path "x" not there');
  assert.equal(failure("view", new Error("a\u001b]0;title\u0007b")).includes("\u001b"), false);
});
