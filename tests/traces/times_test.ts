import assert from "node:assert/strict";
import { durationS, timeUs, wallClockS } from "../../lib/traces/mod.ts";
import { callsInOrder } from "../../lib/traces/times.ts";
import { span, traceRow } from "./rows.ts";

const times: [string | null, string | null][] = [
  ["2026-04-20T11:22:01.478128+00:00", "2026-04-20T11:22:01.478Z+128"],
  ["2026-04-20T11:22:01.478128", "2026-04-20T11:22:01.478Z+128"],
  ["2026-04-20 13:22:01+02:00", "2026-04-20T11:22:01.000Z+0"],
  ["2026-04-20T06:52:01.5-0430", "2026-04-20T11:22:01.500Z+0"],
  ["2026-04-20T11:22:01.123456789Z", "2026-04-20T11:22:01.123Z+456"],
  ["2026-04-20T11:22Z", "2026-04-20T11:22:00.000Z+0"],
  ["2026-04-20", "2026-04-20T00:00:00.000Z+0"],
  ["2026-02-30T00:00:00Z", null],
  ["2026-13-01T00:00:00Z", null],
  ["yesterday", null],
  ["", null],
  [null, null],
];

for (const [time, expected] of times) {
  Deno.test(`timeUs reads ${JSON.stringify(time)} as ${expected}`, () => {
    const us = timeUs(time);
    const found = us === null ? null : `${new Date(Math.floor(us / 1000)).toISOString()}+${us % 1000}`;
    assert.equal(found, expected);
  });
}

const at = (start: number | null, end: number | null, spanId = "s") =>
  span({
    spanId,
    startTime: start === null ? null : `2026-01-01T00:00:${time(start)}`,
    endTime: end === null ? null : `2026-01-01T00:00:${time(end)}`,
  });
const time = (seconds: number) => seconds.toFixed(6).padStart(9, "0");

const durations: {
  name: string;
  spans: ReturnType<typeof at>[];
  durationS: number | null;
  wallClockS: number | null;
}[] = [
  { name: "no calls", spans: [], durationS: null, wallClockS: null },
  { name: "no times", spans: [at(null, null)], durationS: null, wallClockS: null },
  { name: "microseconds", spans: [at(1.000001, 2.000004)], durationS: 1.000003, wallClockS: 1.000003 },
  { name: "a call within another", spans: [at(0, 10), at(2, 3)], durationS: 3, wallClockS: 10 },
  { name: "calls out of order", spans: [at(5, 6), at(0, 1), at(2, 9)], durationS: 6, wallClockS: 9 },
  { name: "equal starts: the one that ends last", spans: [at(0, 9), at(0, 4)], durationS: 9, wallClockS: 9 },
  { name: "a last call without an end", spans: [at(0, 4), at(5, null)], durationS: 4, wallClockS: 4 },
  { name: "starts without any end", spans: [at(0, null)], durationS: null, wallClockS: null },
  { name: "an end before the start", spans: [at(5, 1)], durationS: 0, wallClockS: 0 },
];

for (const { name, spans, durationS: duration, wallClockS: wall } of durations) {
  Deno.test(`durations with ${name}`, () => {
    assert.equal(durationS(traceRow(spans)), duration);
    assert.equal(wallClockS(traceRow(spans)), wall);
  });
}

Deno.test("callsInOrder sorts by start, keeps ties as recorded and calls without a start behind their neighbour", () => {
  const spans = [at(null, null, "x"), at(5, 6, "c"), at(null, null, "d"), at(1, 2, "a"), at(5, 5, "e"), at(1, 9, "b")];
  assert.equal(callsInOrder(traceRow(spans)).map(({ spanId }) => spanId).join(""), "xabcde");
});

Deno.test("callsInOrder puts a call without a start where it ended", () => {
  const spans = [at(1, 2, "a"), at(7, 8, "c"), at(null, 4, "b"), at(null, null, "x")];
  assert.equal(callsInOrder(traceRow(spans)).map(({ spanId }) => spanId).join(""), "abxc");
});
