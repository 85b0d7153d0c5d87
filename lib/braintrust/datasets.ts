import { type Redacted, RowError } from "../model/mod.ts";
import type { Sendable } from "./batches.ts";
import type { BraintrustClient } from "./client.ts";
import { type DatasetRecord, datasetRecordSchema } from "./dataset_record.ts";
import { BraintrustError } from "./error.ts";
import { insertRows } from "./insert.ts";
import type { Project } from "./project.ts";
import { type PushReport, pushRows } from "./push.ts";
import { queryRows, quoted } from "./query.ts";
import { redactedJson, redactValue } from "../traces/mod.ts";
import { checkedLines } from "../io/json_lines.ts";

/** What putting records into a dataset came to. */
export interface DatasetReport extends PushReport {
  /** Id that the service gave the dataset. */
  datasetId: string;
  /** Ids of records that the dataset does not have afterwards. */
  missing: string[];
}

/**
 * Puts records into the dataset of that name, which is made where it is not there. A record replaces the one with its id.
 * Afterwards the dataset is asked by SQL which of them it has.
 *
 * @throws {BraintrustError} when the service refuses
 */
export async function pushDataset(
  client: BraintrustClient,
  project: Project,
  name: string,
  records: readonly Redacted<DatasetRecord>[],
): Promise<DatasetReport> {
  const answer = await client.call("POST", "/v1/dataset", JSON.stringify({ project_id: project.id, name }));
  const { id } = (answer ?? {}) as { id?: unknown };
  if (typeof id !== "string") {
    throw new BraintrustError("not the API", `POST /v1/dataset: expected an id, found ${JSON.stringify(answer)}`);
  }
  const report = await pushRows(
    sendables(records, name),
    (batch) => insertRows(client, { dataset: id }, batch),
    // Datasets are small, and replacing a record by itself changes nothing: no need to remember what was sent.
    { sent: () => undefined, accepted: () => Promise.resolve() },
    { concurrency: 1 },
  );
  const there = await idsOf(client, id, records.map((record) => record.id));
  return { ...report, datasetId: id, missing: records.map((record) => record.id).filter((one) => !there.has(one)) };
}

async function* sendables(records: readonly Redacted<DatasetRecord>[], path: string): AsyncGenerator<Sendable> {
  for (const [i, record] of records.entries()) {
    yield { text: redactedJson(record), id: record.id, root: record.id, judged: false, path, line: i + 1 };
  }
}

async function idsOf(client: BraintrustClient, datasetId: string, ids: readonly string[]): Promise<Set<string>> {
  const there = new Set<string>();
  for (let at = 0; at < ids.length; at += 400) {
    const { rows } = await queryRows(
      client,
      `SELECT id FROM dataset(${quoted(datasetId)}) WHERE id IN (${ids.slice(at, at + 400).map(quoted).join(", ")})`,
    );
    for (const { id } of rows) there.add(String(id));
  }
  return there;
}

/**
 * Checks that no two records have the same id.
 *
 * @throws {RowError} naming the first id that comes twice
 *
 * @example
 * ```ts
 * import { throws } from "node:assert/strict";
 * import { checkRecordIds } from "agent-trace-lab/braintrust";
 * const record = { id: "a", input: 1, expected: null, metadata: {} };
 * throws(() => checkRecordIds([record, record], "mine"));
 * ```
 */
export function checkRecordIds(records: readonly DatasetRecord[], source: string): void {
  const seen = new Set<string>();
  for (const [i, { id }] of records.entries()) {
    if (seen.has(id)) {
      throw new RowError(source, i, "id", `"${id}" was there before; map a column with ids of their own to "id"`);
    }
    seen.add(id);
  }
}

/**
 * Reads records from JSON lines, as `deno task dataset --out` writes them.
 *
 * @throws {RowError} naming file, line and field
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { readRecords } from "agent-trace-lab/braintrust";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, '{"id":"a","input":"2 + 2","expected":"4","metadata":{}}\n');
 * equal((await readRecords(path))[0]?.expected, "4");
 * await Deno.remove(path);
 * ```
 */
export async function readRecords(path: string): Promise<Redacted<DatasetRecord>[]> {
  const lines = checkedLines(path, datasetRecordSchema, "a record is one JSON object");
  const records = await Array.fromAsync(lines, (record) => redactValue(record).value);
  if (records.length === 0) throw new RowError(path, null, "", "holds no record");
  checkRecordIds(records, path);
  return records;
}
