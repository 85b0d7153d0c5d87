import assert from "node:assert/strict";
import { spanRows } from "../../../lib/braintrust/mod.ts";
import { spanRowsToOtlp } from "../../../lib/braintrust/otlp.ts";
import { FORMATS } from "../../../lib/sources/detect/formats.ts";
import { needs } from "../../support/needs.ts";
import { readFiles, told } from "./read.ts";
import { ANSWER, ARGS, ASK, RESULT, SAMPLES } from "./samples.ts";

const STORY = {
  calls: 2,
  messages: ["user", "assistant", "tool", "assistant"],
  toolCalls: 1,
  characters: ASK.length + ARGS.length + RESULT.length + ANSWER.length,
  task: ASK,
  answer: ANSWER,
};

/** Formats that never say how many tokens a call took, or which model answered. */
const WITHOUT_TOKENS =
  /^(docent|droid$|tau-bench|strands|letta|chat-messages|sharegpt|conversation-file|agentbench|agentdojo|swe-agent-messages|continue)/;

for (const [name, files] of Object.entries(SAMPLES)) {
  const [id] = name.split(":");
  needs(["read", "write"], `${name} is recognised, and loses no character on the way to OTLP and back`, async () => {
    const { rows, faults, stream } = await readFiles(files);
    assert.deepEqual(faults, []);
    assert.deepEqual(stream.found.map((found) => found.id), [id]);
    const [first, ...others] = rows;
    assert.deepEqual(others, []);
    const { sessionId, models, tokens, ...rest } = told(first!);
    assert.deepEqual(rest, STORY);
    assert.deepEqual(tokens.slice(0, 2), WITHOUT_TOKENS.test(name) ? [null, null] : [230, 27]);
    assert.match(sessionId, /^s(1|_1)?$/);
    const document = spanRowsToOtlp(spanRows(first!).rows);
    const back = await readFiles({ "back.json": JSON.stringify(document) });
    assert.deepEqual(back.faults, []);
    assert.deepEqual(back.rows.map(told), [{ sessionId, models, tokens, ...rest }]);
  });
}

/** The bytes of a text in which no `ß` is UTF-8. */
function broken(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return bytes.map((byte, i) => byte === 0xc3 && bytes[i + 1] === 0x9f ? 0xff : byte);
}

needs(["read", "write"], "bytes that are no UTF-8 are told of in every format, and lose no session", async () => {
  for (const [name, files] of Object.entries(SAMPLES)) {
    const texts = Object.entries(files).filter(([, content]) => typeof content === "string" && content.includes("ß"));
    if (texts.length === 0) continue;
    const damaged = texts.map(([path, content]) => [path, broken(content as string)]);
    const { rows, stream } = await readFiles({ ...files, ...Object.fromEntries(damaged) });
    assert.equal(rows.length, 1, name);
    assert.match(Object.keys(stream.notes().repaired).join(), /UTF-8/, name);
  }
});

/** Formats of files that hold an object a line, by readers that put a session together from them. */
const OF_OBJECTS = ["codex", "copilot-cli", "gemini-cli", "kimi-code", "opencode", "pi", "qwen-code", "droid-stream"];

needs(["read", "write"], "a line that is no object is a fault of its row, and the session is read", async () => {
  const tried = Object.entries(SAMPLES).filter(([name, files]) =>
    OF_OBJECTS.includes(name.split(":")[0]!) && Object.keys(files).every((path) => path.endsWith(".jsonl"))
  );
  assert.ok(tried.length >= 6, tried.map(([name]) => name).join());
  for (const [name, files] of tried) {
    const [[path, content]] = Object.entries(files) as [[string, string]];
    const { rows, faults } = await readFiles({ ...files, [path]: `${content.trimEnd()}\n42\n` });
    assert.equal(rows.length, 1, name);
    assert.deepEqual(faults.map(({ fault }) => fault.replace(/^.*, row/, "row").replace(/\d+/, "N")), [
      "row N: expected a JSON object, found 42",
    ], name);
  }
});

/** Logs whose lines all have an id or a time. */
const OF_LINES = ["claude-code", "codex", "copilot-cli", "droid", "droid-stream", "goose-file", "pi", "qwen-code"];

needs(
  ["read", "write"],
  "a log whose lines are all there twice is the same session, and the repeats are told",
  async () => {
    for (const [name, files] of Object.entries(SAMPLES)) {
      const [[path, content] = ["", ""], ...others] = Object.entries(files);
      if (!OF_LINES.includes(name) || others.length || typeof content !== "string") continue;
      const twice = content.trimEnd().split("\n").flatMap((line) => [line, line]).join("\n");
      const [once, again] = [await readFiles(files), await readFiles({ [path]: twice })];
      assert.deepEqual(again.rows.map(told), once.rows.map(told), name);
      assert.ok(again.stream.notes().leftOut["lines that are there twice"]! > 2, name);
    }
  },
);

needs(["read"], "every format that is read has a sample, and a page that the index names", () => {
  const told = new Set(Object.keys(SAMPLES).map((name) => name.split(":")[0]));
  const elsewhere = ["v1", "who-and-when", "imported", "claude-ai", "amp"];
  const docs = new URL("../../../docs/formats/", import.meta.url);
  const index = Deno.readTextFileSync(new URL("README.md", docs));
  for (const { id, page, read } of FORMATS) {
    if (read.by === "nothing") continue;
    assert.ok(told.has(id) || elsewhere.includes(id), `no sample of ${id}`);
    assert.ok(Deno.readTextFileSync(new URL(`${page}.md`, docs)).length > 100, `${page}.md says nothing`);
    assert.ok(index.includes(`(${page}.md)`), `the index does not name ${page}.md`);
  }
  assert.equal(new Set(FORMATS.map(({ id }) => id)).size, FORMATS.length);
});
