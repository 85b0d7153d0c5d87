import assert from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { toldText } from "../../tasks/import/told_text.ts";

const root = new URL("../../", import.meta.url);

async function importTask(...args: string[]) {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "tasks/import.ts", ...args],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, stdout: new TextDecoder().decode(stdout) };
}

const user = { role: "user", content: "Where is the atlas?" };
const answer = { role: "assistant", content: "On shelf 9.", tool_calls: [] };

needs(["read", "write", "run", "env", "sys"], "deno task import FILE says what it is and what is in it", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const path = `${dir}/a.jsonl`;
    await Deno.writeTextFile(path, `${JSON.stringify({ id: "s1", messages: [user, answer] })}\n`);
    const { code, stdout } = await importTask(path);
    assert.equal(code, 0);
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      "Chat messages, one conversation a record (1 file)",
      "1 session, 1 call, 2 messages, 0 tool calls",
      "30 of 30 characters of text read",
      "unknown: tokens of the call, times of the session, model of the session, grade of the session",
    ]);
    const json = JSON.parse((await importTask(path, "--json")).stdout);
    assert.deepEqual([json.sessions, json.characters, json.charactersThere], [1, 30, 30]);
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name), ["a.jsonl"]);
    await Deno.writeTextFile(`${dir}/b.json`, '{"something": "else"}');
    const both = await importTask(dir);
    assert.equal(both.code, 2);
    assert.match(both.stdout, /not read: 1; .*b\.json: not a kind of trace file that is known/);
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
    unknown: { callsWithoutTokens: 1, sessionsWithoutTimes: 0, sessionsWithoutModel: 0, sessionsWithoutGrade: 2 },
    leftOut: { "repeated spans": 4 },
    setAside: [],
  });
  assert.deepEqual(text.split("\n"), [
    "Logs 2 (3 files)",
    "3 sessions, 2,000 calls, 5 messages, 1 tool call",
    "10 of 12 characters of text read",
    "unknown: texts of all 2,000 calls, tokens of 1 of 2,000 calls, grade of 2 of 3 sessions",
    "left out: 4 repeated spans",
  ]);
});
