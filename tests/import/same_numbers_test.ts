import { deepEqual, equal } from "node:assert/strict";
import { importTraces } from "../../lib/import/mod.ts";
import { loadDataset, openSink } from "../../lib/engines/mod.ts";
import { openTraces, recordedSessions } from "../../lib/sources/mod.ts";
import { needSessions } from "../../lib/analysis/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { loadTraces } from "../../tasks/import/load.ts";
import { otlp } from "../sources/formats/otlp.ts";
import { lines } from "../sources/formats/read.ts";
import { needs } from "../support/needs.ts";
import { inTemporaryFolder } from "./source.ts";

const call = (tokens: [unknown, unknown], more: Record<string, unknown> = {}) => ({
  "gen_ai.operation.name": "chat",
  "gen_ai.request.model": "m",
  "gen_ai.usage.input_tokens": tokens[0],
  "gen_ai.usage.output_tokens": tokens[1],
  ...more,
});

/** Repeats, an open copy, a call around its own call, two sessions in a trace, unknown counts and ends, cached tokens. */
const SPANS = lines(
  otlp({ id: "1", attributes: { "gen_ai.operation.name": "invoke_agent", "session.id": "S-A" } }),
  otlp({ id: "2", parent: "1", end: null, attributes: { "gen_ai.operation.name": "chat" } }),
  otlp({ id: "2", parent: "1", end: 9, attributes: call([1000, 100], { "gen_ai.usage.cached_tokens": 900 }) }),
  otlp({ id: "3", parent: "1", attributes: call([700, 70]) }, { id: "4", parent: "3", attributes: call([700, 70]) }),
  otlp({ id: "5", parent: "1", attributes: call(["NaN", 5], { "session.id": "S-B" }) }),
  otlp({ id: "6", parent: "5", end: 1e9, attributes: call([300, 30]) }),
  otlp({ id: "3", parent: "1", attributes: call([700, 70]) }, { id: "7", trace: "1", attributes: call([5, 2]) }),
);

const numbers = (sessions: readonly Session[]) =>
  sessions.map((session) => ({
    sessionId: session.sessionId,
    calls: session.calls,
    tokens: [session.inputTokens, session.outputTokens, session.totalTokens, session.cachedTokens],
    seconds: session.durationS,
    startedAt: session.startedAt,
  })).sort((a, b) => a.sessionId < b.sessionId ? -1 : 1);

needs(
  ["read", "write", "env", "ffi", "sys", "net"],
  "what is read counts the same in numbers, in an import and in an engine",
  () =>
    inTemporaryFolder(async (dir) => {
      const source = `${dir}/spans.jsonl`;
      await Deno.writeTextFile(source, SPANS);
      const read = numbers((await recordedSessions(source)).sessions);
      deepEqual(read.map(({ sessionId, calls, tokens }) => [sessionId, calls, ...tokens]), [
        ["1af7651916cd43dd8448eb211c80319c", 1, 5, 2, 7, null],
        ["S-A", 2, 1700, 170, 1870, 900],
        ["S-B", 2, 300, 35, 335, null],
      ]);
      await importTraces(await openTraces(source), `${dir}/import`);
      deepEqual(numbers((await recordedSessions(`${dir}/import`)).sessions), read);
      const engine = `duckdb:${dir}/t.duckdb`;
      const sink = await openSink(engine);
      try {
        equal((await loadTraces(await openTraces(source), sink)).sessions, 3);
      } finally {
        await sink.close();
      }
      deepEqual(numbers(needSessions(await loadDataset(engine))), read);
    }),
);
