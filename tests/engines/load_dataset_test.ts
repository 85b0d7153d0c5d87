import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { parquetWriteFile } from "hyparquet-writer";
import { RowError, rowOfSession, type Session, SESSION_FIELDS } from "../../lib/model/mod.ts";
import { isNew } from "../../lib/model/columns.ts";
import { defaultLocations, pathInFolder } from "../../lib/io/cache.ts";
import { HashError } from "../../lib/io/download.ts";
import { JUDGED_TABLE } from "../../lib/study/sources/judged.ts";
import { replica } from "../../lib/study/sources/replica.ts";
import { needSessions, where } from "../../lib/analysis/mod.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { answer, questionContext, questionNamed } from "../../lib/questions/mod.ts";
import { loadStudy } from "../../lib/study/mod.ts";
import { redactValue } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

const nothing = () => undefined;
const nowhere = { env: nothing, cacheDir: "/nonexistent/cache", mirrors: [] };
const { sessions } = await replica();

function inFolder(name: string, test: (folder: string) => Promise<void>): void {
  needs(["read", "write"], name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

/** The columns of a table of version 1: the fields of a session that there were then, in camelCase. */
const OLDER = SESSION_FIELDS.flatMap(([field, column]) => isNew(column) ? [] : [field]);

function writeTable(filename: string, rows: readonly Session[], columns: readonly string[] = OLDER): void {
  const columnData = columns.map((name) => {
    const data = rows.map((row) => row[name as keyof Session]);
    const type = data.some((value) => typeof value === "string")
      ? "STRING" as const
      : ["totalTokens", "calls"].includes(name)
      ? "INT64" as const
      : "DOUBLE" as const;
    return { name, data: type === "INT64" ? data.map((value) => BigInt(value as number)) : data, type, nullable: true };
  });
  parquetWriteFile({ filename, columnData });
}

needs(["read"], "without a wish and without the judged table the replica is loaded", async () => {
  assert.equal((await loadStudy(undefined, nowhere)).info.name, "replica");
});

needs(["read"], "an empty wish is none", async () => {
  assert.equal((await loadStudy("", { ...nowhere, env: () => "" })).info.name, "replica");
});

inFolder(
  "the judged table comes before the replica where it is here, and TRACES_SOURCE before both",
  async (folder) => {
    const path = pathInFolder(folder, JUDGED_TABLE.url);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, "[]");
    await assert.rejects(loadStudy(undefined, { ...nowhere, mirrors: [folder] }), HashError);
    const env = (name: string) => name === "TRACES_SOURCE" ? "replica" : undefined;
    assert.equal((await loadStudy(undefined, { ...nowhere, env, mirrors: [folder] })).info.name, "replica");
  },
);

needs(["read"], "a wish comes before TRACES_SOURCE", async () => {
  assert.equal(
    (await loadStudy("replica", { ...nowhere, env: (name: string) => name === "TRACES_SOURCE" ? "judged" : undefined }))
      .info.name,
    "replica",
  );
});

needs(["read"], "the judged table that is not here is an error that says how to fetch it", async () => {
  await assert.rejects(loadStudy("judged", nowhere), /not on this machine .*fetch it by `deno task fetch judged`/);
});

for (const spec of ["juged", "no/such/*.parquet", "hub:nowhere"]) {
  needs(["read"], `"${spec}" is an error that says what a source can be`, async () => {
    await assert.rejects(loadStudy(spec, nowhere), /hub:OWNER\/NAME@REVISION/);
  });
}

Deno.test("TRACES_MIRROR holds several folders; relative ones start at the project's folder", () => {
  const { cacheDir, mirrors } = defaultLocations((name) => name === "TRACES_MIRROR" ? "/a:../b::" : undefined);
  const project = dirname(dirname(cacheDir));
  assert.deepEqual(mirrors, ["/a", join(project, "../b")]);
  assert.equal(cacheDir, join(project, "data", "cache"));
});

inFolder(
  "the sessions table that import writes, in Parquet or as JSON lines, gives back every field",
  async (folder) => {
    const { writeSessionsTable } = await import("../../lib/import/sessions_table.ts");
    const full = sessions.slice(0, 50).map((s, i): Session => ({
      ...s,
      taskId: `task-${i % 7}`,
      trial: i % 2 ? "2" : null,
      gradeOrigin: i % 3 ? "human" : null,
      totalTokens: i % 5 ? 9_007_199_254_740_991 : null,
      cacheWriteTokens: i,
      reasoningTokens: i % 4 ? i : null,
      tokensEstimated: i % 6 === 0,
      startedAt: i % 2 ? "2026-01-31T12:00:00.000Z" : null,
      durationS: i % 3 ? 0.125 : null,
    }));
    await writeSessionsTable(
      join(folder, "s.parquet"),
      (async function* () {
        for (const session of full) yield redactValue(session).value;
      })(),
    );
    await Deno.writeTextFile(join(folder, "s.jsonl"), full.map((s) => JSON.stringify(rowOfSession(s))).join("\n"));
    for (const spec of [join(folder, "s.parquet"), join(folder, "s.jsonl")]) {
      assert.deepEqual((await loadStudy(spec, nowhere)).sessions, full);
    }
  },
);

inFolder(
  "a table of version 1, in Parquet or as JSON lines, gives back the sessions; what is new is null",
  async (folder) => {
    writeTable(join(folder, "a.parquet"), sessions.slice(0, 100));
    writeTable(join(folder, "b.parquet"), sessions.slice(100, 300));
    await Deno.writeTextFile(join(folder, "s.jsonl"), sessions.slice(0, 300).map((s) => JSON.stringify(s)).join("\n"));
    for (const spec of [join(folder, "*.parquet"), join(folder, "s.jsonl")]) {
      const dataset = await loadStudy(spec, nowhere);
      assert.deepEqual(dataset.sessions, sessions.slice(0, 300));
      assert.equal(dataset.info.name, spec);
      assert.match(dataset.info.sentence, /^300 sessions of the table .* 300 sessions with a verdict\.$/);
      assert.match(dataset.info.sha256, /^[0-9a-f]{64}$/);
    }
  },
);

inFolder("a session that is there twice is left out, counted and told", async (folder) => {
  for (const name of ["a", "b"]) writeTable(join(folder, `${name}.parquet`), sessions.slice(0, 3));
  const faults: string[] = [];
  const { info } = await loadStudy(folder, { ...nowhere, onFault: ({ fault }) => faults.push(fault) });
  assert.equal(info.sessions, 3);
  assert.equal(faults.length, 3);
  assert.match(
    info.sentence,
    /3 rows left out, unreadable or there before; the first fault: session id ".*" was there/,
  );
});

const broken: [name: string, write: (path: string) => void, message: RegExp][] = [
  ["no count of calls", (path) => {
    writeTable(path, sessions.slice(0, 2), OLDER.filter((name) => name !== "calls"));
  }, /no session could be read; the first fault: .*row 0, field "calls"/],
  ["calls below 0", (path) => {
    writeTable(path, sessions.slice(0, 2).map((s) => ({ ...s, calls: -1 })));
  }, /row 0, field "calls".*found -1/],
];
for (const [name, write, message] of broken) {
  inFolder(`a table of sessions with ${name} is an error that says where`, async (folder) => {
    const path = join(folder, "t.parquet");
    write(path);
    await assert.rejects(
      loadStudy(path, nowhere),
      (error) => error instanceof RowError && error.message.startsWith(path) && message.test(error.message),
    );
  });
}

inFolder("tables of sessions and traces are not mixed in one source", async (folder) => {
  writeTable(join(folder, "a.parquet"), sessions.slice(0, 2));
  await Deno.writeTextFile(join(folder, "b.jsonl"), '{"session_id":"x_1","spans":[]}\n');
  await assert.rejects(loadStudy(folder, nowhere), /files of one kind, found sessions in Parquet and traces/);
});

onRecorded(
  "traces/v1-spans",
  "46 recorded sessions of a Parquet file agree with what is recorded of them",
  async () => {
    const dataset = await loadStudy(sharedPath("traces/v1-spans/data"), nowhere);
    const [sessions, { info }] = [needSessions(dataset), dataset];
    assert.equal(sessions.length, 46);
    assert.equal(sessions.reduce((calls, session) => calls + session.calls, 0), 2294);
    assert.ok(sessions.every((session) => session.toolErrors === null && session.success === null));
    assert.match(info.sentence, /texts were not read, so tool errors are unknown. None has a verdict./);
    assert.deepEqual([dataset.held, dataset.distributions.stated], ["all", []]);
  },
);

needs(["read"], "families of tasks that it was loaded with are those of questions, figures and slices", async () => {
  const path = "data/examples/sessions.jsonl";
  const families = { invoices: "office" };
  const whole = await loadDataset(path, { ...nowhere, families });
  const [other = ""] = whole.cells.map((c) => c.benchmark).filter((benchmark) => !(benchmark in families));
  for (const dataset of [whole, where(whole, { benchmark: other })]) {
    const { familyOf } = questionContext(dataset);
    assert.deepEqual([familyOf("invoices"), familyOf(other)], ["office", other]);
  }
  const drawn = await answer(questionNamed("failed-tokens-by-suite"), whole, questionContext(whole));
  assert.ok(drawn.drawn.length > 0);
  assert.equal(questionContext(await loadDataset(path, nowhere)).familyOf(other), "all suites");
});
