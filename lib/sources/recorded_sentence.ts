import type { Session } from "../model/mod.ts";
import type { TraceFault } from "./trace_stream.ts";

/** The first of several faults, as the end of a sentence; nothing when there is none. */
export const firstFault = (faults: readonly TraceFault[]) =>
  faults.length ? `; the first fault: ${faults[0]!.fault}` : "";

/**
 * What a reader is told of recorded sessions: how many, what was not read, whose verdicts they have, what was left out.
 *
 * @param leftOut how many of what
 * @param table whether the rows were sessions already
 */
export function recordedSentence(
  spec: string,
  sessions: readonly Session[],
  faults: readonly TraceFault[],
  leftOut: readonly [string, number][],
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
  const byReason = new Map<string, number>();
  for (const [reason, n] of leftOut) byReason.set(reason, (byReason.get(reason) ?? 0) + n);
  if (byReason.size) parts.push(`Left out: ${[...byReason].map(([reason, n]) => `${n} ${reason}`).join(", ")}.`);
  return parts.join(" ");
}
