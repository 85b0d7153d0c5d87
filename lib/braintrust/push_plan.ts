import { RowError } from "../model/mod.ts";
import { utf8Bytes } from "./batches.ts";
import { contentHash, type PushJournal } from "./journal.ts";
import type { RowLine } from "./row_files.ts";

/** Rows of one session. */
export interface SessionRows {
  /** As the root row names it. */
  sessionId: string;
  /** How many there are, the root too. */
  rows: number;
}

/** What a push would do, before anything is sent. */
export interface PushPlan {
  /** By root row id. */
  sessions: Map<string, SessionRows>;
  /** Of all sessions. */
  rows: number;
  /** Of the rows as sent, UTF-8. */
  bytes: number;
  /** Rows that the service does not have yet in this form. */
  toSend: { rows: number; bytes: number };
  /** Of the rows to send, those that replace an earlier form. */
  edited: number;
  /** Root rows that carry a judge's verdict. */
  judged: number;
  /** Scores of these by root row id; null where the judge could not tell. */
  verdicts: Map<string, number | null>;
  /** Scores that these roots have without the verdict. */
  ownScores: Map<string, { score: number | null }>;
  /** Root rows to send without a verdict, where the row that they would replace has one. */
  losingVerdict: number;
  /** Earliest and latest `created`; null when no row has one. */
  created: { from: string; to: string } | null;
  /** Rows without `created`: the service puts the time of arrival. */
  withoutCreated: number;
  /** The first few rows. */
  first: RowLine[];
}

/** Rows shown by a preview. */
const SHOWN = 3;

/**
 * Reads all rows, checks that they are complete and belong together, and says what is new.
 *
 * @throws {RowError} for a row that is not complete (see `folderRows`), an id that comes twice, or a call whose root is not there
 */
export async function planPush(rows: AsyncIterable<RowLine>, journal: Pick<PushJournal, "sent">): Promise<PushPlan> {
  const plan: PushPlan = {
    sessions: new Map(),
    rows: 0,
    bytes: 0,
    toSend: { rows: 0, bytes: 0 },
    edited: 0,
    judged: 0,
    verdicts: new Map(),
    ownScores: new Map(),
    losingVerdict: 0,
    created: null,
    withoutCreated: 0,
    first: [],
  };
  const ids = new Set<string>();
  const roots = new Set<string>();
  const calls = new Map<string, Pick<RowLine, "path" | "line">>();
  for await (const item of rows) {
    const { row, text, path, line, root } = item;
    if (ids.has(row.id)) {
      throw new RowError(path, `line ${line}`, "id", `"${row.id}" was there before; every row has an id of its own`);
    }
    ids.add(row.id);
    if (row.is_root) roots.add(row.id);
    else if (!calls.has(row.root_span_id)) calls.set(row.root_span_id, { path, line });
    count(plan, item, utf8Bytes(text), journal.sent({ id: row.id, root }));
  }
  for (const [root, { path, line }] of calls) {
    if (!roots.has(root)) {
      throw new RowError(path, `line ${line}`, "root_span_id", `the root row "${root}" is in none of the files`);
    }
  }
  return plan;
}

function count(plan: PushPlan, item: RowLine, bytes: number, before: ReturnType<PushJournal["sent"]>): void {
  const { row, text, root, judged } = item;
  const session = plan.sessions.get(root) ?? { sessionId: String(row.metadata["session_id"]), rows: 0 };
  plan.sessions.set(root, { ...session, rows: session.rows + 1 });
  plan.rows++;
  plan.bytes += bytes;
  if (judged) {
    plan.judged++;
    if (row.is_root) {
      plan.verdicts.set(root, row.scores["task_success"] ?? null);
      if (item.own) plan.ownScores.set(root, { score: item.own.score });
    }
  }
  if (before?.hash !== contentHash(text)) {
    plan.toSend.rows++;
    plan.toSend.bytes += bytes;
    if (before) plan.edited++;
    if (before?.judged && !judged) plan.losingVerdict++;
  }
  if (row.created === null) plan.withoutCreated++;
  else {
    const at = new Date(row.created).toISOString();
    const { from, to } = plan.created ?? { from: at, to: at };
    plan.created = { from: at < from ? at : from, to: at > to ? at : to };
  }
  if (plan.first.length < SHOWN) plan.first.push(item);
}
