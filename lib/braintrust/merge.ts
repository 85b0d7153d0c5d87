import type { Redacted } from "../model/mod.ts";
import { redactedJson, redactValue } from "../traces/mod.ts";
import type { SentBefore } from "./journal.ts";
import { JUDGE_ENTRIES } from "./row.ts";
import type { RowLine } from "./row_files.ts";
import type { StandingRow } from "./standing.ts";

/** The score that a verdict is written to. */
const SCORE = "task_success";
/** Scores that a push writes; all others are somebody else's. */
const OWN_SCORES = [SCORE, "official_success"];

/** A score at the service that is not ours and says other than the verdict. */
export interface DifferingScore {
  /** Whose score it is. */
  sessionId: string;
  /** Name of the score: `task_success` where somebody changed it. */
  score: string;
  /** The score as it stands at the service. */
  theirs: number;
  /** What our verdict says: 1 solved, 0 not. */
  verdict: number;
}

/**
 * Whether the `task_success` that stands at the service is one that a push wrote: it is what was sent last, what the verdict
 * beside it says, or the session's own. Any other somebody else has set.
 */
export function isOwnScore(
  standing: Pick<StandingRow, "scores" | "judgeSuccess">,
  own: { score: number | null } | undefined,
  before: SentBefore | undefined,
): boolean {
  const there = standing.scores[SCORE];
  return there === undefined || there === standing.judgeSuccess || there === before?.score || there === own?.score;
}

/** Scores of others that differ from a verdict of 0 or 1: `task_success` where it is not ours, and any other that is 0 or 1. */
export function differingScores(
  sessionId: string,
  verdict: number | null,
  standing: StandingRow,
  ownScore: boolean,
): DifferingScore[] {
  if (verdict === null) return [];
  return Object.entries(standing.scores).flatMap(([score, theirs]) => {
    const isTheirs = OWN_SCORES.includes(score) ? score === SCORE && !ownScore : true;
    return isTheirs && (theirs === 0 || theirs === 1) && theirs !== verdict
      ? [{ sessionId, score, theirs, verdict }]
      : [];
  });
}

/**
 * What is sent of a row so that the work of others stays. A row that the service does not have is sent complete. One that it has
 * is merged into it: of a root of which only the verdict is new, the verdict; else the whole row, so that scores, tags and
 * metadata that are not in it stay. A score that somebody else has set is not sent over.
 *
 * @param standing the session's root as it stands; undefined when the service does not have it
 * @param before what was accepted of this row last
 */
export function eventOf(
  line: RowLine,
  standing: StandingRow | undefined,
  before: SentBefore | undefined,
): Redacted<string> {
  if (!standing && !before) return line.text;
  const { row, own } = line;
  if (!row.is_root || !standing) return jsonOf({ ...row, _is_merge: true });
  const { [SCORE]: score, ...others } = row.scores;
  const scores = scoreOf(score ?? null, standing, isOwnScore(standing, own, before));
  const gone = standing.judged
    ? Object.fromEntries(JUDGE_ENTRIES.filter((key) => !(key in row.metadata)).map((key) => [key, null]))
    : {};
  if (own && before?.own === own.hash && line.judged) {
    const verdict = Object.entries(row.metadata).filter(([key]) => key.startsWith("judge_"));
    return jsonOf({ id: row.id, _is_merge: true, scores, metadata: { ...Object.fromEntries(verdict), ...gone } });
  }
  return jsonOf({ ...row, _is_merge: true, scores: { ...others, ...scores }, metadata: { ...row.metadata, ...gone } });
}

/** What is merged into the score: nothing where it is somebody else's, null where ours has to go. */
function scoreOf(score: number | null, { scores }: StandingRow, ownScore: boolean): Record<string, number | null> {
  if (!ownScore || score === null && !(SCORE in scores)) return {};
  return { [SCORE]: score };
}

/** A merge as the service does it: objects key by key, at any depth; anything else is replaced. */
export function merged(before: unknown, sent: unknown): unknown {
  if (!isObject(before) || !isObject(sent)) return sent;
  const keys = new Set([...Object.keys(before), ...Object.keys(sent)]);
  return Object.fromEntries([...keys].map((key) => [key, key in sent ? merged(before[key], sent[key]) : before[key]]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const jsonOf = (event: object) => redactedJson(redactValue(event).value);
