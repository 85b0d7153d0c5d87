import { z } from "zod";
import { checkRow, type Redacted, RowError } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { redactedJson, redactValue } from "../traces/mod.ts";
import { linesOf } from "../io/json_lines.ts";
import { piecesOf } from "../io/pieces.ts";
import type { Sendable } from "./batches.ts";
import { type BraintrustRow, isJudged } from "./row.ts";

/** A row as it lies in a file. */
export interface RowLine extends Sendable {
  /** The row that `text` is the JSON of. */
  row: Redacted<BraintrustRow>;
}

const text = z.string().min(1);

/** Every field of a row has to be there: a row that is sent replaces the one with its id, missing fields and all. */
const completeRow = z.object({
  id: text,
  span_id: text,
  root_span_id: text,
  span_parents: z.array(text).min(1).nullable(),
  is_root: z.boolean(),
  input: z.union([z.string(), z.array(z.unknown()), z.null()]),
  output: z.union([z.string(), z.array(z.unknown()), z.null()]),
  metadata: z.looseObject({ session_id: text }),
  metrics: z.record(z.string(), z.number()),
  scores: z.record(z.string(), z.number()),
  error: z.string().nullable(),
  created: z.iso.datetime({ offset: true }).nullable(),
  span_attributes: z.looseObject({ name: z.string(), type: z.enum(["task", "llm"]), exec_counter: z.number() }),
}).refine((row) => row.id === row.span_id, { path: ["span_id"], message: "expected the same as id" })
  .refine((row) => row.is_root === (row.id === row.root_span_id), {
    path: ["root_span_id"],
    message: "expected the row's own id for a root, and another for a call",
  })
  .refine((row) => row.is_root === (row.span_parents === null), {
    path: ["span_parents"],
    message: "expected null for a root, and the parent's id for a call",
  });

/**
 * The rows of a folder that `import --out` wrote, in the order of its files `spans-*.jsonl`. Secrets that an earlier
 * version, or somebody else's program, has left in them are redacted; a line without any is sent byte for byte.
 *
 * @throws {RowError} naming file, line and field of a row that is not complete, or when the folder holds no finished import
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { folderRows } from "agent-trace-lab/braintrust";
 * const why = await folderRows("/nowhere").next().catch((error: Error) => error.message);
 * equal(String(why).includes("/nowhere"), true);
 * ```
 */
export async function* folderRows(dir: string): AsyncGenerator<RowLine> {
  for (const path of await spanFiles(dir)) {
    for await (const { text, number: line } of linesOf(piecesOf(path))) {
      if (text.trim() === "") continue;
      const read = parseRow(text, path, line);
      const row = redactValue(read).value;
      yield {
        row,
        text: row === read ? text as Redacted<string> : redactedJson(row),
        id: row.id,
        root: row.root_span_id,
        judged: isJudged(row),
        path,
        line,
      };
    }
  }
}

async function spanFiles(dir: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(dir)) names.push(name);
  } catch (error) {
    throw new RowError(dir, null, "", `cannot be read as a folder (${(error as Error).message}); give import's --out`);
  }
  if (names.some((name) => /^spans-\d+\.jsonl\.part$/.test(name))) {
    throw new RowError(
      dir,
      null,
      "",
      "holds an unfinished import; run the same import again, it goes on where it stopped",
    );
  }
  const files = names.filter((name) => /^spans-\d+\.jsonl$/.test(name)).sort();
  if (files.length === 0) {
    throw new RowError(dir, null, "", "holds no spans-*.jsonl; give the folder that deno task import --out wrote");
  }
  return files.map((name) => `${dir}/${name}`);
}

function parseRow(text: string, path: string, line: number): BraintrustRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RowError(path, `line ${line}`, "", `not JSON (${jsonFault(error)}); import again`);
  }
  checkRow<unknown>(completeRow, value, path, `line ${line}`);
  return value as BraintrustRow;
}
