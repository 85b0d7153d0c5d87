import type { Session } from "../model/mod.ts";
import type { NotedCounts } from "./mapping/notes.ts";
import { notesTexts, passedOverText } from "./notes_text.ts";
import type { TraceFault } from "./trace_stream.ts";
import { plural } from "../model/plural.ts";

/** The first of several faults, as the end of a sentence; nothing when there is none. */
export const firstFault = (faults: readonly TraceFault[]) =>
  faults.length ? `; the first fault: ${faults[0]!.fault}` : "";

/**
 * What a reader is told of recorded sessions: how many, what was not read, whose verdicts they have, what was left out.
 *
 * @param notes what was left out, could not be read or was put right
 * @param of whether the rows were sessions already, and which files hold nothing that can be read
 */
export function recordedSentence(
  spec: string,
  sessions: readonly Session[],
  faults: readonly TraceFault[],
  notes: NotedCounts,
  { table, passedOver }: { table: boolean; passedOver: readonly { path: string; why: string }[] },
): string {
  const scored = sessions.filter(({ success }) => success !== null).length;
  const parts = [
    table
      ? `${plural(sessions.length, "session")} of the table ${spec}.`
      : `${
        plural(sessions.length, "recorded session")
      } of ${spec}, summed up from their calls' tokens and times; texts ` +
        "were not read, so tool errors are unknown.",
    scored === 0
      ? "None has a verdict."
      : `${plural(scored, "session")} with a verdict${table ? "" : ", the source's own grade"}.`,
  ];
  if (faults.length) {
    parts.push(`${plural(faults.length, "row")} left out, unreadable or there before${firstFault(faults)}.`);
  }
  for (const text of notesTexts(notes)) parts.push(`${text[0]!.toUpperCase()}${text.slice(1)}.`);
  if (passedOver.length) parts.push(`${passedOverText(passedOver)}.`);
  return parts.join(" ");
}
