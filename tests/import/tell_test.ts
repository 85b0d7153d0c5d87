import assert from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { AsideReasons } from "../../lib/import/mod.ts";
import { asideText, toldText } from "../../tasks/import/told_text.ts";
import { atl } from "../support/atl.ts";

const importTask = (...args: string[]) => atl(["import", ...args]);

const user = { role: "user", content: "Where is the atlas?" };
const answer = { role: "assistant", content: "On shelf 9.", tool_calls: [] };

needs(["read", "write", "run", "env", "sys"], "deno task import FILE says what it is and what is in it", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const path = `${dir}/a.jsonl`;
    await Deno.writeTextFile(path, `${JSON.stringify({ id: "s1", messages: [user, answer] })}\n`);
    const { code, out } = await importTask(path);
    assert.equal(code, 0);
    assert.deepEqual(out.trimEnd().split("\n"), [
      "Chat messages, one conversation a record (1 file)",
      "1 session, 1 call, 2 messages, 0 tool calls",
      "30 of 30 characters of text read",
      "unknown: tokens of the call, times of the call, model of the session, grade of the session",
      `next: deno task import ${path} --out DIR`,
    ]);
    const json = JSON.parse((await importTask(path, "--json")).out);
    assert.deepEqual([json.sessions, json.characters, json.charactersThere], [1, 30, 30]);
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name), ["a.jsonl"]);
    await Deno.writeTextFile(`${dir}/b.json`, '{"something": "else"}');
    const both = await importTask(dir);
    assert.equal(both.code, 3);
    assert.match(both.out, /not read: 1; .*b\.json: not a kind of trace file that is known/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("what is not known is told with how many of how many", () => {
  const text = toldText({
    formats: [{ id: "x", title: "Logs", version: "2", lacks: [], files: 3 }],
    sessions: 3,
    calls: 2000,
    messages: 5,
    toolCalls: 1,
    characters: 10,
    charactersThere: 12,
    callsWithoutTexts: 2000,
    unknown: {
      callsWithoutTokens: 1,
      callsWithoutTimes: 3,
      sessionsWithoutTimes: 0,
      sessionsWithoutModel: 0,
      sessionsWithoutGrade: 2,
    },
    unreadable: { inputTokens: 2 },
    repaired: { "texts with half of a UTF-16 pair": 1 },
    passedOver: [{ path: "d/README.md", why: "neither JSON nor Parquet" }],
    leftOut: { "repeated spans": 4 },
    setAside: [],
  });
  assert.deepEqual(text.split("\n"), [
    "Logs 2 (3 files)",
    "3 sessions, 2,000 calls, 5 messages, 1 tool call",
    "10 of 12 characters of text read",
    "unknown: texts of all 2,000 calls, tokens of 1 of 2,000 calls, times of 3 of 2,000 calls, grade of 2 of 3 sessions",
    "not readable, so unknown: 2 inputTokens; put right: 1 text with half of a UTF-16 pair",
    "left out: 4 repeated spans",
    "1 file not read: d/README.md: neither JSON nor Parquet",
  ]);
});

Deno.test("rows that were set aside are told kind by kind, with the first reason of each", () => {
  const reasons = new AsideReasons();
  for (const row of [3, 5, 12]) reasons.add(`a.jsonl, row ${row}, field "harness": expected text, found ${row}`);
  equalText(reasons, 'not read: 3; the first: a.jsonl, row 3, field "harness": expected text, found 3');
  reasons.add("b.jsonl, row 1: not JSON: \u001b[31munexpected end");
  equalText(
    reasons,
    `not read: 4
  3: a.jsonl, row 3, field "harness": expected text, found 3
  1: b.jsonl, row 1: not JSON:  [31munexpected end`,
  );
  for (let i = 0; i < 40; i++) reasons.add(`kind ${"x".repeat(i)}`);
  assert.equal(reasons.all().length, 20);
  assert.equal(reasons.all().reduce((sum, { rows }) => sum + rows, 0), 44);
});

const equalText = (reasons: AsideReasons, text: string) => assert.equal(asideText(reasons.all()), text);
