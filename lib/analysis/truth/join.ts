import type { Session, Verdict } from "../../model/mod.ts";
import { groupBy } from "../counts/tally.ts";

/** How far two sources overlap, before anything is read from the overlap. */
export interface JoinCoverage {
  /** Judged sessions, one row an id. */
  judged_sessions: number;
  /** Graded sessions, one row an id. */
  graded_sessions: number;
  /** Judged sessions that got a grade, by `session_id`. */
  joined: number;
  /** Of these: both a verdict and a grade. */
  comparable: number;
  /** Judged sessions without a grade of their own whose run was graded: they join by run only. */
  by_run_only: number;
  /** Runs of the judged sessions. */
  judged_runs: number;
  /** Runs that both have. */
  runs_in_both: number;
  /** Rows beyond the first with the same id. */
  repeated_judged: number;
  /** Graded rows beyond the first with the same id. */
  repeated_graded: number;
  /** Ids whose rows disagree: left without a verdict, or without a grade. */
  conflicting_verdicts: string[];
  /** Ids whose grades disagree. */
  conflicting_grades: string[];
  /** Same id, other benchmark or harness: not joined. */
  mismatched: string[];
  /** The same in a sentence. */
  sentence: string;
}

/** A run that both sources have: its rate by verdicts and by grades, whether or not its sessions join. */
export interface RunPair {
  /** The run that the sessions belong to. */
  run: string;
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** Model of the judged sessions. */
  judged_model: string;
  /** The model of the graded sessions: the agent, where the judged ones hold the simulated customer's calls. */
  graded_model: string;
  /** Whether the two models are the same. */
  same_model: boolean;
  /** Judged sessions. */
  judged_n: number;
  /** Judged solved. */
  judged_k: number;
  /** Graded sessions. */
  graded_n: number;
  /** Graded solved. */
  graded_k: number;
  /** Sessions with a verdict and a grade. */
  joined: number;
}

/** Judged sessions with their official grades, one row an id. */
export interface OfficialJoin {
  /** How much of the two sources joined. */
  coverage: JoinCoverage;
  /** All sessions, scored or not. */
  sessions: Session[];
  /** Runs that both have, whether or not their sessions join. */
  runs: RunPair[];
}

/**
 * Joins official grades onto judged sessions by `session_id`, and by run where only that joins. Repeated ids are counted
 * and merged; where repeated rows disagree, nothing is chosen: the session keeps neither verdict (or grade), and is named.
 *
 * @param graded sessions with `officialSuccess`, such as those of v2 of the dataset
 */
export function joinOfficial(judged: readonly Session[], graded: readonly Session[]): OfficialJoin {
  const verdicts = merge(judged, (s) => s.success), grades = merge(graded, (s) => s.officialSuccess);
  const mismatched: string[] = [];
  const sessions = [...verdicts.rows.values()].map(({ session, value }): Session => {
    const match = grades.rows.get(session.sessionId);
    const same = match && match.session.benchmark === session.benchmark && match.session.harness === session.harness;
    if (match && !same) mismatched.push(session.sessionId);
    // Whoever gave these verdicts, it was not the grades that are joined now.
    const judgeModel = session.judgeModel ?? (value === null ? null : "not said");
    const gradeOrigin = same && match.value !== null ? match.session.gradeOrigin ?? "official" : null;
    return { ...session, success: value, judgeModel, officialSuccess: same ? match.value : null, gradeOrigin };
  });
  const gradedRows = [...grades.rows.values()].map(({ session, value }) => ({ ...session, officialSuccess: value }));
  const runs = runPairs(sessions, gradedRows);
  const joined = sessions.filter((s) => s.officialSuccess !== null);
  const inBoth = new Set(runs.map((r) => r.run));
  const byRunOnly = sessions.filter((s) => s.officialSuccess === null && inBoth.has(s.run)).length;
  const comparable = joined.filter((s) => s.success !== null).length;
  const judgedRuns = new Set(sessions.map((s) => s.run)).size;
  return {
    coverage: {
      judged_sessions: sessions.length,
      graded_sessions: gradedRows.length,
      joined: joined.length,
      comparable,
      by_run_only: byRunOnly,
      judged_runs: judgedRuns,
      runs_in_both: inBoth.size,
      repeated_judged: judged.length - sessions.length,
      repeated_graded: graded.length - gradedRows.length,
      conflicting_verdicts: verdicts.conflicting,
      conflicting_grades: grades.conflicting,
      mismatched,
      sentence: `${joined.length} of ${sessions.length} judged sessions have an official grade of their own, ` +
        `${byRunOnly} more only share a run with graded sessions; ${inBoth.size} of ${judgedRuns} runs are in both.`,
    },
    sessions,
    runs,
  };
}

/** One row an id; rows that disagree on a value leave it unknown. */
function merge(sessions: readonly Session[], value: (session: Session) => Verdict) {
  const rows = new Map<string, { session: Session; value: Verdict }>();
  const conflicting: string[] = [];
  for (const [id, group] of groupBy(sessions, (s) => s.sessionId)) {
    const [session] = group;
    if (!session) continue;
    const found = new Set(group.map(value).filter((v) => v !== null));
    if (found.size > 1) conflicting.push(id);
    const [only] = found;
    rows.set(id, { session, value: found.size === 1 && only !== undefined ? only : null });
  }
  return { rows, conflicting };
}

function runPairs(judged: readonly Session[], graded: readonly Session[]): RunPair[] {
  const cell = (s: Session) => JSON.stringify([s.run, s.benchmark, s.harness]);
  const gradedRuns = groupBy(graded, cell);
  return [...groupBy(judged, cell)].flatMap(([key, rows]): RunPair[] => {
    const others = gradedRuns.get(key), first = rows[0];
    if (!others || !first) return [];
    const models = (sessions: readonly Session[]) => [...new Set(sessions.map((s) => s.model))].sort().join(", ");
    const [judgedModel, gradedModel] = [models(rows), models(others)];
    const known = others.filter((s) => s.officialSuccess !== null), scored = rows.filter((s) => s.success !== null);
    return [{
      run: first.run,
      benchmark: first.benchmark,
      harness: first.harness,
      judged_model: judgedModel,
      graded_model: gradedModel,
      same_model: judgedModel === gradedModel,
      judged_n: scored.length,
      judged_k: scored.filter((s) => s.success === 1).length,
      graded_n: known.length,
      graded_k: known.filter((s) => s.officialSuccess === 1).length,
      joined: rows.filter((s) => s.officialSuccess !== null).length,
    }];
  });
}
