import { configName, type Dataset, type Session } from "../model/mod.ts";
import { groupBy } from "../analysis/counts/tally.ts";
import { isStudy } from "./is_study.ts";
import { type ShortlistingCount, storedFacts } from "./sources/facts.ts";

/** A harness's prompt to itself, which lists the tools it thinks it will need. */
const TOOL_LIST = /top[- ]30|list the top/i;
const CUT_OFF = /truncat|cut off|cuts off/i;

/** The published judge read this many characters from the end of a trace. */
export const JUDGE_CHARACTERS = 45_000;
/** A common rule of thumb for English text and code. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Reasons that grade the shortlisting harness's own tool-list prompt instead of the task: counted in the judge's own; where
 * the study's rows come without reasons, as its facts state it; null where neither is known.
 */
export function shortlistingReasons(dataset: Dataset): ShortlistingCount | null {
  const sessions = dataset.held === "all" ? dataset.sessions : [];
  const explained = sessions.filter((s) => s.judgeReasoning !== null);
  if (!explained.length) return isStudy(dataset) ? storedFacts().shortlisting : null;
  const shortlisting = sessions.filter((s) => s.harness === "tool_calling_with_shortlisting");
  const about = explained.filter((s) => TOOL_LIST.test(s.judgeReasoning ?? ""));
  const own = about.filter((s) => s.harness === "tool_calling_with_shortlisting");
  return {
    sessions: shortlisting.length,
    reasonsAboutToolList: own.length,
    ofTheseJudgedSuccessful: own.filter((s) => s.success === 1).length,
    elsewhere: about.length - own.length,
  };
}

/** Sessions of a kind that deserve a second look, per benchmark x config. */
export interface SuspectRow {
  /** The suite of tasks. */
  benchmark: string;
  /** Harness and model family together. */
  config: string;
  /** Sessions of the cell, and those of this kind. */
  sessions: number;
  /** Sessions of this kind. */
  suspect: number;
  /** Of the suspect ones: scored, and judged solved. */
  n: number;
  /** Successes among them. */
  k: number;
}

/** Sessions of this many model calls or fewer are very short. */
export const SHORT_CALLS = 2;

/** Sessions of at most `calls` model calls: too short for most tasks. Cells without one are left out. */
export function shortSessions(sessions: readonly Session[], calls = SHORT_CALLS): SuspectRow[] {
  return suspects(sessions, (s) => s.calls <= calls);
}

/**
 * Sessions whose trace was longer than what the judge read. Each call's input holds the history so far, so the mean
 * tokens of a call, at four characters a token, is a length that the last call's input surely exceeds. Tool definitions
 * count in it too, so this is likely, not certain.
 */
export function longerThanRead(sessions: readonly Session[], characters = JUDGE_CHARACTERS): SuspectRow[] {
  return suspects(sessions, (s) => isLongerThanRead(s, characters));
}

/** Whether a mean call of the session alone is longer than what the judge read. */
export function isLongerThanRead({ calls, totalTokens }: Session, characters = JUDGE_CHARACTERS): boolean {
  return calls > 0 && totalTokens !== null && totalTokens / calls * CHARACTERS_PER_TOKEN > characters;
}

/** Sessions whose judge complains of a cut-off trace or text; null where no reason is known. */
export function reasonsOfTruncation(sessions: readonly Session[]): SuspectRow[] | null {
  if (sessions.every((s) => s.judgeReasoning === null)) return null;
  return suspects(sessions, (s) => CUT_OFF.test(s.judgeReasoning ?? ""));
}

function suspects(sessions: readonly Session[], is: (session: Session) => boolean): SuspectRow[] {
  const groups = groupBy(sessions, (s) => JSON.stringify([s.benchmark, configName(s.harness, s.model)]));
  return [...groups.values()].flatMap((group): SuspectRow[] => {
    const [first] = group, found = group.filter(is);
    if (!first || !found.length) return [];
    return [{
      benchmark: first.benchmark,
      config: configName(first.harness, first.model),
      sessions: group.length,
      suspect: found.length,
      n: found.filter((s) => s.success !== null).length,
      k: found.filter((s) => s.success === 1).length,
    }];
  }).sort((a, b) => b.suspect - a.suspect || (a.benchmark + a.config < b.benchmark + b.config ? -1 : 1));
}

/** How runs fill the design: where a run is a cell, run and interaction cannot be told apart. */
export interface RunStructure {
  /** Runs. */
  runs: number;
  /** Cells of benchmark, harness and model. */
  cells: number;
  /** Cells that hold a single run. */
  cells_of_one_run: number;
  /** Runs with more than one benchmark, harness or model family. */
  mixed: string[];
}

/** Counts runs and the cells they fill. */
export function runStructure(sessions: readonly Session[]): RunStructure {
  const cell = (s: Session) => JSON.stringify([s.benchmark, s.harness, s.model]);
  const byRun = groupBy(sessions, (s) => s.run), byCell = groupBy(sessions, cell);
  const runsOf = (rows: readonly Session[]) => new Set(rows.map((s) => s.run)).size;
  return {
    runs: byRun.size,
    cells: byCell.size,
    cells_of_one_run: [...byCell.values()].filter((rows) => runsOf(rows) === 1).length,
    mixed: [...byRun].filter(([, rows]) => new Set(rows.map(cell)).size > 1).map(([run]) => run).sort(),
  };
}
