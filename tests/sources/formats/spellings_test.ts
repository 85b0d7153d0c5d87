/** Numbers and times mean the same in every format, however a recorder writes them. @module */
import { deepEqual, match } from "node:assert/strict";
import { sessionOf } from "../../../lib/traces/mod.ts";
import { needs } from "../../support/needs.ts";
import { type Read, readFiles } from "./read.ts";
import { SAMPLES } from "./samples.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;
type Change = (value: unknown, key: string, path: readonly string[]) => unknown;

/** Files whose JSON values are changed one by one; null where nothing is. */
function changed(files: Files, change: Change): Files | null {
  let times = 0;
  const each = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((one) => each(one, path));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one, [...path, key])]));
    }
    const now = change(value, path.at(-1) ?? "", path);
    if (now !== value) times++;
    return now;
  };
  const line = (text: string) => text.trim() === "" ? text : JSON.stringify(each(JSON.parse(text), []));
  const made = Object.entries(files).map(([name, content]) => {
    if (typeof content !== "string") return [name, content];
    const isWhole = !/\.(jsonl|csv|ndjson)$/.test(name);
    try {
      return [name, isWhole ? line(content) : content.split("\n").map(line).join("\n")];
    } catch {
      return [name, content];
    }
  });
  return times ? Object.fromEntries(made) : null;
}

const COUNTS = /token|prompt|completion|usage|cache|input|output|reasoning|thought|total/i;
const OTHERS = /time|stamp|cost|price|_at$|index|id$|version|duration|latency/i;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

const ofCount = (to: (count: number) => unknown): Change => (value, key, path) =>
  Number.isInteger(value) && path.some((name) => COUNTS.test(name)) && !OTHERS.test(key) ? to(value as number) : value;
const ofTime = (to: (text: string) => unknown): Change => (value) =>
  typeof value === "string" && ISO.test(value) ? to(value) : value;
/** Two numbers, as JavaScript's SDK writes a moment, are none by themselves. */
const ofMillis = (to: (ms: number) => unknown): Change => (value) =>
  typeof value === "number" && value > 1.5e12 && value < 5e12 ? to(value) : value;

const atTwo = (text: string) =>
  `${new Date(Date.parse(text) + 7_200_000).toISOString().slice(0, -1).replace("T", " ")}+02`;

const SAME: Readonly<Record<string, Change>> = {
  "counts are text": ofCount(String),
  "counts are text with a point": ofCount((count) => `${count}.0`),
  "times are milliseconds": ofTime(Date.parse),
  "times are seconds": ofTime((text) => Date.parse(text) / 1000),
  "times are milliseconds as text": ofTime((text) => String(Date.parse(text))),
  "times are SQL's, with an offset": ofTime(atTwo),
  "milliseconds are text": ofMillis(String),
  "milliseconds are written as dates": ofMillis((ms) => new Date(ms).toISOString()),
};

/** Samples whose times stand in numbers beside the text that is changed. */
const TIMED_OTHERWISE = /^braintrust:as sent/;

const UNKNOWN_COUNTS: Readonly<Record<string, Change>> = {
  "NaN": ofCount(() => "NaN"),
  "negative": ofCount((count) => -1 - count),
  "words": ofCount(() => "many"),
};

const UNKNOWN_TIMES: Readonly<Record<string, Change>> = {
  "zero": ofTime(() => 0),
  "the first day of the era": ofTime(() => "0001-01-01T00:00:00Z"),
  "days that are not in the calendar": ofTime((text) => text.replace(/^\d{4}-\d\d-\d\d/, "2026-02-30")),
};

const numbers = ({ rows, faults }: Read) => ({
  faults: faults.length,
  sessions: rows.map((row) => {
    const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens, ...session } = sessionOf(row);
    const { calls, totalTokens, startedAt, durationS, wallClockS, recordedUsd, success } = session;
    const tokens = [inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens, totalTokens];
    return { tokens, calls, times: [startedAt, durationS, wallClockS], recordedUsd, success };
  }),
});

for (const [what, change] of Object.entries(SAME)) {
  needs(["read", "write"], `sessions of every format are the same where ${what}`, async () => {
    for (const [name, files] of Object.entries(SAMPLES)) {
      const other = changed(files, change);
      if (other) deepEqual(numbers(await readFiles(other)), numbers(await readFiles(files)), name);
    }
  });
}

for (const [what, change] of Object.entries(UNKNOWN_COUNTS)) {
  needs(
    ["read", "write"],
    `tokens are unknown in every format where counts are ${what}, and the rest is read`,
    async () => {
      for (const [name, files] of Object.entries(SAMPLES)) {
        const other = changed(files, change);
        if (!other) continue;
        const [before, read] = [numbers(await readFiles(files)), await readFiles(other)];
        const { sessions, faults } = numbers(read);
        const rest = (some: typeof sessions) => some.map(({ calls, times, success }) => [calls, times, success]);
        deepEqual([faults, rest(sessions)], [before.faults, rest(before.sessions)], name);
        deepEqual(
          sessions.map(({ tokens: [input, , , output] }) => [input, output]),
          sessions.map(() => [null, null]),
          name,
        );
        const { unreadable } = read.stream.notes();
        if (what !== "NaN") match(Object.keys(unreadable).join(), /Tokens/, name);
      }
    },
  );
}

for (const [what, change] of Object.entries(UNKNOWN_TIMES)) {
  needs(
    ["read", "write"],
    `times are unknown in every format where they are ${what}, and the rest is read`,
    async () => {
      for (const [name, files] of Object.entries(SAMPLES)) {
        const other = TIMED_OTHERWISE.test(name) ? null : changed(files, change);
        if (!other) continue;
        const [before, { faults, sessions }] = [numbers(await readFiles(files)), numbers(await readFiles(other))];
        const rest = (some: typeof sessions) => some.map(({ calls, tokens, success }) => [calls, tokens, success]);
        deepEqual([faults, rest(sessions)], [before.faults, rest(before.sessions)], name);
        deepEqual(sessions.map(({ times }) => times), sessions.map(() => [null, null, null]), name);
      }
    },
  );
}

needs(["read", "write"], "input is unknown where what was cached stands beside it and is no count", async () => {
  const message = (usage: unknown) => ({ role: "assistant", model: "m", id: "r", content: "Ho.", usage });
  const lineOf = (uuid: string, type: string, body: unknown) => ({ uuid, type, sessionId: "s1", message: body });
  const usage = { input_tokens: 5, output_tokens: 7, cache_read_input_tokens: "many" };
  const log = [lineOf("a", "user", { role: "user", content: "Hi." }), lineOf("b", "assistant", message(usage))];
  const read = await readFiles({ "s1.jsonl": log.map((line) => `${JSON.stringify(line)}\n`).join("") });
  deepEqual(numbers(read).sessions[0]!.tokens, [null, null, null, 7, null, null]);
  deepEqual(read.stream.notes().unreadable, { cachedTokens: 1 });
});

needs(
  ["read", "write"],
  "what calls cost is summed in whatever form it is written, and unknown where one is none",
  async () => {
    const header = { type: "session", id: "s1", timestamp: "2026-02-03T09:00:00Z" };
    const answer = (total: unknown, i: number) => ({
      type: "message",
      id: `m${i}`,
      message: { role: "assistant", content: "Ho.", usage: { input: 5, output: 7, cost: { total } } },
    });
    const usd = async (...costs: unknown[]) => {
      const log = [header, ...costs.map(answer)].map((line) => `${JSON.stringify(line)}\n`).join("");
      return numbers(await readFiles({ "a.jsonl": log })).sessions[0]!.recordedUsd;
    };
    deepEqual([await usd(0.25, "0.5"), await usd(0.25, -1), await usd("NaN", 1), await usd(null)], [
      0.75,
      null,
      1,
      null,
    ]);
  },
);
