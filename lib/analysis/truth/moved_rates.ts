import { configName, type Label, type Session } from "../../model/mod.ts";
import {
  addConfusions,
  confusionSize,
  type CorrectionOptions,
  correctStrata,
  ppiMean,
  ppiStratified,
  type Stratum,
  wilson,
} from "../../stats/mod.ts";
import { type Dimension, nameOf } from "../counts/tally.ts";
import { judgedSessions } from "../judged/judge_verdicts.ts";
import { confusionOf } from "./agreement.ts";
import { withLabels } from "./with_labels.ts";

/** A rate with its interval, and why it must not be relied on; null where it may. */
export interface CorrectedByLabels {
  /** Null where labels cannot tell. */
  estimate: number | null;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end of the 95% interval. */
  hi: number | null;
  /** Why the interval must not be relied on; null where it may. */
  why: string | null;
}

/** A rate as judged, and as people's labels correct it (PPI++). */
export interface MovedRate extends CorrectedByLabels {
  /** A level of the dimension. */
  level: string;
  /** Its judged sessions; where nobody judged, its sessions. */
  sessions: number;
  /** Those among them that people have labelled. */
  labels: number;
  /** Those labelled that were picked, not drawn by chance: they correct nothing. */
  picked: number;
  /** The rate as judged; null where no judge has seen one. */
  judged: number | null;
  /** Whether labels were drawn at different chances, so that it is put together of strata. */
  stratified: boolean;
  /** Labelled sessions by verdict and label: judge and people say solved, judge alone, people alone, neither. */
  confusion: { tp: number; fp: number; fn: number; tn: number };
  /** The same corrected by the judge's error rates (Rogan-Gladen); null where it was not asked for. */
  roganGladen: CorrectedByLabels | null;
}

/** Labels of a group that is corrected or compared by itself: as many as its interval needs at least. */
export const LEAST_LABELS = 10;

/** Judged sessions with people's labels as their only grades; where no session is judged, all of them. */
export function judgedAndLabelled(sessions: readonly Session[], labels: readonly Label[]) {
  const judged = judgedSessions(sessions);
  const seen = judged.length ? judged : sessions;
  const bare = seen.map((session): Session => ({
    ...session,
    success: judged.length ? session.success : null,
    judgeModel: session.judgeModel ?? "not said",
    officialSuccess: null,
    gradeOrigin: null,
  }));
  return withLabels(bare, labels);
}

/**
 * Success by a dimension as judged and as people's labels correct it, by PPI++: labels drawn at one chance are taken as a
 * random part of their level; where their chances differ, the level is put together of strata (benchmark, harness and model)
 * that were drawn alike, so that the estimate stays unbiased. A label of a session that somebody picked says nothing of the
 * others and is left aside, unless every session of the level has one. Where nobody judged, a rate is that of the labels alone.
 *
 * @param sessions those of {@link judgedAndLabelled}
 * @param options chance of Rogan-Gladen's resampling; null leaves it out
 */
export function movedRates(
  sessions: readonly Session[],
  labels: readonly Label[],
  by: Dimension,
  options: CorrectionOptions | null,
): MovedRate[] {
  const chances = chancesOf(labels);
  const groups = [...Map.groupBy(sessions, (s) => nameOf(s, by))].sort(([a], [b]) => a < b ? -1 : 1);
  const drawn = groups.map(([, own]) => drawnOf(own, chances));
  const strata = groups.map(([level], i) => stratumOf(level, drawn[i]!));
  const isJudged = sessions.some(({ success }) => success !== null);
  const inverted = options !== null && isJudged && strata.some((s) => confusionSize(s.labelled))
    ? correctStrata(strata, options).strata
    : null;
  return groups.map(([level, own], i): MovedRate => {
    const stratum = strata[i]!, counted = drawn[i]!;
    const graded = counted.filter(isGraded), labels = own.filter(isGraded).length;
    const known = graded.map((s) => chances.get(s.sessionId) ?? null);
    const stratified = isJudged && known.every((p) => p !== null) && new Set(known).size > 1;
    const row = {
      level,
      sessions: own.length,
      labels,
      picked: labels - graded.length,
      judged: isJudged ? own.filter(({ success }) => success === 1).length / own.length : null,
      stratified,
      confusion: confusionOf(own),
      roganGladen: inverted ? corrected(inverted[i]!) : null,
    };
    if (graded.length === 0) {
      return {
        ...row,
        ...NOTHING,
        why: labels ? "labelled sessions were picked, not drawn" : "no session is labelled",
      };
    }
    if (!isJudged) {
      const solved = graded.filter((s) => s.officialSuccess === 1).length;
      const { lo, hi } = wilson(solved, graded.length);
      const why = graded.length < LEAST_LABELS
        ? `${graded.length} labelled; at least ${LEAST_LABELS} are needed`
        : null;
      return { ...row, estimate: solved / graded.length, lo, hi, why };
    }
    return {
      ...row,
      ...corrected(stratified ? ppiStratified(drawnAlike(counted)) : ppiMean(stratum.labelled, stratum.unlabelled)),
    };
  });
}

const isGraded = ({ officialSuccess }: Session) => officialSuccess !== null;

/** The chance at which each labelled session was drawn; null where nobody drew it. */
export function chancesOf(labels: readonly Label[]): Map<string, number | null> {
  const chances = new Map<string, number | null>();
  for (const { session_id: id, sampling_probability: chance } of labels) {
    chances.set(id, chance ?? chances.get(id) ?? null);
  }
  return chances;
}

/** Sessions of a level with the labels that were drawn; where all are labelled, nothing depends on how they were chosen. */
function drawnOf(sessions: readonly Session[], chances: ReadonlyMap<string, number | null>): readonly Session[] {
  if (sessions.every(isGraded)) return sessions;
  return sessions.map((session) =>
    isGraded(session) && (chances.get(session.sessionId) ?? null) === null
      ? { ...session, officialSuccess: null, gradeOrigin: null }
      : session
  );
}

const NOTHING = { estimate: null, lo: null, hi: null };

function corrected({ estimate, lo, hi, why }: CorrectedByLabels): CorrectedByLabels {
  return { estimate, lo, hi, why };
}

function stratumOf(stratum: string, sessions: readonly Session[]): Stratum {
  const unlabelled = sessions.filter((s) => s.officialSuccess === null && s.success !== null);
  return {
    stratum,
    labelled: confusionOf(sessions),
    unlabelled: { n: unlabelled.length, k: unlabelled.filter((s) => s.success === 1).length },
  };
}

/** Strata of which about the same share is labelled are put together until each has labels enough. */
function drawnAlike(sessions: readonly Session[]): Stratum[] {
  const share = ({ labelled, unlabelled }: Stratum) =>
    confusionSize(labelled) / (confusionSize(labelled) + unlabelled.n);
  const parts = [...Map.groupBy(sessions, (s) => `${s.benchmark} · ${configName(s.harness, s.model)}`)]
    .map(([name, own]) => stratumOf(name, own)).sort((a, b) => share(a) - share(b));
  const found: Stratum[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last && confusionSize(last.labelled) < LEAST_LABELS) found[found.length - 1] = joined(last, part);
    else found.push(part);
  }
  const [before, last] = found.slice(-2);
  if (before && last && confusionSize(last.labelled) < LEAST_LABELS) found.splice(-2, 2, joined(before, last));
  return found;
}

function joined(a: Stratum, b: Stratum): Stratum {
  return {
    stratum: `${a.stratum} + ${b.stratum}`,
    labelled: addConfusions([a.labelled, b.labelled]),
    unlabelled: { n: a.unlabelled.n + b.unlabelled.n, k: a.unlabelled.k + b.unlabelled.k },
  };
}
