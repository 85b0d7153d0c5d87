import { studentTQuantile } from "../distributions/student_t.ts";
import { dot } from "../dot.ts";
import {
  addConfusions,
  checkCounts,
  checkJudged,
  type Confusion,
  confusionSize,
  type JudgedCount,
} from "./confusion.ts";
import type { Regime } from "./regime.ts";
import { bounded, type CorrectedRate, possibleRates, unboundedRate } from "./rogan_gladen.ts";

/** Sessions of one cluster (a run, a task) in one stratum. */
export interface LabelCluster {
  /** Whose rate is asked for: a cell, a harness. */
  stratum: string;
  /** What sessions share: verdicts, labels and labelling go together within it. */
  cluster: string;
  /** Its sessions with a label, by verdict and truth. */
  labelled: Confusion;
  /** Its other judged sessions. */
  unlabelled: JudgedCount;
}

/** A corrected rate whose interval counts clusters, not sessions. */
export interface ClusteredCorrection extends CorrectedRate {
  /** Its name; `all` for the total. */
  stratum: string;
  /** Null where there is no estimate. */
  stdError: number | null;
  /** Clusters with sessions, and with labels. */
  clusters: number;
  /** Clusters with a label. */
  labelledClusters: number;
  /** PPI++: how much the verdicts are trusted; null for Rogan-Gladen. */
  lambda: number | null;
}

/** With fewer labelled clusters a stratum has no variance. */
const FEWEST = 3;
/** Below so many clusters with labels, how clusters differ is not known well enough for an interval. */
const FEWEST_LABELLED = 10;
/** Rogan-Gladen: sensitivity + specificity - 1 must exceed zero by this many standard errors. */
const YOUDEN_ERRORS = 4;

/**
 * Rates corrected for a judge's mistakes where sessions come in clusters (labels of whole runs, several tries of a task):
 * each stratum by its own labels, and their total weighted by sessions. The estimates are those of {@link ppiMean} (its
 * weight tuned to clusters) and {@link roganGladen}; the variance is of the sums over clusters of each session's influence
 * on the estimate, times G/(G - 2) for the two things estimated from the G labelled clusters of a stratum, and the interval
 * Student's t. Nothing is kept within 0 and 1
 * before the ends.
 *
 * Strata without three labelled clusters have no estimate, and neither then has the total.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { clusteredCorrection } from "agent-trace-lab/stats";
 * const runs = Array.from({ length: 24 }, (_, i) => ({
 *   stratum: "all",
 *   cluster: `run ${i}`,
 *   labelled: i % 2 ? { tp: 8 + i % 3, fp: 2 + i % 5, fn: 1, tn: 9 - i % 3 - i % 5 } : { tp: 0, fp: 0, fn: 0, tn: 0 },
 *   unlabelled: { n: i % 2 ? 0 : 20, k: i % 2 ? 0 : 12 },
 * }));
 * const { total } = clusteredCorrection(runs, "ppi++");
 * ok(total.valid && total.lo! < 0.49 && total.hi! > 0.49);
 * ```
 *
 * @throws {RangeError} when counts are not right, a cluster is twice in a stratum, or there is no session
 * @see Angelopoulos, Duchi, Zrnic (2023), arXiv:2311.01453; Cameron and Miller (2015), J. Human Resources 50, 317-372
 */
export function clusteredCorrection(
  clusters: readonly LabelCluster[],
  method: "ppi++" | "rogan-gladen",
): { strata: ClusteredCorrection[]; total: ClusteredCorrection } {
  const strata = new Map<string, LabelCluster[]>();
  const seen = new Set<string>();
  for (const c of clusters) {
    const where = `stratum ${c.stratum}, cluster ${c.cluster}`;
    checkCounts({ ...c.labelled }, `labelled sessions of ${where}`);
    checkJudged(c.unlabelled, `unlabelled sessions of ${where}`);
    const key = JSON.stringify([c.stratum, c.cluster]);
    if (seen.has(key)) throw new RangeError(`${where} is there twice; add its sessions up`);
    seen.add(key);
    strata.set(c.stratum, [...strata.get(c.stratum) ?? [], c]);
  }
  const sessions = clusters.reduce((sum, c) => sum + size(c), 0);
  if (sessions === 0) throw new RangeError("no session to correct: every cluster is empty");
  const parts = [...strata].map(([stratum, own]) => ({ stratum, own, part: influences(own, method) }));
  const influence = new Map<string, number>();
  for (const { own, part } of parts) {
    const weight = own.reduce((sum, c) => sum + size(c), 0) / sessions;
    own.forEach((c, i) =>
      influence.set(c.cluster, (influence.get(c.cluster) ?? 0) + weight * (part?.influence[i] ?? NaN))
    );
  }
  const missing = parts.filter(({ part }) => part === null).map(({ stratum }) => stratum);
  const whole = missing.length > 0 ? null : {
    estimate: parts.reduce((sum, { own, part }) => sum + part!.estimate * own.reduce((n, c) => n + size(c), 0), 0) /
      sessions,
    influence: [...influence.values()],
    lambda: null,
    regime: parts.map((p) => p.part!.regime).find((r) => !r.valid) ?? { valid: true, why: null },
  };
  const total = describe("all", clusters, whole, parts.length);
  const why = `no estimate in ${missing.join(", ")}`;
  return {
    strata: parts.map(({ stratum, own, part }) => describe(stratum, own, part, 1)),
    total: missing.length > 0 ? { ...total, why } : total,
  };
}

interface Part {
  estimate: number;
  /** Influence on the estimate of each cluster's sessions together. */
  influence: number[];
  lambda: number | null;
  regime: Regime;
}

function influences(clusters: readonly LabelCluster[], method: "ppi++" | "rogan-gladen"): Part | null {
  const G = clusters.filter((c) => confusionSize(c.labelled) > 0).length;
  if (G < FEWEST) return null;
  const part = method === "ppi++" ? ppi(clusters) : roganGladen(clusters);
  const scale = Math.sqrt(G / (G - 2));
  return part && { ...part, influence: part.influence.map((v) => scale * v) };
}

function ppi(clusters: readonly LabelCluster[]): Part {
  const all = addConfusions(clusters.map((c) => c.labelled)), n = confusionSize(all);
  const N = clusters.reduce((sum, c) => sum + c.unlabelled.n, 0),
    kN = clusters.reduce((sum, c) => sum + c.unlabelled.k, 0);
  const y = (all.tp + all.fn) / n, f = (all.tp + all.fp) / n, fN = N ? kN / N : 0;
  const ofLabels = clusters.map(({ labelled: l }) => (l.tp + l.fn - y * confusionSize(l)) / n);
  const ofVerdicts = clusters.map(({ labelled: l, unlabelled: u }) =>
    (l.tp + l.fp - f * confusionSize(l)) / n - (N ? (u.k - fN * u.n) / N : 0)
  );
  const along = dot(ofLabels, ofVerdicts), square = dot(ofVerdicts, ofVerdicts);
  const lambda = N && square > 0 ? Math.min(1, Math.max(0, along / square)) : 0;
  return {
    estimate: N ? y + lambda * (fN - f) : y,
    influence: ofLabels.map((v, i) => v - lambda * ofVerdicts[i]!),
    lambda,
    regime: { valid: true, why: null },
  };
}

function roganGladen(clusters: readonly LabelCluster[]): Part | null {
  const all = addConfusions(clusters.map((c) => c.labelled));
  const [solved, unsolved] = [all.tp + all.fn, all.tn + all.fp];
  const [se, sp] = [all.tp / solved, all.tn / unsolved], youden = se + sp - 1;
  if (!(youden > 0)) return null;
  const M = clusters.reduce((sum, c) => sum + size(c), 0);
  const judged = clusters.reduce((sum, { labelled: l, unlabelled: u }) => sum + l.tp + l.fp + u.k, 0) / M;
  const estimate = unboundedRate(judged, se, sp);
  const ofSe = clusters.map(({ labelled: l }) => (l.tp - se * (l.tp + l.fn)) / solved);
  const ofSp = clusters.map(({ labelled: l }) => (l.tn - sp * (l.tn + l.fp)) / unsolved);
  const influence = clusters.map((c, i) => {
    const own = (c.labelled.tp + c.labelled.fp + c.unlabelled.k - judged * size(c)) / M;
    return (own - estimate * ofSe[i]! + (1 - estimate) * ofSp[i]!) / youden;
  });
  const G = clusters.filter((c) => confusionSize(c.labelled) > 0).length;
  const error = Math.sqrt(G / (G - 2) * ofSe.reduce((sum, v, i) => sum + (v + ofSp[i]!) ** 2, 0));
  const far = youden > YOUDEN_ERRORS * error;
  const why = `sensitivity + specificity = ${(1 + youden).toFixed(2)} is too near 1 (standard error over clusters ` +
    `${error.toFixed(2)}): the verdicts say too little of the truth to be inverted`;
  return { estimate, influence, lambda: null, regime: far ? { valid: true, why: null } : { valid: false, why } };
}

function describe(
  stratum: string,
  clusters: readonly LabelCluster[],
  part: Part | null,
  strata: number,
): ClusteredCorrection {
  const labelled = addConfusions(clusters.map((c) => c.labelled)), labels = confusionSize(labelled);
  const n = clusters.reduce((sum, c) => sum + size(c), 0);
  const G = new Set(clusters.filter((c) => confusionSize(c.labelled) > 0).map((c) => c.cluster)).size;
  const about = {
    stratum,
    n,
    judgedRate: clusters.reduce((sum, { labelled: l, unlabelled: u }) => sum + l.tp + l.fp + u.k, 0) / n,
    labels,
    clusters: new Set(clusters.map((c) => c.cluster)).size,
    labelledClusters: G,
  };
  if (part === null) {
    const why = G < FEWEST
      ? `${G} cluster${G === 1 ? "" : "s"} with labels; how clusters differ cannot be told`
      : "labels of one truth only, or a judge no better than chance";
    return { ...about, estimate: null, lo: null, hi: null, stdError: null, lambda: null, valid: false, why };
  }
  const df = Math.max(1, G - strata);
  const stdError = Math.sqrt(dot(part.influence, part.influence));
  const reach = studentTQuantile(0.975, df) * stdError;
  const few = `${G} clusters with labels; at least ${FEWEST_LABELLED} are needed`;
  const alike = "the labels of every cluster say the same: how clusters differ cannot be told";
  const regime = G < FEWEST_LABELLED
    ? { valid: false, why: few }
    : stdError > 1e-9
    ? part.regime
    : { valid: false, why: alike };
  const interval = { lo: part.estimate - reach, hi: part.estimate + reach };
  return {
    ...about,
    stdError,
    lambda: part.lambda,
    ...bounded(part.estimate, interval, possibleRates(labelled, n - labels), regime),
  };
}

function size({ labelled, unlabelled }: LabelCluster): number {
  return confusionSize(labelled) + unlabelled.n;
}
