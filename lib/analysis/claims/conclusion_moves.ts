import type { Label, Session } from "../../model/mod.ts";
import { labelsInTime, labelStops } from "../truth/label_moves.ts";
import { withLabels } from "../truth/with_labels.ts";

/** A conclusion and what becomes of it: a claim with its verdict, a headline that holds or not. */
export interface Conclusion {
  /** Its id. */
  id: string;
  /** In a sentence. */
  sentence: string;
  /** What the data say of it. */
  verdict: string;
}

/** A conclusion before and after labels. */
export interface MovedConclusion {
  /** Its id. */
  id: string;
  /** In a sentence. */
  sentence: string;
  /** What is said of it on verdicts as judged. */
  judged: string;
  /** What is said of it where labelled sessions count as people say. */
  labelled: string;
  /** The number of labels from which on it is as it is; 0 where labels change nothing. */
  since: number;
}

/**
 * Sessions of which the labelled count as people say; where people are split evenly, the verdict stays.
 *
 * @example
 * ```ts
 * import { asPeopleSay } from "agent-trace-lab/claims";
 * console.log(asPeopleSay([], [])); // []
 * ```
 */
export function asPeopleSay(sessions: readonly Session[], labels: readonly Label[]): Session[] {
  const labelled = new Set(labels.map(({ session_id }) => session_id));
  return withLabels(sessions, labels).sessions.map((session) =>
    session.gradeOrigin === "human" && labelled.has(session.sessionId)
      ? { ...session, success: session.officialSuccess }
      : session
  );
}

/**
 * What labels do to conclusions: each is decided on verdicts as judged, and again with labelled sessions as people say. For
 * those that differ the labels are gone back through, to tell at how many of them they turned.
 *
 * @param decide decides every conclusion on some sessions, always in the same order
 *
 * @example
 * ```ts
 * import { conclusionMoves } from "agent-trace-lab/claims";
 * console.log(await conclusionMoves([], [], () => Promise.resolve([]))); // []
 * ```
 */
export async function conclusionMoves(
  sessions: readonly Session[],
  labels: readonly Label[],
  decide: (sessions: readonly Session[]) => Promise<readonly Conclusion[]>,
): Promise<MovedConclusion[]> {
  const latest = labelsInTime(labels);
  const before = await decide(sessions);
  const after = latest.length ? await decide(asPeopleSay(sessions, latest)) : before;
  const turned = new Map(after.flatMap(({ verdict }, i) => verdict === before[i]!.verdict ? [] : [[i, latest.length]]));
  let open = [...turned.keys()];
  for (const n of labelStops(latest.length).toReversed().slice(1)) {
    if (open.length === 0) break;
    const then = await decide(asPeopleSay(sessions, latest.slice(0, n)));
    open = open.filter((i) => then[i]!.verdict === after[i]!.verdict);
    for (const i of open) turned.set(i, n);
  }
  return before.map(({ id, sentence, verdict }, i) => ({
    id,
    sentence,
    judged: verdict,
    labelled: after[i]!.verdict,
    since: turned.get(i) ?? 0,
  }));
}
