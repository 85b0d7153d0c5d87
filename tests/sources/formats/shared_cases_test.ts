import assert from "node:assert/strict";
import { isFault, loadMapping, openTraces } from "../../../lib/sources/mod.ts";
import type { TraceRow } from "../../../lib/model/mod.ts";
import { onRecorded, sharedPath } from "../../support/shared.ts";
import { told } from "./read.ts";

const FOLDER = "cases/formats";

/** What a case expects; what it leaves out is not asked. */
interface Expected {
  /** Of a case that is refused. */
  exit_code?: number;
  sessions: number;
  calls?: number;
  distinct_messages?: number;
  tool_calls?: number;
  characters_of_text?: number;
  input_tokens?: number | null;
  output_tokens?: number | null;
  task?: string | null;
  final_answer?: string | null;
}

onRecorded(FOLDER, "each recorded case of a format is read as it says, and no character of it is lost", async () => {
  const folder = sharedPath(FOLDER);
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  const cases = names.filter((name) => name.endsWith(".expected.json")).map((name) => name.split(".")[0]!);
  for (const name of cases) {
    const expected: Expected = JSON.parse(await Deno.readTextFile(`${folder}/${name}.expected.json`));
    const file = names.find((one) => one.split(".")[0] === name && !/\.(expected|mapping)\.json$/.test(one))!;
    const mapping = `${name}.mapping.json`;
    const options = async () => names.includes(mapping) ? { mapping: await loadMapping(`${folder}/${mapping}`) } : {};
    if (expected.exit_code) {
      await assert.rejects(async () => openTraces(`${folder}/${file}`, await options()), Error, name);
      continue;
    }
    const found = await Array.fromAsync((await openTraces(`${folder}/${file}`, await options())).rows());
    const rows = found.filter((one): one is TraceRow => !isFault(one)).map(told);
    const sum = (of: (row: ReturnType<typeof told>) => number | null) =>
      rows.reduce((total, row) => total + (of(row) ?? 0), 0);
    const counted = {
      sessions: rows.length,
      calls: sum(({ calls }) => calls),
      distinct_messages: sum(({ messages }) => messages.length),
      tool_calls: sum(({ toolCalls }) => toolCalls),
      input_tokens: sum(({ tokens }) => tokens[0]!),
      output_tokens: sum(({ tokens }) => tokens[1]!),
      task: rows[0]?.task ?? null,
      final_answer: rows[0]?.answer ?? null,
    };
    for (const [key, value] of Object.entries(counted)) {
      const wanted = expected[key as keyof Expected];
      if (wanted !== undefined) {
        assert.equal(value ?? null, wanted ?? (typeof value === "number" ? 0 : null), `${name}: ${key}`);
      }
    }
    assert.ok(
      sum(({ characters }) => characters) >= (expected.characters_of_text ?? 0),
      `${name}: characters are lost`,
    );
  }
  assert.ok(cases.length >= 20);
});
