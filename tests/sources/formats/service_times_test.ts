/** Times of spans that services keep beside a duration: what is no time is unknown, and its span is read. @module */
import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { conversationOf } from "../../../lib/traces/mod.ts";
import { lines, readFiles } from "./read.ts";

const START = Date.parse("2026-05-01T09:00:00Z");
const datadog = (id: string, start_ns: unknown, duration: unknown) => ({
  type: "span",
  attributes: {
    span_id: id,
    trace_id: "t1",
    session_id: "s1",
    ml_app: "librarian",
    name: "chat",
    span_kind: "llm",
    start_ns,
    duration,
    input: { value: "Where is the atlas?" },
    output: { value: `On shelf ${id}.` },
  },
});
const posthog = (id: string, second: unknown, latency: unknown) => ({
  event: "$ai_generation",
  uuid: id,
  timestamp: typeof second === "number" ? new Date(START + 1000 * second).toISOString() : second,
  properties: {
    $ai_trace_id: "t1",
    $ai_session_id: "s1",
    $ai_latency: latency,
    $ai_input: "Where is the atlas?",
    $ai_output_choices: `On shelf ${id}.`,
  },
});
const timesIn = async (file: string) => {
  const { rows, faults, stream } = await readFiles({ "spans.json": file });
  assert.deepEqual(faults, []);
  const answers = conversationOf(rows[0]!).map(({ output }) => output[0]!.content);
  const times = Object.fromEntries(
    rows[0]!.spans.map(({ spanId, startTime, endTime }) => [spanId, [startTime, endTime].map(secondsOf)]),
  );
  return { answers, times, unreadable: stream.notes().unreadable };
};
const secondsOf = (time: string | null) => time === null ? null : (Date.parse(time) - START) / 1000;

needs(["read", "write"], "a time of a Datadog span that is none costs its page no span", async () => {
  const ns = START * 1e6;
  const spans = [datadog("1", ns, 1e9), datadog("2", "soon", 1e9), datadog("3", ns + 5e9, 1e300)];
  const { times, unreadable } = await timesIn(JSON.stringify({ data: spans }));
  assert.deepEqual(times, { 1: [0, 1], 2: [null, null], 3: [5, null] });
  assert.deepEqual(unreadable, { startTime: 1 });
});

needs(["read", "write"], "an event of PostHog without its latency has an end and no duration of 0", async () => {
  const events = [posthog("1", 1, 1), posthog("2", 3, undefined), posthog("3", 5, 1), posthog("4", "soon", 1)];
  const { times, answers, unreadable } = await timesIn(JSON.stringify({ results: events }));
  assert.deepEqual(times, { 1: [0, 1], 2: [null, 3], 3: [4, 5], 4: [null, null] });
  const timed = answers.filter((answer) => answer !== "On shelf 4.");
  assert.deepEqual(timed, ["On shelf 1.", "On shelf 2.", "On shelf 3."]);
  assert.deepEqual(unreadable, { endTime: 1 });
});

needs(["read", "write"], "a duration beyond all times leaves the end of a row's span unknown", async () => {
  const span = {
    span_id: "1",
    trace_id: "t1",
    name: "chat",
    start_time: new Date(START).toISOString(),
    duration: 1e300,
    attributes: { "gen_ai.operation.name": "chat", "gen_ai.completion": "On shelf 1." },
  };
  assert.deepEqual((await timesIn(lines(span))).times, { 1: [0, null] });
});
