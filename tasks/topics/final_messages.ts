import type { TopicText } from "../../lib/analysis/topics/mod.ts";
import { datasetOf } from "../../lib/analysis/mod.ts";
import type { Dataset, Session } from "../../lib/model/mod.ts";
import { eachOnce, isFault, type Mapping, openTraces } from "../../lib/sources/mod.ts";
import { conversationOf, finalAnswerOf, sessionOf } from "../../lib/traces/mod.ts";
import { readGrades } from "../judge/grades.ts";
import { plural } from "../../lib/model/plural.ts";
import { note } from "../say.ts";

/** What the agents of failed sessions said last. */
export interface FinalMessages {
  dataset: Dataset;
  texts: TopicText[];
  /** What was left out. */
  sentence: string;
}

/**
 * Final messages of the failed sessions of some traces, one at a time; which failed is what `grades` says, else what the
 * traces say. A session without a known outcome is no failure, and counted.
 */
export async function finalMessages(
  spec: string,
  { grades, mapping }: { grades?: string; mapping?: Mapping } = {},
): Promise<FinalMessages> {
  const read = grades === undefined ? null : await readGrades(grades);
  for (const text of read?.notes ?? []) note(`${grades}: ${text}`);
  const graded = read?.grades ?? null;
  const stream = await openTraces(spec, mapping ? { mapping } : {});
  const sessions: Session[] = [];
  const texts: TopicText[] = [];
  const left = { "unreadable or there before": 0, "of unknown outcome": 0, "without a final message": 0 };
  for await (const row of eachOnce(stream)) {
    if (isFault(row)) {
      left["unreadable or there before"]++;
      continue;
    }
    const calls = conversationOf(row);
    const session = sessionOf(row, calls);
    const success = graded ? graded.get(row.sessionId) ?? null : session.success;
    sessions.push({ ...session, success });
    if (success === null) left["of unknown outcome"]++;
    if (success !== 0) continue;
    const text = finalAnswerOf(row, calls);
    if (text === null) left["without a final message"]++;
    else texts.push({ sessionId: row.sessionId, benchmark: row.benchmark, harness: row.harness, text });
  }
  const info = { name: spec, sha256: await stream.sha256(), sessions: sessions.length, sentence: spec, caption: spec };
  const counts = Object.entries(left).map(([what, n]) => `${n} ${what}`).join(", ");
  return {
    dataset: datasetOf(info, sessions),
    texts,
    sentence: `Of ${plural(sessions.length, "session")}: ${counts}.`,
  };
}
