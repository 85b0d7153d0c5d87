import { deepEqual, equal, rejects } from "node:assert/strict";
import { messagesText, type TraceRow, type Verdict } from "../../lib/model/mod.ts";
import type { EngineSink } from "../../lib/engines/mod.ts";
import type { TraceFault } from "../../lib/sources/mod.ts";
import type { LoadCounts } from "../../tasks/import/load.ts";
import { needs } from "../support/needs.ts";
import { duckDb } from "../support/engines.ts";
import { smallSession } from "../support/sessions.ts";
import { judgeVerdict } from "../support/verdict.ts";

const ALL = ["read", "write", "net", "env", "ffi", "sys", "run"] as const;
const rowsOf = (items: readonly (TraceRow | TraceFault)[]) => ({
  async *rows() {
    yield* items;
  },
});
const sessions = Array.from({ length: 25 }, (_, i) => smallSession(i));

function onDuckDb(name: string, test: (spec: string, folder: string) => Promise<void>): void {
  needs([...ALL], name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(`duckdb:${folder}/t.duckdb`, folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

const counts = (over: Partial<LoadCounts>): LoadCounts => ({
  notes: { leftOut: {}, unreadable: {}, repaired: {}, unknown: {} },
  sessions: 0,
  spans: 0,
  there: 0,
  judged: 0,
  faults: 0,
  redacted: {},
  ...over,
});

async function content(spec: string): Promise<unknown> {
  const { openDuckDb } = await import("../../lib/engines/duckdb/duckdb.ts");
  const engine = await openDuckDb(spec.slice("duckdb:".length));
  try {
    return [
      await engine.rows("SELECT * FROM sessions ORDER BY ALL"),
      await engine.rows("SELECT * FROM spans ORDER BY ALL"),
    ];
  } finally {
    await engine.close();
  }
}

async function load(spec: string, items: readonly (TraceRow | TraceFault)[], over: object = {}) {
  const { openSink } = await import("../../lib/engines/mod.ts");
  const { loadTraces } = await import("../../tasks/import/load.ts");
  const sink = await openSink(spec);
  try {
    return await loadTraces(rowsOf(items), "add" in over ? { ...sink, ...over } as EngineSink : sink, {
      batchSessions: 10,
      ...over,
    });
  } finally {
    await sink.close();
  }
}

onDuckDb("sessions and spans are loaded once; a second load changes nothing", async (spec) => {
  deepEqual(await load(spec, sessions), counts({ sessions: 25, spans: 75, there: 0, judged: 0, faults: 0 }));
  const before = await content(spec);
  deepEqual(await load(spec, sessions), counts({ sessions: 0, spans: 0, there: 25, judged: 0, faults: 0 }));
  deepEqual(await content(spec), before);
});

onDuckDb("an id that comes twice in a source counts once, and what cannot be read is counted", async (spec) => {
  const fault: TraceFault = { fault: "torn", source: "s", row: 1, sessionId: null };
  const faults: string[] = [];
  const found = await load(spec, [sessions[0]!, fault, sessions[0]!, sessions[1]!], {
    onFault: (f: TraceFault) => faults.push(f.fault),
  });
  deepEqual(found, counts({ sessions: 2, spans: 6, there: 1, judged: 0, faults: 1 }));
  deepEqual(faults, ["torn"]);
});

onDuckDb(
  "a load that breaks off between spans and sessions goes on, and ends as one that never did",
  async (spec, folder) => {
    const { openSink } = await import("../../lib/engines/mod.ts");
    const { loadTraces } = await import("../../tasks/import/load.ts");
    const sink = await openSink(spec);
    let writes = 0;
    const breaking = {
      ...sink,
      add: (table: string, rows: never) => {
        // The third batch's spans arrive, its sessions do not.
        if (++writes === 6) throw new Error("the power went");
        return sink.add(table as "sessions", rows);
      },
    };
    await rejects(loadTraces(rowsOf(sessions), breaking as EngineSink, { batchSessions: 10 }), /the power went/);
    equal(await sink.count("sessions"), 20);
    equal(await sink.count("spans"), 75);
    await sink.close();
    deepEqual(await load(spec, sessions), counts({ sessions: 5, spans: 0, there: 20, judged: 0, faults: 0 }));
    await load(`duckdb:${folder}/undisturbed.duckdb`, sessions);
    deepEqual(await content(spec), await content(`duckdb:${folder}/undisturbed.duckdb`));
  },
);

onDuckDb("spans come without their texts unless asked, secrets redacted when asked", async (spec, folder) => {
  const secret = "sk-ant-api03-" + "a1B2c3D4".repeat(8);
  const leaking = smallSession(1);
  leaking.spans[0]!.inputMessages = messagesText(leaking.spans[0]!.inputMessages)!.replace(
    "librarian",
    `librarian. Key: ${secret}`,
  );
  await load(spec, [leaking]);
  const [, bare] = await content(spec) as Record<string, unknown>[][];
  deepEqual(
    bare!.map((row) => [row["input"], row["output"], row["metadata"]]),
    [0, 1, 2].map(() => [null, null, null]),
  );
  await load(`duckdb:${folder}/texts.duckdb`, [leaking], { texts: true });
  const [, full] = await content(`duckdb:${folder}/texts.duckdb`) as Record<string, unknown>[][];
  const texts = full!.map((row) => `${row["input"]}${row["output"]}${row["metadata"]}`).join();
  equal(texts.includes("find the 1th book"), true);
  equal(texts.includes(secret), false);
});

onDuckDb("at most as many sessions as asked are read", async (spec) => {
  deepEqual(await load(spec, sessions, { limit: 12 }), counts({ sessions: 12, spans: 36 }));
});

onDuckDb("tables of another version, or that something else made, are not written to", async (spec, folder) => {
  await load(spec, sessions.slice(0, 1));
  await duckDb(`${folder}/t.duckdb`, "UPDATE schema_version SET version = 99");
  await rejects(load(spec, sessions), /holds tables of version 99, this writes 4; they can still be read/);
  await duckDb(`${folder}/other.duckdb`, "CREATE TABLE sessions (i INT)");
  await rejects(load(`duckdb:${folder}/other.duckdb`, sessions), /a table of sessions or spans that this did not make/);
});

onDuckDb("verdicts come with the sessions, and later ones take their place and nobody else's", async (spec, folder) => {
  const { loadDataset } = await import("../../lib/engines/mod.ts");
  const { panelVerdicts } = await import("../../lib/judge/mod.ts");
  const verdictsOf = (ids: readonly string[], success: Verdict) =>
    panelVerdicts(ids.map((id) => judgeVerdict(id, success))).map((panel) => [panel.sessionId, panel] as const);
  const ids = sessions.map(({ sessionId }) => sessionId);
  const first = new Map([...verdictsOf(ids.slice(0, 5), 1), ...verdictsOf(ids.slice(5, 12), 0)]);
  deepEqual(
    await load(spec, sessions.slice(0, 15), { verdicts: first }),
    counts({ sessions: 15, spans: 45, unknown: 0 }),
  );
  const untouched = await content(spec);
  deepEqual(await load(spec, sessions.slice(0, 15), { verdicts: first }), counts({ there: 15, unknown: 0 }));
  deepEqual(await content(spec), untouched);
  // Two are judged again, one of them cannot be told now; one gets its first verdict; ten are new, two of them judged.
  const second = new Map([
    ...first,
    ...verdictsOf(ids.slice(0, 1), 0),
    ...verdictsOf(ids.slice(5, 6), null),
    ...verdictsOf(ids.slice(14, 17), 1),
  ]);
  deepEqual(
    await load(spec, sessions, { verdicts: second }),
    counts({ sessions: 10, spans: 30, there: 15, judged: 3, unknown: 0 }),
  );
  const read = (await loadDataset(spec, { env: () => undefined })).sessions!;
  const bySession = new Map(read.map((session) => [session.sessionId, session]));
  const graded = (from: number, to?: number) => sessions.slice(from, to).map(({ grades }) => grades?.success ?? null);
  deepEqual(
    ids.map((id) => bySession.get(id)!.success),
    [0, 1, 1, 1, 1, null, 0, 0, 0, 0, 0, 0, ...graded(12, 14), 1, 1, 1, ...graded(17)],
  );
  equal(bySession.get(ids[16]!)!.judgeReasoning, "It gave the title.");
  equal(bySession.get(ids[12]!)!.judgeModel, null);
  // Loaded at once it is the same.
  await load(`duckdb:${folder}/once.duckdb`, sessions, { verdicts: second });
  deepEqual(await content(spec), await content(`duckdb:${folder}/once.duckdb`));
});

onDuckDb("a verdict changes the verdict of a session that is there and nothing else of it", async (spec) => {
  const { loadDataset } = await import("../../lib/engines/mod.ts");
  const { panelVerdicts } = await import("../../lib/judge/mod.ts");
  await load(spec, sessions.slice(0, 3));
  const read = async () => (await loadDataset(spec, { env: () => undefined })).sessions!;
  const before = await read();
  // The same ids from a source that knows less of them, and verdicts on sessions that it does not have.
  const poorer = sessions.slice(0, 3).map((row) => ({ ...row, spans: row.spans.slice(0, 1) }));
  const panels = panelVerdicts(
    [...sessions.slice(0, 3).map((row) => row.sessionId), "nobody", "else"].map((id) =>
      judgeVerdict(id, 0, { reasoning: "cut \ud83d", failingCall: 2, failingQuote: "It gave up." })
    ),
  );
  const verdicts = new Map(panels.map((panel) => [panel.sessionId, panel]));
  deepEqual(await load(spec, poorer, { verdicts }), counts({ there: 3, judged: 3, unknown: 2 }));
  const judged = {
    success: 0,
    judgeModel: "gpt-4.1",
    judgeConfidence: "high",
    judgeReliability: "medium",
    judgeFailingCall: 2,
    judgeFailingQuote: "It gave up.",
  };
  deepEqual(await read(), before.map((session) => ({ ...session, ...judged, judgeReasoning: "cut \ufffd" })));
  deepEqual(await load(spec, poorer, { verdicts }), counts({ there: 3, unknown: 2 }));
});

onDuckDb("deno task import --to loads files of traces, tables of sessions and the replica", async (spec, folder) => {
  const task = decodeURIComponent(new URL("../../tasks/atl.ts", import.meta.url).pathname);
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", task, "import", ...args],
    })
      .output();
    return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
  };
  const fixture = decodeURIComponent(new URL("../fixtures/traces_v1.parquet", import.meta.url).pathname);
  const { openTraces } = await import("../../lib/sources/mod.ts");
  const first = await run(fixture, "--to", spec);
  equal(first.code, 0, first.err);
  const again = await run(fixture, "--to", spec);
  equal(again.out.includes(": 0 sessions and 0 spans written"), true, again.out);
  const replica = await run("replica", "--to", `duckdb:${folder}/replica.duckdb`);
  equal(
    replica.out.includes(`\nduckdb:${folder}/replica.duckdb: 1,781 sessions and 0 spans written`),
    true,
    replica.out,
  );
  const table = `${folder}/table.parquet`;
  await duckDb(`${folder}/replica.duckdb`, `COPY (FROM sessions LIMIT 10) TO '${table}'`);
  const fromTable = await run(table, "--to", `duckdb:${folder}/table.duckdb`);
  equal(
    fromTable.out.includes(": 10 sessions and 0 spans written; 10 sessions there now"),
    true,
    fromTable.out + fromTable.err,
  );
  const [session] = await Array.fromAsync((await openTraces(fixture)).rows());
  await Deno.writeTextFile(`${folder}/verdicts.jsonl`, `${JSON.stringify(judgeVerdict(session!.sessionId!, 0))}\n`);
  const judged = await run(fixture, "--to", spec, "--verdicts", `${folder}/verdicts.jsonl`);
  equal(judged.out.includes("there before, 1 with another verdict, which was replaced"), true, judged.out);
  const wrong = await run(fixture, "--to", "postgres:x");
  equal(wrong.code, 1);
  equal(wrong.err.includes("expected duckdb:PATH or clickhouse:"), true, wrong.err);
});
