import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";
import type { Sendable } from "./batches.ts";

/** What rows are put into. */
export type InsertTarget = { projectLogs: string } | { dataset: string };

/**
 * Puts rows into a project's logs or a dataset: `POST /v1/project_logs/ID/insert` with complete rows. A row replaces the
 * one with its id (no row says `_is_merge`), so sending a row again changes nothing.
 *
 * This is the way in, and not the SDK's queue nor `bt sync push`. The SDK drops rows after three 429s while `flush()`
 * resolves, and beyond 15,000 queued rows. `bt sync push` remembers what it sent by target and not by content: an edited
 * file is "already completed", and nothing is sent. Both are shown in tests/braintrust.
 *
 * @param rows as JSON texts, sent byte for byte
 * @throws {BraintrustError} of fault `too large` when the request is
 */
export async function insertRows(
  client: BraintrustClient,
  target: InsertTarget,
  rows: readonly Pick<Sendable, "text">[],
): Promise<void> {
  const path = "dataset" in target
    ? `/v1/dataset/${target.dataset}/insert`
    : `/v1/project_logs/${target.projectLogs}/insert`;
  const answer = await client.call("POST", path, `{"events":[${rows.map(({ text }) => text).join(",")}]}`);
  const { row_ids: ids } = (answer ?? {}) as { row_ids?: unknown };
  if (Array.isArray(ids) && ids.length !== rows.length) {
    throw new BraintrustError("request", `POST ${path}: ${rows.length} rows were sent, ${ids.length} were accepted`);
  }
}
