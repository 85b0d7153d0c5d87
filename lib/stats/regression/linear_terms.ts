import { adjusted, type Adjustment, type ClusterScore, clusterScores, hatBlocks } from "./cluster_scores.ts";
import { dot } from "../dot.ts";
import { type LinearModel, squaredResiduals } from "./linear_model.ts";
import { satterthwaiteDf } from "./satterthwaite.ts";
import { studentTPValue, studentTQuantile } from "../distributions/student_t.ts";
import { type Estimate, Z95 } from "../types.ts";

/** How the covariance of the estimates is estimated. */
export type Covariance = "classical" | "HC1" | "HC3" | "CR1" | "CR2" | "CR3";

/** A coefficient with its test. `df` is infinite where the normal distribution is used. */
export interface TermEstimate extends Estimate {
  /** Degrees of freedom of the t distribution. */
  df: number;
}

/** Coefficients under one covariance. */
export interface LinearTerms {
  /** By term. */
  terms: Record<string, TermEstimate>;
  /** Terms without an interval, and why; their estimates are in the model's `coefficients`. */
  withheld: Record<string, string>;
}

/** A level must occur in this many clusters for an interval that rests on differences between clusters. */
export const FEWEST_CLUSTERS = 5;
/** A leverage or a standard error this close to its limit is at it, but for rounding. */
const AT_LIMIT = 1e-9;

/**
 * Standard errors, tests and 95% intervals of a linear model, exactly from counts: the residuals of a pattern take two
 * values, 1 - fitted (k times) and -fitted (n - k times), and share one leverage h.
 *
 * - `classical`: s^2 (X'X)^-1 with s^2 = RSS / df; Student's t with df.
 * - `HC1`: White's, squared residuals times n / (n - p); normal.
 * - `HC3`: squared residuals over (1 - h)^2; normal. An observation with h = 1 fits itself, so terms that rest on it
 *   have no HC3 and are withheld.
 * - `CR1`: summed within clusters, times G/(G-1) (n-1)/(n-p); normal, as statsmodels has it.
 * - `CR2`: residuals (I - H_gg)^(-1/2) e_g: unbiased where errors are independent with one variance; Student's t with
 *   Satterthwaite's degrees of freedom under such errors, a term at a time.
 * - `CR3`: the cluster jackknife, residuals (I - H_gg)^+ e_g, times (G-1)/G; t as for CR2. Somewhat too wide.
 *
 * What clusters are is what the interval is about: with cells as clusters it is for new cells, with runs for new runs of
 * the same cells, without clusters (`HC1`, `HC3`) for new sessions of the same runs.
 *
 * Under `CR1`, `CR2` and `CR3` a term whose level, or whose reference, occurs in fewer than {@link FEWEST_CLUSTERS} clusters is
 * withheld; `{ withhold: false }` gives what the formula gives. What is undefined stays withheld.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { fitLinear, linearTerms } from "agent-trace-lab/stats";
 * const rows = [["a", "u", 3], ["a", "v", 5], ["b", "u", 6], ["b", "v", 9]].map(([harness, model, k], i) => ({
 *   levels: { harness: `${harness}`, model: `${model}` },
 *   cluster: `run ${i}`,
 *   n: 10,
 *   k: Number(k),
 * }));
 * const spec = { factors: [{ name: "harness", reference: "a" }, { name: "model", reference: "u" }] };
 * const { terms } = linearTerms(fitLinear(rows, spec), "HC3");
 * ok(terms["harness=b"]!.lo > 0);
 * ```
 *
 * @see White (1980), Econometrica 48; MacKinnon and White (1985), J. Econometrics 29; MacKinnon, Nielsen, Webb (2023),
 * J. Econometrics 232 (CR3); Bell and McCaffrey (2002), Survey Methodology 28 (CR2, degrees of
 * freedom)
 */
export function linearTerms(
  model: LinearModel,
  kind: Covariance,
  { withhold = true }: { withhold?: boolean } = {},
): LinearTerms {
  const terms: Record<string, TermEstimate> = {};
  const withheld: Record<string, string> = {};
  const clustered = isClustered(kind);
  const clusters = isAdjusted(kind) ? hatBlocks(model) : [];
  const quantileAt = new Map<number, number>();
  const meat = meatOf(model, kind, clusters);
  model.terms.forEach((term, j) => {
    const row = model.rInverse[j]!;
    const stdError = Math.sqrt(Math.max(0, meat.reduce((total, m) => total + m.weight * dot(row, m.vector) ** 2, 0)));
    const reason = undefinedReason(model, kind, term, row, stdError) ??
      (withhold && clustered ? thinReason(model, term) : null);
    if (reason !== null) {
      withheld[term] = reason;
      return;
    }
    const df = kind === "classical" ? model.df : isAdjusted(kind) ? satterthwaiteDf(clusters, row, kind) : Infinity;
    if (!quantileAt.has(df)) quantileAt.set(df, df === Infinity ? Z95 : studentTQuantile(0.975, df));
    terms[term] = estimateOf(model.coefficients[term]!, stdError, df, quantileAt.get(df)!);
  });
  return { terms, withheld };
}

/** The covariance is R^-1 [sum of weight * vector vector'] R^-T; only its diagonal is ever needed. */
function meatOf(
  model: LinearModel,
  kind: Covariance,
  clusters: ClusterScore[],
): { weight: number; vector: number[] }[] {
  const { n, df, clusters: { size: groups } } = model;
  switch (kind) {
    case "classical": {
      const variance = model.residualSumOfSquares / df;
      return model.terms.map((_, j) => ({ weight: variance, vector: model.terms.map((_, i) => i === j ? 1 : 0) }));
    }
    case "HC1":
      return model.patterns.map((p) => ({ weight: squaredResiduals(p) * n / df, vector: p.q }));
    case "HC3":
      return model.patterns.filter((p) => !saturated(p.leverage))
        .map((p) => ({ weight: squaredResiduals(p) / (1 - p.leverage) ** 2, vector: p.q }));
    case "CR1": {
      const weight = groups / (groups - 1) * (n - 1) / df;
      return clusterScores(model).map((vector) => ({ weight, vector }));
    }
    case "CR2":
      return clusters.map((c) => ({ weight: 1, vector: adjusted(c, c.score, kind) }));
    case "CR3":
      return clusters.map((c) => ({ weight: (groups - 1) / groups, vector: adjusted(c, c.score, kind) }));
  }
}

function isClustered(kind: Covariance): boolean {
  return kind === "CR1" || isAdjusted(kind);
}

function isAdjusted(kind: Covariance): kind is Adjustment {
  return kind === "CR2" || kind === "CR3";
}

function saturated(leverage: number): boolean {
  return 1 - leverage < AT_LIMIT;
}

function undefinedReason(
  model: LinearModel,
  kind: Covariance,
  term: string,
  row: number[],
  stdError: number,
): string | null {
  if (model.df === 0) return `as many terms as observations (${model.n}): nothing is left to estimate an error from`;
  if (isClustered(kind) && model.clusters.size < 2) {
    return `${kind} compares clusters, and there is only one`;
  }
  if (kind === "HC3") {
    const alone = model.patterns.find((p) => saturated(p.leverage) && rests(row, p.q));
    if (alone !== undefined) {
      return `HC3 is undefined: ${term} rests on the single session of ${alone.label}, which fits itself (leverage 1)`;
    }
  }
  const scale = Math.sqrt(dot(row, row));
  if (!(stdError > AT_LIMIT * scale)) {
    return isClustered(kind)
      ? `the ${kind} standard error is 0: in each cluster that ${term} rests on the residuals add up to 0`
      : `the ${kind} standard error is 0: the outcomes that ${term} rests on do not vary`;
  }
  return null;
}

/** Whether a term's estimate changes with the outcome of an observation whose row of Q is q. */
function rests(row: number[], q: number[]): boolean {
  return Math.abs(dot(row, q)) > AT_LIMIT * Math.sqrt(dot(row, row));
}

function thinReason(model: LinearModel, term: string): string | null {
  const { level, clusters } = model.clustersOf[term]!;
  if (clusters >= FEWEST_CLUSTERS) return null;
  const role = level === term ? "it occurs" : `its reference ${level} occurs`;
  return `${role} in ${clusters} cluster${clusters === 1 ? "" : "s"}, fewer than ${FEWEST_CLUSTERS}`;
}

function estimateOf(estimate: number, stdError: number, df: number, quantile: number): TermEstimate {
  const [statistic, reach] = [estimate / stdError, quantile * stdError];
  const pValue = studentTPValue(statistic, df);
  return { estimate, stdError, statistic, pValue, lo: estimate - reach, hi: estimate + reach, df };
}
