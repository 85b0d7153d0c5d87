import { type Dataset, type Label, latestLabels, type Session, type Verdict } from "../../model/mod.ts";
import { NotKnown } from "../counts/need_sessions.ts";

/** Sessions with people's labels as their grades, and what did not find its other half. */
export interface Labelled {
  /** All of them, in their order; those without a label as they were. */
  sessions: Session[];
  /** Sessions that have a label that decides. */
  labelled: number;
  /** Sessions on which people are split evenly: no grade. */
  split: string[];
  /** Ids in the labels that no session has. */
  unknown: string[];
}

/**
 * Puts people's labels onto sessions as grades of origin `human`, in place of whatever grade was there: the majority of the
 * people's last words, a tie is none. Who cannot tell does not count.
 *
 * @example
 * ```ts
 * import { withLabels } from "agent-trace-lab/analysis";
 * const { labelled } = withLabels([], []);
 * console.log(labelled); // 0
 * ```
 */
export function withLabels(sessions: readonly Session[], labels: readonly Label[]): Labelled {
  const bySession = Map.groupBy(latestLabels(labels).filter(({ verdict }) => verdict !== null), (l) => l.session_id);
  const known = new Set(sessions.map(({ sessionId }) => sessionId));
  const split: string[] = [];
  const graded = sessions.map((session): Session => {
    const own = bySession.get(session.sessionId);
    if (!own) return session;
    const solved = own.filter(({ verdict }) => verdict === 1).length;
    const grade: Verdict = 2 * solved === own.length ? null : 2 * solved > own.length ? 1 : 0;
    if (grade === null) split.push(session.sessionId);
    return { ...session, officialSuccess: grade, gradeOrigin: grade === null ? null : "human" };
  });
  return {
    sessions: graded,
    labelled: graded.filter(({ gradeOrigin, sessionId }) => gradeOrigin === "human" && bySession.has(sessionId)).length,
    split,
    unknown: [...bySession.keys()].filter((id) => !known.has(id)).sort(),
  };
}

/**
 * A dataset whose sessions are graded by people's labels ({@link withLabels}), which it carries along.
 *
 * @param path where the labels are from, for the sentence
 * @throws {NotKnown} where not all sessions are in memory
 */
export function labelDataset(dataset: Dataset, labels: readonly Label[], path: string): Dataset {
  if (dataset.held !== "all") {
    throw new NotKnown(
      dataset.info.name,
      "labels are of single sessions, and not all are in memory",
      `set TRACES_SESSIONS=${dataset.info.sessions} to hold them`,
    );
  }
  const { sessions, labelled, split, unknown } = withLabels(dataset.sessions, labels);
  const said = [
    `People's labels (${path}) grade ${labelled} of its sessions`,
    ...(split.length
      ? [`${split.length} on which people are split evenly ${split.length === 1 ? "is" : "are"} not graded`]
      : []),
    ...(unknown.length
      ? [unknown.length === 1 ? "1 labelled session is not here" : `${unknown.length} labelled sessions are not here`]
      : []),
  ];
  return {
    ...dataset,
    info: { ...dataset.info, sentence: `${dataset.info.sentence} ${said.join("; ")}.` },
    sessions,
    labels,
  };
}
