import { deepEqual } from "node:assert/strict";
import { isFault, openTraces, recordedSessions } from "../../lib/sources/mod.ts";
import { sessionOf } from "../../lib/traces/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { columnsOf, writeParquet } from "../fixtures/parquet.ts";
import { needs } from "../support/needs.ts";

const PERMISSIONS = ["read", "write", "env", "ffi", "sys"] as const;

/** A session of two calls, its times, counts and grade as told. */
const row = (
  { times, tokens, success, id = "run_1" }: {
    times: [unknown, unknown][];
    tokens: [unknown, unknown][];
    success?: unknown;
    id?: unknown;
  },
) => ({
  session_id: id,
  harness: "h",
  benchmark: "b",
  models: ["m"],
  success,
  spans: times.map(([start_time, end_time], i) => ({
    trace_id: "t",
    span_id: `s${i}`,
    name: "chat",
    start_time,
    end_time,
    status: { code: 1, message: "" },
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "m",
      "gen_ai.usage.input_tokens": tokens[i]![0],
      "gen_ai.usage.output_tokens": tokens[i]![1],
    },
  })),
});

interface Types {
  time?: string;
  tokens?: string;
  success?: string;
  id?: string;
}

/** The columns of the v2 layout with other types. */
function columns({ time = "VARCHAR", tokens = "BIGINT", success = "BOOLEAN", id = "VARCHAR" }: Types) {
  const { session_id: _id, success: _success, spans, ...others } = columnsOf("v2");
  const typed = spans!.replaceAll(/"((?:start|end)_time)" VARCHAR/g, `"$1" ${time}`)
    .replaceAll(/"(gen_ai\.usage\.\w+)" BIGINT/g, `"$1" ${tokens}`);
  return { session_id: id, ...others, success, spans: typed };
}

/** The sessions of a file, by its rows and by its numbers alone, which have to be the same. */
async function sessionsOf(rows: unknown[], types: Types): Promise<Session[]> {
  const dir = await Deno.makeTempDir();
  const path = `${dir}/t.parquet`;
  try {
    await writeParquet(rows, "v2", path, { columns: columns(types) });
    const items = await Array.fromAsync((await openTraces(path)).rows());
    const byRows = items.map((item) => {
      if (isFault(item)) throw new Error(item.fault);
      return sessionOf(item, null);
    });
    deepEqual((await recordedSessions(path)).sessions, byRows);
    return byRows;
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const TOKENS: [unknown, unknown][] = [[1000, 100], [1200, 90]];
const seconds = [[1_790_000_000, 1_790_000_002.5], [1_790_000_010, 1_790_000_061.25]] as const;
const iso = (second: number) => new Date(second * 1000).toISOString();
const EXPECTED = { durationS: 61.25, startedAt: iso(seconds[0][0]) };

for (
  const [time, at] of Object.entries({
    VARCHAR: iso,
    TIMESTAMP: iso,
    TIMESTAMP_NS: iso,
    TIMESTAMP_MS: iso,
    "TIMESTAMP WITH TIME ZONE": iso,
    DOUBLE: (second: number) => second,
    BIGINT: (second: number) => second * 1000,
    HUGEINT: (second: number) => second * 1e6,
  })
) {
  needs(PERMISSIONS, `times in a column of type ${time} are the same`, async () => {
    const times = seconds.map(([start, end]): [unknown, unknown] => [at(start), at(end)]);
    const [session] = await sessionsOf([row({ times, tokens: TOKENS })], { time });
    const { durationS, startedAt } = session!;
    deepEqual({ durationS, startedAt }, EXPECTED);
  });
}

const TIMES = seconds.map(([start, end]): [unknown, unknown] => [iso(start), iso(end)]);

for (const tokens of ["BIGINT", "INTEGER", "SMALLINT", "UBIGINT", "DOUBLE", "FLOAT", "DECIMAL(12,2)", "VARCHAR"]) {
  needs(
    PERMISSIONS,
    `tokens in a column of type ${tokens} are the same, and one that is missing is unknown`,
    async () => {
      const [whole, part] = await sessionsOf([
        row({ times: TIMES, tokens: TOKENS }),
        row({ times: TIMES, tokens: [[1000, 100], [null, 90]], id: "run_2" }),
      ], { tokens });
      deepEqual([whole!.inputTokens, whole!.outputTokens, whole!.totalTokens], [2200, 190, 2390]);
      deepEqual([part!.inputTokens, part!.outputTokens], [1000, 190]);
    },
  );
}

needs(PERMISSIONS, "a float column's NaN and infinity are missing", async () => {
  const [session] = await sessionsOf([row({ times: TIMES, tokens: [["NaN", 100], ["Infinity", 90]] })], {
    tokens: "DOUBLE",
  });
  deepEqual([session!.inputTokens, session!.outputTokens], [null, 190]);
});

for (
  const [success, solved, failed] of [
    ["BOOLEAN", true, false],
    ["BIGINT", 1, 0],
    ["DOUBLE", 1, 0],
    ["VARCHAR", "pass", "fail"],
    ["VARCHAR", "True", "False"],
  ] as const
) {
  needs(PERMISSIONS, `grades in a column of type ${success}, such as ${solved}, are read`, async () => {
    const sessions = await sessionsOf(
      [solved, failed, null].map((success, i) => row({ times: TIMES, tokens: TOKENS, success, id: `run_${i}` })),
      { success },
    );
    deepEqual(sessions.map(({ success }) => success), [1, 0, null]);
  });
}

needs(PERMISSIONS, "ids that are integers keep all their digits", async () => {
  const ids = ["9007199254740992", "9007199254740993", "9223372036854775807"];
  const sessions = await sessionsOf(ids.map((id) => row({ times: TIMES, tokens: TOKENS, id })), { id: "BIGINT" });
  deepEqual(sessions.map(({ sessionId }) => sessionId), ids);
});
