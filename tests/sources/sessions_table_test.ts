import assert from "node:assert/strict";
import { parquetWriteBuffer } from "hyparquet-writer";
import { openTraces, recordedSessions } from "../../lib/sources/mod.ts";
import { parseMapping } from "../../lib/sources/mapping/load.ts";
import type { TraceFault } from "../../lib/sources/mod.ts";
import { needs } from "../support/needs.ts";

const ROWS = [
  {
    session_id: "mon_1",
    harness: "desk",
    model: "acme/Ada-2026-01-01",
    calls: 3,
    success: true,
    input_tokens: 40,
    output_tokens: 2,
  },
  {
    session_id: "mon_2",
    harness: "clerk",
    model: "ada",
    calls: 5,
    success: false,
    input_tokens: null,
    output_tokens: 2,
  },
  { session_id: "tue_1", harness: "desk", model: "ada", calls: 1, success: null, input_tokens: 7, output_tokens: 1 },
];

async function written(name: string, bytes: string | Uint8Array, use: (path: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    const path = `${dir}/${name}`;
    if (typeof bytes === "string") await Deno.writeTextFile(path, bytes);
    else await Deno.writeFile(path, bytes);
    await use(path);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const columns = Object.keys(ROWS[0]!) as (keyof typeof ROWS[number])[];
const csv = [columns, ...ROWS.map((row) => columns.map((column) => row[column] ?? ""))]
  .map((cells) => cells.join(",")).join("\n");
const parquet = new Uint8Array(parquetWriteBuffer(
  {
    columnData: columns.map((name) => ({ name, data: ROWS.map((row) => row[name]), nullable: true })),
  } as Parameters<typeof parquetWriteBuffer>[0],
));

const FILES: Record<string, string | Uint8Array> = {
  "own.jsonl": ROWS.map((row) => JSON.stringify(row)).join("\n"),
  "own.json": JSON.stringify(ROWS),
  "own.csv": csv,
  "own.parquet": parquet,
};

for (const [name, bytes] of Object.entries(FILES)) {
  needs(
    ["read", "write"],
    `a table of sessions of one's own is read without a mapping: ${name}`,
    () =>
      written(name, bytes, async (path) => {
        const { sessions } = await recordedSessions(path);
        assert.deepEqual(
          sessions.map((
            s,
          ) => [s.sessionId, s.run, s.harness, s.deployment, s.model, s.benchmark, s.success, s.calls, s.totalTokens]),
          [
            ["mon_1", "mon_1", "desk", "acme/Ada-2026-01-01", "acme/Ada-2026-01-01", "unspecified", 1, 3, 42],
            ["mon_2", "mon_2", "clerk", "ada", "ada", "unspecified", 0, 5, null],
            ["tue_1", "tue_1", "desk", "ada", "ada", "unspecified", null, 1, 8],
          ],
        );
        for (const { toolErrors, durationS, recordedUsd, officialSuccess, failureMode } of sessions) {
          assert.deepEqual([toolErrors, durationS, recordedUsd, officialSuccess, failureMode], Array(5).fill(null));
        }
      }),
  );
}

needs(
  ["read", "write"],
  "a row of a table of sessions that cannot be read is set aside, the others count",
  () =>
    written(
      "own.jsonl",
      [JSON.stringify({ ...ROWS[0], calls: "many" }), "{", JSON.stringify(ROWS[1])].join("\n"),
      async (path) => {
        const faults: TraceFault[] = [];
        const { sessions } = await recordedSessions(path, { onFault: (fault) => faults.push(fault) });
        assert.deepEqual(sessions.map(({ sessionId }) => sessionId), ["mon_2"]);
        assert.match(faults[0]!.fault, /own\.jsonl, row 0, field "calls": .*found "many"/);
        assert.equal(faults[0]!.sessionId, "mon_1");
        assert.match(faults[1]!.fault, /row 1: not JSON/);
      },
    ),
);

needs(
  ["read", "write"],
  "a table of sessions without calls, and one where traces are wanted, are told what they are",
  async () => {
    const without = ROWS.map(({ calls: _, ...row }) => JSON.stringify(row)).join("\n");
    await written("own.jsonl", without, async (path) => {
      await assert.rejects(
        () => recordedSessions(path),
        /for a table of sessions there is no calls, the number of model calls/,
      );
    });
    await written("own.jsonl", FILES["own.jsonl"]!, async (path) => {
      await assert.rejects(() => openTraces(path), /it is a table of sessions, one row summed up each/);
    });
  },
);

for (const [name, bytes] of Object.entries(FILES)) {
  needs(
    ["read", "write"],
    `a mapping says which columns of a table of sessions are what, and a name that no row has is told: ${name}`,
    () =>
      written(name, bytes, async (path) => {
        const mapping = (columns: Record<string, unknown>) =>
          parseMapping(JSON.stringify({ name: "own", form: "table", columns }), "own.json");
        const renamed = mapping({ benchmark: "harness", harness: { constant: "bot" }, total_tokens: "output_tokens" });
        const { sessions } = await recordedSessions(path, { mapping: renamed });
        assert.deepEqual(
          sessions.map((s) => [s.sessionId, s.benchmark, s.harness, s.success, s.totalTokens]),
          [["mon_1", "desk", "bot", 1, 2], ["mon_2", "clerk", "bot", 0, 2], ["tue_1", "desk", "bot", null, 1]],
        );
        await assert.rejects(
          () => recordedSessions(path, { mapping: mapping({ success: "sucess" }) }),
          /columns\.success.*"sucess"; the nearest there is "success"/,
        );
        await assert.rejects(
          () => openTraces(path, { mapping: renamed }),
          /it is a table of sessions, which has no calls/,
        );
        assert.throws(
          () => mapping({ sucess: "success" }),
          /own\.json, field "columns\.sucess".*did you mean "success"/,
        );
      }),
  );
}

needs(
  ["read", "write"],
  "verdicts of a mapped table may be words",
  () =>
    written("own.csv", "id,n,passed\na,1,yes\nb,2,No\nc,3,\n", async (path) => {
      const columns = { session_id: "id", calls: "n", success: "passed" };
      const mapping = parseMapping(JSON.stringify({ name: "own", form: "table", columns }), "own.json");
      const { sessions } = await recordedSessions(path, { mapping });
      assert.deepEqual(sessions.map(({ sessionId, success }) => [sessionId, success]), [["a", 1], ["b", 0], [
        "c",
        null,
      ]]);
    }),
);

needs(
  ["read", "write"],
  "a table's tool errors are read without a count of failed calls, which is not known then",
  () =>
    written("own.csv", "session_id,calls,success,tool_errors\na,1,0,7\nb,2,0,\n", async (path) => {
      const { sessions } = await recordedSessions(path);
      assert.deepEqual(sessions.map(({ toolErrors, errorSpans }) => [toolErrors, errorSpans]), [[7, null], [
        null,
        null,
      ]]);
    }),
);

needs(
  ["read", "write"],
  "grades are the verdicts of a table without a column of verdicts, and of no other",
  async () => {
    const graded = "session_id,calls,official_success,grade_origin\na,1,1,human\nb,2,,\n";
    await written("graded.csv", graded, async (path) => {
      const { sessions } = await recordedSessions(path);
      assert.deepEqual(sessions.map((s) => [s.success, s.officialSuccess, s.gradeOrigin]), [
        [1, 1, "human"],
        [null, null, null],
      ]);
    });
    const judged = '{"session_id":"a","calls":1,"official_success":1}\n{"session_id":"b","calls":1,"success":0}\n';
    await written("judged.jsonl", judged, async (path) => {
      const { sessions } = await recordedSessions(path);
      assert.deepEqual(sessions.map((s) => [s.success, s.officialSuccess]), [[null, 1], [0, null]]);
    });
  },
);

needs(
  ["read", "write"],
  "times of a Parquet column of moments are read as text",
  () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: "session_id", data: ["a", "b"], type: "STRING" },
        { name: "calls", data: [1, 2], type: "INT32" },
        { name: "success", data: [true, false], type: "BOOLEAN" },
        { name: "started_at", data: [new Date("2026-03-01T10:00:00Z"), null], type: "TIMESTAMP", nullable: true },
      ],
    });
    return written("own.parquet", new Uint8Array(bytes), async (path) => {
      const { sessions } = await recordedSessions(path);
      assert.deepEqual(sessions.map(({ startedAt }) => startedAt), ["2026-03-01T10:00:00.000Z", null]);
    });
  },
);

const read = async (path: string) => {
  const faults: TraceFault[] = [];
  const { sessions, info } = await recordedSessions(path, { onFault: (fault) => faults.push(fault) });
  return { sessions, faults: faults.map(({ fault }) => fault), sentence: info.sentence };
};

needs(
  ["read", "write"],
  "a value of a table of sessions that is none is unknown and counted, and loses no session",
  () => {
    const rows = [
      '"id":1,"success":"pass","total_tokens":"1e3","duration_s":"12"',
      '"id":2,"success":"failed","total_tokens":"NaN","duration_s":"nan"',
      '"id":3,"success":"unsure","total_tokens":NaN,"duration_s":-5',
      '"id":4,"success":0.5,"total_tokens":-1,"duration_s":Infinity,"failure_mode":"lost"',
      '"id":5,"success":"","total_tokens":1000.0,"duration_s":"","recorded_usd":"n/a","tokens_estimated":"yes"',
    ].map((row) => `{${row.replace('"id":', '"session_id":')},"calls":"3"}`);
    return written("odd.jsonl", rows.join("\n"), async (path) => {
      const { sessions, faults, sentence } = await read(path);
      assert.deepEqual(faults, []);
      assert.deepEqual(sessions.map((s) => [s.calls, s.success, s.totalTokens, s.durationS, s.tokensEstimated]), [
        [3, 1, 1000, 12, false],
        [3, 0, null, null, false],
        [3, null, null, null, false],
        [3, null, null, null, false],
        [3, null, 1000, null, true],
      ]);
      assert.match(sentence, /Not readable, so unknown: 2 duration_s, 1 failure_mode, 2 success, 1 total_tokens\./);
    });
  },
);

needs(
  ["read", "write"],
  "times of a table of sessions are read as those of traces: one moment however written, none where there is none",
  () =>
    written(
      "times.csv",
      "session_id,calls,success,started_at\na,1,1,2026-09-01 00:05:00+02\nb,1,1,1788213900\nc,1,1,0001-01-01T00:00:00Z\n" +
        "d,1,1,1970-01-01\ne,1,1,2026-02-30\nf,1,1,\n",
      async (path) => {
        const { sessions, sentence } = await read(path);
        const five = "2026-08-31T22:05:00.000Z";
        assert.deepEqual(sessions.map(({ startedAt }) => startedAt), [five, five, null, null, null, null]);
        assert.match(sentence, /Not readable, so unknown: 1 started_at\./);
      },
    ),
);

needs(
  ["read", "write"],
  "cached tokens of a table of sessions that exceed its input were left out of it, and are added and told",
  () =>
    written(
      "cached.csv",
      "session_id,calls,input_tokens,cached_tokens,output_tokens,total_tokens\na,1,5,900,3,8\nb,1,905,900,3,908\n",
      async (path) => {
        const { sessions, sentence } = await read(path);
        for (const { inputTokens, cachedTokens, totalTokens } of sessions) {
          assert.deepEqual([inputTokens, cachedTokens, totalTokens], [905, 900, 908]);
        }
        assert.match(sentence, /Put right: 1 session with cached tokens that the input left out\./);
      },
    ),
);

needs(
  ["read", "write"],
  "half a pair in a table of sessions is repaired and counted, NaN is no name, and a row without calls says what is missing",
  () =>
    written(
      "names.jsonl",
      [
        String.raw`{"session_id":"a\ud800","calls":1,"success":1,"harness":NaN,"model":"\udc00m"}`,
        '{"session_id":"b","calls":null,"success":1}',
      ].join("\n"),
      async (path) => {
        const { sessions, faults, sentence } = await read(path);
        assert.deepEqual(sessions.map((s) => [s.sessionId, s.harness, s.model]), [[
          "a\ufffd",
          "unspecified",
          "\ufffdm",
        ]]);
        assert.match(sentence, /Put right: 2 texts with half of a UTF-16 pair\./);
        assert.match(faults[0]!, /row 1, field "calls": expected a count: an integer, 0 or more; found null$/);
      },
    ),
);
