import type { Redacted, Verdict } from "../model/mod.ts";
import { redactedJson, redactValue } from "../traces/mod.ts";
import { contentHash } from "./journal.ts";
import { type BraintrustRow, isJudged } from "./row.ts";
import type { RowLine } from "./row_files.ts";

/** A verdict on a session as its root row carries it. */
export interface RowVerdict {
  /** Null when the judge could not tell: the row then has no `task_success` at all, which is not a 0. */
  success: Verdict;
  /** The `judge_*` entries: model, confidence, reasoning and so on. */
  metadata: Record<string, unknown>;
}

/**
 * Rows with their sessions' verdicts: a root gets `scores.task_success` and `metadata.judge_*`, everything else stays as it
 * is. The rows stay complete, because the service replaces a row by what it is sent, where that does not say that it is to
 * be merged: `logger.log({ id, scores })` of its SDK would leave those fields alone and nothing of input, output and
 * metadata. What of them is sent, so that work of others stays, is for `mergingSend` to say.
 *
 * @param verdicts by session id; rows of other sessions, and rows of calls, come out untouched, byte for byte
 */
export async function* writeBackRows(
  rows: AsyncIterable<RowLine>,
  verdicts: ReadonlyMap<string, RowVerdict>,
): AsyncGenerator<RowLine> {
  for await (const line of rows) {
    const verdict = line.row.is_root ? verdicts.get(String(line.row.metadata["session_id"])) : undefined;
    if (!verdict) yield line.row.is_root ? { ...line, ...withoutVerdict(line) } : line;
    else {
      const row = writeBackRow(line.row, verdict);
      yield {
        ...line,
        row,
        text: redactedJson(row),
        judged: isJudged(row),
        score: row.scores["task_success"] ?? null,
        own: { hash: contentHash(line.text), score: line.row.scores["task_success"] ?? null },
      };
    }
  }
}

function withoutVerdict({ text, row }: RowLine): Pick<RowLine, "score" | "own"> {
  const score = row.scores["task_success"] ?? null;
  return { score, own: { hash: contentHash(text), score } };
}

/** One root row with its verdict; entries that an earlier verdict left are replaced, all of them. */
export function writeBackRow(row: BraintrustRow, { success, metadata }: RowVerdict): Redacted<BraintrustRow> {
  const { task_success: _, ...scores } = row.scores;
  const kept = Object.entries(row.metadata).filter(([key]) => !key.startsWith("judge_"));
  return redactValue({
    ...row,
    scores: success === null ? scores : { ...scores, task_success: success },
    metadata: { ...Object.fromEntries(kept), ...metadata },
  }).value;
}
