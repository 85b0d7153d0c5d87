import { type FoundFormat, isFault, type TraceStream } from "../sources/mod.ts";
import { boundsUs, sessionOf, usageOf } from "../traces/mod.ts";
import type { Manifest } from "./manifest.ts";
import { addTold, NOTHING_TOLD, readTold, type TextsTold } from "./texts_told.ts";

/** What a source is and what is in it: what an import begins with, and all that one without a place to write to does. */
export interface SourceTold extends Omit<TextsTold, "lost"> {
  formats: FoundFormat[];
  sessions: number;
  calls: number;
  /** Characters of text that are recorded: those of `characters`, and those that no message has. */
  charactersThere: number;
  /** What is not known, by what and of how many. */
  unknown: Pick<
    Manifest["unknown"],
    "callsWithoutTokens" | "sessionsWithoutTimes" | "sessionsWithoutModel" | "sessionsWithoutGrade"
  >;
  /** What was left out, by reason. */
  leftOut: Record<string, number>;
  /** Rows and files that could not be read, with the reason. */
  setAside: string[];
}

/** Reads a source to its end and tells what is in it; nothing is written. */
export async function tellSource(
  source: Pick<TraceStream, "rows" | "leftOut" | "found">,
  { limit = Infinity }: { limit?: number } = {},
): Promise<SourceTold> {
  let [sessions, calls] = [0, 0];
  let texts = NOTHING_TOLD;
  const unknown = { callsWithoutTokens: 0, sessionsWithoutTimes: 0, sessionsWithoutModel: 0, sessionsWithoutGrade: 0 };
  const setAside: string[] = [];
  const ids = new Set<string>();
  for await (const row of source.rows()) {
    if (isFault(row)) {
      setAside.push(row.fault);
      continue;
    }
    if (ids.has(row.sessionId)) setAside.push(`session id "${row.sessionId}" was there before; the first one counts`);
    else {
      ids.add(row.sessionId);
      const read = readTold(row);
      const { startUs, endUs } = boundsUs(row);
      sessions++;
      calls += read.calls.length;
      texts = addTold(texts, read.told);
      unknown.callsWithoutTokens += usageOf(row).callsWithoutTokens;
      if (startUs === null || endUs === null) unknown.sessionsWithoutTimes++;
      if (row.models.length === 0) unknown.sessionsWithoutModel++;
      if (sessionOf(row, read.calls).officialSuccess === null) unknown.sessionsWithoutGrade++;
    }
    if (sessions >= limit) break;
  }
  const { lost, ...told } = texts;
  return {
    formats: source.found,
    sessions,
    calls,
    ...told,
    charactersThere: told.characters + lost,
    unknown,
    leftOut: source.leftOut(),
    setAside,
  };
}

/** The same of an import that was written. */
export function toldByManifest({ formats, sessions, calls, texts, unknown, leftOut }: Manifest): SourceTold {
  const { lost, ...told } = texts;
  const { callsWithoutTokens, sessionsWithoutTimes, sessionsWithoutModel, sessionsWithoutGrade } = unknown;
  return {
    formats,
    sessions,
    calls,
    ...told,
    charactersThere: told.characters + lost,
    unknown: { callsWithoutTokens, sessionsWithoutTimes, sessionsWithoutModel, sessionsWithoutGrade },
    leftOut: leftOut.withinRows,
    setAside: [],
  };
}
