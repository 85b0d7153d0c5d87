import { batches, inParallel, type Sendable, utf8Bytes } from "./batches.ts";
import { BraintrustError } from "./error.ts";
import { contentHash, type PushJournal } from "./journal.ts";

/**
 * Sends a batch of rows, all or nothing.
 *
 * @throws {BraintrustError} of fault `too large` when there are too many of them
 */
export type Send<T> = (rows: readonly T[]) => Promise<void>;

/** Settings of {@link pushRows}. */
export interface PushOptions {
  /** Rows a request; 1,000 unless told. */
  maxRows?: number;
  /** Bytes a request; 5 MB unless told. Halved when the service says that a request is too large. */
  maxBytes?: number;
  /** Requests under way at a time; 4 unless told. */
  concurrency?: number;
  /** Called after each accepted batch with the rows of the push dealt with so far. */
  onProgress?: (rows: number) => void;
}

/** What a push did. */
export interface PushReport {
  /** Rows that were accepted. */
  sent: number;
  /** Rows that the service has in this form already. */
  unchanged: number;
  /** Requests made, each with one batch. */
  requests: number;
  /** Rows that the service takes in no request, however small. */
  tooLarge: { path: string; line: number; id: string; bytes: number }[];
}

/**
 * Sends every row whose content the journal does not know, and notes it when it is accepted.
 *
 * Killed at any moment and run again, it goes on with what was not noted; a row that was accepted but not yet noted is sent
 * twice under the same id and is there once.
 *
 * @throws {BraintrustError} when the service refuses, or stays unreachable; what was accepted until then is noted
 */
export async function pushRows<T extends Sendable>(
  rows: AsyncIterable<T>,
  send: Send<T>,
  journal: Pick<PushJournal, "sent" | "accepted">,
  options: PushOptions = {},
): Promise<PushReport> {
  const { maxRows = 1000, concurrency = 4, onProgress } = options;
  let maxBytes = options.maxBytes ?? 5_000_000;
  const report: PushReport = { sent: 0, unchanged: 0, requests: 0, tooLarge: [] };

  async function* unsent(): AsyncGenerator<T> {
    for await (const row of rows) {
      if (journal.sent(row)?.hash === contentHash(row.text)) report.unchanged++;
      else yield row;
    }
  }

  async function deliver(batch: readonly T[]): Promise<void> {
    try {
      report.requests++;
      await send(batch);
    } catch (error) {
      if (!(error instanceof BraintrustError) || error.fault !== "too large") throw error;
      return await divide(batch);
    }
    await journal.accepted(batch.map(({ id, root, judged, text, own, score }) => ({
      id,
      root,
      judged,
      hash: contentHash(text),
      ...(own ? { own: own.hash } : {}),
      ...(score === undefined ? {} : { score }),
    })));
    report.sent += batch.length;
    onProgress?.(report.sent + report.unchanged);
  }

  async function divide(batch: readonly T[]): Promise<void> {
    const bytes = batch.reduce((sum, { text }) => sum + utf8Bytes(text), 0);
    if (batch.length === 1) {
      report.tooLarge.push(...batch.map(({ path, line, id }) => ({ path, line, id, bytes })));
      return;
    }
    maxBytes = Math.min(maxBytes, Math.ceil(bytes / 2));
    const half = Math.ceil(batch.length / 2);
    await deliver(batch.slice(0, half));
    await deliver(batch.slice(half));
  }

  await inParallel(batches(unsent(), { maxItems: maxRows, maxBytes: () => maxBytes }), concurrency, deliver);
  return report;
}
