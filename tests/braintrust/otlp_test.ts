import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spanRowsToOtlp } from "../../lib/braintrust/otlp.ts";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import type { TraceRow } from "../../lib/model/mod.ts";
import { conversationOf, sessionOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";
import { redactValue } from "../../lib/traces/mod.ts";
import { PROJECT, rowsOf, someRows, withServer, writeFolder } from "./given.ts";
import { leadingTo, run } from "./task.ts";

Deno.test("a session is a trace: hexadecimal ids, the root above its calls, nanoseconds, the conventions' attributes", () => {
  const rows = rowsOf([smallSession(1)]);
  const { resourceSpans: [resource] } = spanRowsToOtlp(rows);
  const spans = resource!.scopeSpans[0]!.spans;
  equal(spans.length, 3);
  equal(new Set(spans.map(({ traceId }) => traceId)).size, 1);
  for (const span of spans) {
    match(span.traceId, /^[0-9a-f]{32}$/);
    match(span.spanId, /^[0-9a-f]{16}$/);
    match(span.startTimeUnixNano, /^\d{19}$/);
  }
  deepEqual(spans.map(({ parentSpanId }) => parentSpanId), [undefined, spans[0]!.spanId, spans[0]!.spanId]);
  const call = Object.fromEntries(spans[1]!.attributes.map(({ key, value }) => [key, value]));
  deepEqual(call["gen_ai.operation.name"], { stringValue: "chat" });
  deepEqual(call["gen_ai.usage.input_tokens"], { intValue: "10" });
  deepEqual(call["session.id"], { stringValue: "run1_1" });
});

Deno.test("an error becomes the span's status, and unknown things have no attribute", () => {
  const [root] = someRows();
  const { resourceSpans: [resource] } = spanRowsToOtlp([
    redactValue({ ...root!, error: "it broke", output: null }).value,
  ]);
  const [span] = resource!.scopeSpans[0]!.spans;
  deepEqual(span!.status, { code: 2, message: "it broke" });
  ok(!span!.attributes.some(({ key }) => key === "braintrust.output_json"));
});

needs(["read", "write"], "what is sent as OTLP reads back as the same sessions and the same messages", async () => {
  const sessions = Array.from(
    { length: 4 },
    (_, i) =>
      smallSession(i, {
        grades: { origin: null, success: 1, score: null, status: null, agentUsd: null, benchmarkUsd: null },
        taskId: `task-${i}`,
        trial: String(i % 2),
      }),
  ).map((row) => ({
    ...row,
    spans: row.spans.map((span) => ({ ...span, cachedTokens: 3, cacheWriteTokens: 2, reasoningTokens: 1 })),
  }));
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, JSON.stringify(spanRowsToOtlp(rowsOf(sessions))));
    const read: TraceRow[] = [];
    for await (const row of (await openTraces(path)).rows()) if (!isFault(row)) read.push(row);
    const essence = (row: TraceRow) => {
      const calls = conversationOf(row);
      const { errorSpans: _, ...session } = sessionOf(row, calls);
      return { session, messages: calls.map(({ input, output }) => ({ input, output })) };
    };
    deepEqual(read.map(essence), sessions.map(essence));
  } finally {
    await Deno.remove(path);
  }
});

withServer("push --otlp sends batches to Braintrust's endpoint, under its project", {}, async ({ server, dir }) => {
  await writeFolder(dir, someRows(5));
  const args = ["--in", dir, "--project", PROJECT, "--otlp", "braintrust", "--batch-bytes", "3000"];
  match((await run("push", args, leadingTo(server))).out, /nothing has been sent/);
  const { code, err } = await run("push", [...args, "--yes"], leadingTo(server));
  equal(code, 0, err);
  ok(server.otlp.length > 1, `${server.otlp.length} requests`);
  ok(server.otlp.every(({ headers }) => headers.get("x-bt-parent") === `project_name:${PROJECT}`));
  equal(spansOf(server.otlp.map(({ document }) => document)).length, 15);
  match((await run("push", [...args, "--yes"], leadingTo(server))).out, /sent 0 rows/);
});

withServer(
  "push --otlp sends to any collector, with its headers and without Braintrust's key",
  {},
  async ({ dir, server }) => {
    const seen: { headers: Headers; document: unknown }[] = [];
    const answers = [Response.json({ error: "busy" }, { status: 503 }), Response.json({ partialSuccess: {} })];
    const collector = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      seen.push({ headers: request.headers, document: await request.json() });
      return answers.shift() ?? Response.json({ partialSuccess: { rejectedSpans: "2", errorMessage: "too old" } });
    });
    try {
      await writeFolder(dir, someRows(2));
      const args = ["--in", dir, "--otlp", `http://127.0.0.1:${collector.addr.port}/v1/traces`, "--yes"];
      const env = { ...leadingTo(server), OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=lab%20one,x-more=1" };
      const { code, err } = await run("push", args, env);
      equal(code, 0, err);
      equal(seen.length, 2, "a collector that was busy is asked again");
      deepEqual(seen[0]!.document, seen[1]!.document);
      equal(spansOf([seen[1]!.document]).length, 6);
      equal(seen[1]!.headers.get("x-tenant"), "lab one");
      equal(seen[1]!.headers.get("authorization"), null);
      const rejected = await run("push", [...args, "--fresh"], env);
      equal(rejected.code, 1);
      match(rejected.err, /^push: [^\n]*2 of 6 spans were rejected: too old\n$/);
      answers.push(new Response("no tenant lab one", { status: 400 }));
      const refused = await run("push", [...args.with(3, `${args[3]}?token=abc123`), "--fresh"], env);
      match(refused.err, /refused \(400: no tenant \[key\]\)/);
      ok(!/lab one|abc123/.test(refused.out + refused.err), "a collector's secret is shown");
    } finally {
      await collector.shutdown();
    }
  },
);

function spansOf(documents: readonly unknown[]): unknown[] {
  return (documents as ReturnType<typeof spanRowsToOtlp>[]).flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
  );
}
