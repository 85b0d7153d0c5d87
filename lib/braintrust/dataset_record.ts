import { v5 } from "uuid";
import { z } from "zod";
import { checkRow, type Redacted, RowError } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { redactValue } from "../traces/mod.ts";
import type { BraintrustRow } from "./row.ts";

/** A record of a Braintrust dataset. */
export interface DatasetRecord {
  /** Deterministic: the same row gives the same record again, and replaces it. */
  id: string;
  /** What a task is given; never null. */
  input: unknown;
  /** Null where the source has no right answer. */
  expected: unknown;
  /** What is kept beside it; empty where nothing is. */
  metadata: Record<string, unknown>;
}

/** Checks a {@link DatasetRecord}. */
export const datasetRecordSchema: z.ZodType<DatasetRecord> = z.object({
  id: z.string().min(1),
  input: z.unknown().refine((value) => value !== undefined && value !== null, "expected an input"),
  expected: z.unknown().transform((value) => value ?? null),
  metadata: z.record(z.string(), z.unknown()).default({}),
});

/** A column (`question`, `answer.text`), a constant, or an object made of such. */
export type DatasetField = string | { constant: unknown } | { object: { [name: string]: DatasetField } };

/** Which column of a table becomes what of a record. */
export interface DatasetMapping {
  /** A column whose values are all different; made from the input when not given. */
  id?: string | undefined;
  /** What a task is given. */
  input: DatasetField;
  /** The right answer; without it records have none. */
  expected?: DatasetField | undefined;
  /** Columns to keep, `"rest"` for all that are not named elsewhere; none unless told. */
  metadata?: string[] | "rest" | undefined;
}

const field: z.ZodType<DatasetField> = z.lazy(() =>
  z.union([
    z.string().min(1),
    z.strictObject({ constant: z.unknown() }),
    z.strictObject({ object: z.record(z.string(), field) }),
  ])
);

const mappingSchema: z.ZodType<DatasetMapping> = z.strictObject({
  id: z.string().min(1).optional(),
  input: field,
  expected: field.optional(),
  metadata: z.union([z.array(z.string().min(1)), z.literal("rest")]).optional(),
});

/**
 * Reads a mapping from the text of a JSON file, such as `{ "id": "task_id", "input": "question", "expected": "answer",
 * "metadata": "rest" }`.
 *
 * @throws {RowError} naming the file and the field at fault
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseDatasetMapping } from "agent-trace-lab/braintrust";
 * equal(parseDatasetMapping('{ "input": "question" }', "mapping.json").input, "question");
 * ```
 */
export function parseDatasetMapping(json: string, source: string): DatasetMapping {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RowError(source, null, "", `not JSON (${jsonFault(error)}); a mapping is one JSON object`);
  }
  return checkRow(mappingSchema, value, source, null);
}

/**
 * One row of a table as a record. Secrets are redacted, and values that JSON has no word for become text.
 *
 * @throws {RowError} when the row has no value for the input or the id
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { recordOf, parseDatasetMapping } from "agent-trace-lab/braintrust";
 * const mapping = parseDatasetMapping('{ "input": "question", "expected": "answer" }', "mapping.json");
 * const record = recordOf({ question: "2 + 2", answer: "4" }, mapping, "sums.csv", 0);
 * equal(record.expected, "4");
 * ```
 */
export function recordOf(
  row: Record<string, unknown>,
  mapping: DatasetMapping,
  source: string,
  at: number | string,
): Redacted<DatasetRecord> {
  const clean = (value: unknown) => redactValue(value).value ?? null;
  const input = clean(valueOf(row, mapping.input));
  if (input === null) throw new RowError(source, at, fieldName(mapping.input), missing(row));
  const named = mapping.id === undefined ? null : lookUp(row, mapping.id);
  if (mapping.id !== undefined && (named === null || named === undefined || named === "")) {
    throw new RowError(source, at, mapping.id, missing(row));
  }
  return redactValue({
    id: named === null || named === undefined ? v5(`record:${JSON.stringify(input)}`, v5.DNS) : String(named),
    input,
    expected: mapping.expected === undefined ? null : clean(valueOf(row, mapping.expected)),
    metadata: redactValue(metadataOf(row, mapping)).value,
  }).value;
}

/**
 * A session's root row as a record: its task, no right answer, and who ran it and how it ended.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { recordOfSession, spanRows } from "agent-trace-lab/braintrust";
 * import { exampleSession } from "agent-trace-lab/judge";
 * const [root] = spanRows(exampleSession()).rows;
 * equal(String(recordOfSession(root!).input).startsWith("My friends"), true);
 * ```
 */
export function recordOfSession(root: Redacted<BraintrustRow>): Redacted<DatasetRecord> {
  const { scores, metadata } = root;
  const kept = ["session_id", "benchmark", "harness", "deployment", "model", "run"];
  const judged = Object.keys(metadata).filter((key) => key.startsWith("judge_"));
  return redactValue({
    id: root.id,
    input: root.input,
    expected: null,
    metadata: {
      ...Object.fromEntries([...kept, ...judged].filter((k) => k in metadata).map((k) => [k, metadata[k]])),
      ...scores,
      answer: root.output,
    },
  }).value;
}

const missing = (row: Record<string, unknown>) =>
  `expected a value, found none; the row has the columns ${Object.keys(row).join(", ")}`;

function fieldName(from: DatasetField): string {
  return typeof from === "string" ? from : "input";
}

function valueOf(row: Record<string, unknown>, from: DatasetField): unknown {
  if (typeof from === "string") return lookUp(row, from);
  if ("constant" in from) return from.constant;
  return Object.fromEntries(Object.entries(from.object).map(([name, part]) => [name, valueOf(row, part) ?? null]));
}

/** A column of that very name, else the path that its dots say. */
function lookUp(row: Record<string, unknown>, path: string): unknown {
  if (path in row) return row[path];
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], row);
}

function metadataOf(row: Record<string, unknown>, { id, input, expected, metadata }: DatasetMapping) {
  if (metadata === undefined) return {};
  if (metadata !== "rest") return Object.fromEntries(metadata.map((name) => [name, lookUp(row, name) ?? null]));
  const used = new Set([id, input, expected].flatMap((from) => from === undefined ? [] : columnsOf(from)));
  return Object.fromEntries(Object.entries(row).filter(([name]) => !used.has(name)));
}

function columnsOf(from: DatasetField): string[] {
  if (typeof from === "string") return [from];
  return "object" in from ? Object.values(from.object).flatMap(columnsOf) : [];
}
