/** What is said of broken JSON quotes none of it. @module */
import { equal, ok, rejects, throws } from "node:assert/strict";
import fc from "fast-check";
import { jsonLines, Ledger } from "../../lib/io/mod.ts";
import { jsonValues } from "../../lib/io/json_values.ts";
import { readVerdicts } from "../../lib/judge/verdicts/ledger.ts";
import { jsonFault } from "../../lib/model/json_fault.ts";
import { openTraces } from "../../lib/sources/mod.ts";
import { parseRecorded } from "../../lib/traces/mod.ts";
import { writeSessions } from "../support/judge_task.ts";
import { needs } from "../support/needs.ts";
import { smallSession } from "../support/sessions.ts";

const SECRET = "sk-proj-Zq81Lw04";
/** Any four characters of it are too many. */
const quotes = (text: string) =>
  Array.from({ length: SECRET.length - 3 }, (_, i) => SECRET.slice(i, i + 4)).some((piece) => text.includes(piece));

const BROKEN = [
  SECRET,
  `{"key": ${SECRET}}`,
  `{"key": "a" "${SECRET}"}`,
  `{${SECRET}: 1}`,
  `{"key": "${SECRET}`,
  `{"key": "${SECRET}\\q"}`,
  `{"a": 1}${SECRET}`,
  `{"score": NaN, "key": ${SECRET}}`,
  `[1, 2, ${SECRET.slice(8)}]`,
];

function faultOf(parse: (text: string) => unknown, text: string): string {
  try {
    parse(text);
  } catch (error) {
    return jsonFault(error);
  }
  throw new Error(`${text} is JSON`);
}

const bytes = async function* (text: string) {
  yield await Promise.resolve(new TextEncoder().encode(text));
};

for (const text of BROKEN) {
  Deno.test(`broken JSON is told without a piece of it: ${text}`, async () => {
    for (const parse of [JSON.parse, parseRecorded]) {
      const fault = faultOf(parse, text);
      ok(fault.length > 8 && !quotes(fault), fault);
    }
    for (const read of [jsonLines, jsonValues]) {
      const faults: string[] = [];
      for await (const line of read(bytes(`${text}\n{"good": 1}\n`))) if ("fault" in line) faults.push(line.fault);
      equal(faults.length, 1);
      ok(!quotes(faults[0]!), faults[0]);
    }
  });
}

Deno.test("a secret anywhere in a text that is no JSON is in no error", () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
    const text = `${before}${SECRET}${after}`;
    for (const parse of [JSON.parse, parseRecorded]) {
      try {
        parse(text);
      } catch (error) {
        ok(!quotes(jsonFault(error)), jsonFault(error));
      }
    }
  }));
});

Deno.test("what other errors say stays", () => {
  equal(jsonFault(new Error("the disk is full")), "the disk is full");
  equal(jsonFault("broken"), "broken");
  throws(() => JSON.parse('{"a":1,}'), (error) => /position 7/.test(jsonFault(error)));
});

needs(["read", "write"], "files of verdicts and of traces, and ledgers, quote nothing of a broken line", async () => {
  const path = await Deno.makeTempFile({ suffix: ".jsonl" });
  try {
    await Deno.writeTextFile(path, `{"session_id": ${SECRET}}\n{}\n`);
    await rejects(readVerdicts(path), (error: Error) => error.message.includes("line 1") && !quotes(error.message));
    using ledger = await Ledger.open(path, { busy: "busy" });
    let told = "";
    await ledger.replay(() => {}, (_, error) => void (told = error.message));
    ok(told !== "" && !quotes(told), told);
    await writeSessions(path, [smallSession(1)]);
    await Deno.writeTextFile(path, `{"session_id": ${SECRET}}\n`, { append: true });
    const faults: string[] = [];
    for await (const row of (await openTraces(path)).rows()) if ("fault" in row) faults.push(row.fault);
    ok(faults.length > 0 && !faults.some(quotes), faults.join("\n"));
  } finally {
    await Deno.remove(path);
  }
});
