import { jsonFault } from "../model/json_fault.ts";
import { type FoundFormat, isFault, type TraceStream } from "../sources/mod.ts";
import { wasThere } from "../sources/trace_stream.ts";
import { sessionOf, usageOf } from "../traces/mod.ts";
import { timesOf } from "../traces/times.ts";
import type { Manifest } from "./manifest.ts";
import { type AsideReason, AsideReasons } from "./reasons.ts";
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
    | "callsWithoutTokens"
    | "callsWithoutTimes"
    | "sessionsWithoutTimes"
    | "sessionsWithoutModel"
    | "sessionsWithoutGrade"
  >;
  /** What was left out, by reason. */
  leftOut: Record<string, number>;
  /** Values that could not be read and are unknown, by field. */
  unreadable: Record<string, number>;
  /** What was put right besides messages. */
  repaired: Record<string, number>;
  /** Files of folders and archives that hold nothing that can be read, and why. */
  passedOver: { path: string; why: string }[];
  /** Rows and files that could not be read, kind by kind, with what is said of the first of each. */
  setAside: AsideReason[];
}

/** Reads a source to its end and tells what is in it; nothing is written. */
export async function tellSource(
  source: Pick<TraceStream, "name" | "rows" | "notes" | "found" | "passedOver">,
  { limit = Infinity }: { limit?: number } = {},
): Promise<SourceTold> {
  let [sessions, calls] = [0, 0];
  let texts = NOTHING_TOLD;
  const unknown = {
    callsWithoutTokens: 0,
    callsWithoutTimes: 0,
    sessionsWithoutTimes: 0,
    sessionsWithoutModel: 0,
    sessionsWithoutGrade: 0,
  };
  const setAside = new AsideReasons();
  const ids = new Set<string>();
  for await (const row of source.rows()) {
    if (isFault(row)) {
      setAside.add(row.fault);
      continue;
    }
    if (ids.has(row.sessionId)) setAside.add(wasThere(row.sessionId));
    else {
      ids.add(row.sessionId);
      let read: ReturnType<typeof readTold>;
      try {
        read = readTold(row);
      } catch (error) {
        setAside.add(`${source.name}, session "${row.sessionId}": ${jsonFault(error)}`);
        continue;
      }
      const { startUs, endUs, callsWithoutTimes } = timesOf(row);
      sessions++;
      unknown.callsWithoutTimes += callsWithoutTimes;
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
  const { leftOut, unreadable, repaired } = source.notes();
  return {
    formats: source.found,
    sessions,
    calls,
    ...told,
    charactersThere: told.characters + lost,
    unknown,
    leftOut,
    unreadable,
    repaired,
    passedOver: source.passedOver,
    setAside: setAside.all(),
  };
}

/** The same of an import that was written. */
export function toldByManifest(manifest: Manifest): SourceTold {
  const { formats, sessions, calls, texts, unknown, unreadable, repaired, leftOut } = manifest;
  const { lost, ...told } = texts;
  const { totalsStatedOtherwise: _, ...unknownOf } = unknown;
  return {
    formats,
    sessions,
    calls,
    ...told,
    charactersThere: told.characters + lost,
    unknown: unknownOf,
    leftOut: leftOut.withinRows,
    unreadable,
    repaired,
    passedOver: leftOut.passedOver,
    setAside: leftOut.reasons,
  };
}
