import { equal } from "node:assert/strict";
import fc from "fast-check";
import { timeUs } from "../../lib/traces/mod.ts";
import { isNoTime, isoOfUs, timeText } from "../../lib/traces/time_text.ts";

/** 2026-09-01T00:05:00Z as microseconds. */
const AT = 1_788_221_100_000_000;

const READ: [unknown, number][] = [
  ["2026-09-01T00:05:00Z", AT],
  ["2026-09-01t00:05:00z", AT],
  ["2026-09-01T00:05:00+00:00", AT],
  ["2026-09-01T00:05:00-00:00", AT],
  ["2026-09-01T00:05:00", AT],
  ["2026-09-01 00:05:00", AT],
  ["2026-09-01T00:05Z", AT],
  ["2026-09-01 00:05", AT],
  ["2026-09-01", AT - 300e6],
  ["2026-09-01T02:05:00+02", AT],
  ["2026-09-01 02:05:00+02", AT],
  ["2026-09-01T02:05:00+0200", AT],
  ["2026-09-01T02:05:00 +02:00", AT],
  ["2026-09-01T05:35:00+05:30", AT],
  ["2026-08-31 17:05:00-07", AT],
  ["2026-09-01 00:05:00 UTC", AT],
  ["2026-09-01 00:05:00 +0000 UTC", AT],
  ["2026-09-01 00:05:00.25 +0000 UTC m=+0.000123", AT + 250_000],
  ["2026-09-01T02:05:00+02:00[Europe/Berlin]", AT],
  ["20260901T000500Z", AT],
  ["20260901T0205+0200", AT],
  ["2026-09-01T00:05:00.5Z", AT + 500_000],
  ["2026-09-01T00:05:00,5Z", AT + 500_000],
  ["2026-09-01T00:05:00.123456Z", AT + 123_456],
  ["2026-09-01T00:05:00.123456789Z", AT + 123_456],
  ["  2026-09-01T00:05:00Z\r", AT],
  ["2026-08-31T24:00:00Z", AT - 300e6],
  ["2028-02-29T00:00:00Z", Date.UTC(2028, 1, 29) * 1000],
  [1_788_221_100, AT],
  [1_788_221_100.25, AT + 250_000],
  ["1788221100", AT],
  ["1788221100.25", AT + 250_000],
  ["1788221100,25", AT + 250_000],
  ["1.7882211e9", AT],
  [1_788_221_100_000, AT],
  ["1788221100123", AT + 123_000],
  [1_788_221_100_123_456, AT + 123_456],
  ["1788221100123456", AT + 123_456],
  [1_788_221_100_123_456_789n, AT + 123_456],
  ["1788221100123456789", AT + 123_456],
];
for (const [time, us] of READ) {
  Deno.test(`${typeof time} ${String(time).trim()} is read as ${isoOfUs(us)}`, () => {
    equal(timeUs(time), us);
    equal(timeUs(timeText(time)), us);
  });
}

const NONE = [
  null,
  undefined,
  "",
  " ",
  0,
  0n,
  "0",
  "0.0",
  -1,
  NaN,
  Infinity,
  "null",
  "None",
  "NaN",
  "NaT",
  "0001-01-01T00:00:00Z",
  "1970-01-01T00:00:00Z",
  "1970-01-01 00:00:00+00",
  "1969-12-31T23:00:00Z",
  "9999-12-31T23:59:59Z",
  "18446744073709551615",
  18_446_744_073_709_551_615n,
  "9223372036854775807",
];
for (const time of NONE) {
  Deno.test(`${typeof time} ${JSON.stringify(String(time))} stands for no time`, () => {
    equal(timeUs(time), null);
    equal(timeText(time), null);
    equal(isNoTime(time), true);
  });
}

const UNREADABLE = [
  "yesterday",
  "2026",
  "2026-09",
  "2026-W36-2",
  "2026-244",
  "20260901",
  20260901,
  "2026-02-29T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-00-10T00:00:00Z",
  "2026-04-31",
  "2026-09-01T24:00:01Z",
  "2026-09-01T12:60:00Z",
  "2026-09-01T12:00:61Z",
  "2026-09-01T12:00:00+25:00",
  "2026-09-01T12:00:00+02:75",
  "2026-09-01T12:00:00.Z",
  "2026-09-01T12",
  "2026-09-01T12:0",
  "x2026-09-01T12:00:00Z",
  "2014-12-31T23:59:59Z",
  "2100-01-01T00:00:00Z",
  "99999999999999999999999",
  1e300,
  -1_790_000_000,
  true,
  {},
];
for (const time of UNREADABLE) {
  Deno.test(`${typeof time} ${JSON.stringify(time)} is no time that can be read`, () => {
    equal(timeUs(time), null);
    equal(isNoTime(time), false);
  });
}

Deno.test("a time more than a day after the session was collected is none", () => {
  equal(timeUs("2026-09-01T12:00:00Z", AT), AT + 42_900e6);
  equal(timeUs("2026-09-03T00:00:00Z", AT), null);
});

Deno.test("text of a time stays as it was recorded, and numbers become ISO 8601 with their digits", () => {
  equal(timeText("2026-09-01 02:05:00+02"), "2026-09-01 02:05:00+02");
  equal(timeText(1_788_221_100), "2026-09-01T00:05:00.000Z");
  equal(timeText(1_788_221_100_123_456), "2026-09-01T00:05:00.123456Z");
  equal(timeText("1788221100123456789"), "2026-09-01T00:05:00.123456789Z");
});

Deno.test("every moment is the same in every form, and as the runtime reads it", () => {
  fc.assert(fc.property(fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2099, 11, 31) }), (ms) => {
    const iso = new Date(ms).toISOString();
    for (const time of [iso, iso.replace("T", " "), iso.replace("Z", "+00:00"), ms, String(ms), BigInt(ms) * 1000n]) {
      equal(timeUs(time), ms * 1000);
    }
    equal(isoOfUs(ms * 1000), iso);
  }));
});

Deno.test("text that is no time is none, whatever it is", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    const us = timeUs(text);
    if (us !== null) equal(/\d/.test(text), true);
  }));
});
