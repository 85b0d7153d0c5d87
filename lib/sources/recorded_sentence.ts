import type { Session } from "../model/mod.ts";
import type { NotedCounts } from "./mapping/notes.ts";
import type { TraceFault } from "./trace_stream.ts";

/** The first of several faults, as the end of a sentence; nothing when there is none. */
export const firstFault = (faults: readonly TraceFault[]) =>
  faults.length ? `; the first fault: ${faults[0]!.fault}` : "";

/**
 * What a reader is told of recorded sessions: how many, what was not read, whose verdicts they have, what was left out.
 *
 * @param notes what was left out, could not be read or was put right
 * @param table whether the rows were sessions already
 */
export function recordedSentence(
  spec: string,
  sessions: readonly Session[],
  faults: readonly TraceFault[],
  notes: NotedCounts,
  table: boolean,
): string {
  const scored = sessions.filter(({ success }) => success !== null).length;
  const counted = (n: number, noun: string) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
  const parts = [
    table
      ? `${counted(sessions.length, "session")} of the table ${spec}.`
      : `${
        counted(sessions.length, "recorded session")
      } of ${spec}, summed up from their calls' tokens and times; texts ` +
        "were not read, so tool errors are unknown.",
    scored === 0
      ? "None has a verdict."
      : `${counted(scored, "session")} with a verdict${table ? "" : ", the source's own grade"}.`,
  ];
  if (faults.length) {
    parts.push(`${counted(faults.length, "row")} left out, unreadable or there before${firstFault(faults)}.`);
  }
  const listed = (counts: Record<string, number>) =>
    Object.entries(counts).map(([reason, n]) => `${n.toLocaleString("en")} ${reason}`).join(", ");
  if (Object.keys(notes.unknown).length) parts.push(`Not known: ${listed(notes.unknown)}.`);
  if (Object.keys(notes.leftOut).length) parts.push(`Left out: ${listed(notes.leftOut)}.`);
  if (Object.keys(notes.unreadable).length) parts.push(`Not readable, so unknown: ${listed(notes.unreadable)}.`);
  if (Object.keys(notes.repaired).length) parts.push(`Put right: ${listed(notes.repaired)}.`);
  return parts.join(" ");
}
