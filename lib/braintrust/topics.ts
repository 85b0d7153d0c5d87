import { type Session, topicsOfSession } from "../model/mod.ts";
import { redactedJson, redactValue } from "../traces/mod.ts";
import type { BraintrustClient } from "./client.ts";
import { insertRows } from "./insert.ts";
import type { Project } from "./project.ts";
import { proveMerge, written } from "./prove_merge.ts";
import { type Bounds, wholeRows } from "./standing.ts";

/** Rows sent at once. */
const BATCH = 200;
/** Where rows without a time of their own may stand. */
const FIRST_DAY = "1970-01-01T00:00:00.000Z";
const DAY_MS = 86_400_000;

/** What was written of topics. */
export interface TopicsWritten {
  /** Root rows whose topics are new or others than before. */
  written: number;
  /** Rows that said the same already. */
  same: number;
  /** Sessions whose topics somebody changed at the service, or wrote first: theirs stay. */
  kept: string[];
  /** Sessions without a row in the project. */
  missing: string[];
}

/**
 * Writes the topics of sessions into the `metadata.topics` of their root rows, as text joined by " | ", and nothing else of the
 * row: scores, tags, comments and metadata of others stay, and so do topics that somebody changed or wrote: `topics_written`
 * beside them says what was written last. A service that does not merge is found out by the first row, and
 * rows are then read, changed and written whole. Sessions that nobody sorted are left alone.
 *
 * @throws {BraintrustError} when the service refuses
 */
export async function writeTopics(
  client: BraintrustClient,
  project: Project,
  sessions: readonly Pick<Session, "id" | "sessionId" | "topics">[],
): Promise<TopicsWritten> {
  const sorted = sessions.filter((session) => topicsOfSession(session) !== null);
  const bounds: Bounds = [FIRST_DAY, new Date(client.clock.now() + DAY_MS).toISOString()];
  const target = { projectLogs: project.id };
  const result: TopicsWritten = { written: 0, same: 0, kept: [], missing: [] };
  let merges: boolean | null = null;
  for (let at = 0; at < sorted.length; at += BATCH) {
    const some = sorted.slice(at, at + BATCH);
    const there = await wholeRows(client, project, some.map(({ id }) => id), bounds);
    const events: Record<string, unknown>[] = [];
    for (const { id, sessionId, topics } of some) {
      const row = there.get(id);
      const { topics: standing, topics_written: ours } = (Object(row?.["metadata"]) ?? {}) as Record<string, unknown>;
      if (!row) result.missing.push(sessionId);
      else if (standing === topics) result.same++;
      else if (standing !== undefined && standing !== null && standing !== ours) result.kept.push(sessionId);
      else {
        const { created, span_id } = row;
        events.push({ id, created, span_id, _is_merge: true, metadata: { topics, topics_written: topics } });
      }
    }
    if (events.length === 0) continue;
    merges ??= await proveMerge(client, project, String(events[0]!["id"]), bounds);
    const texts = events.map((event) => ({
      text: merges ? redactedJson(redactValue(event).value) : written(there.get(String(event["id"])), event),
    }));
    await insertRows(client, target, texts);
    result.written += events.length;
  }
  return result;
}
