import type { CountRow, ModelSpec } from "./count_row.ts";
import { dependencies } from "./dependencies.ts";
import { buildDesign, type Design, type Pattern } from "./design.ts";
import { type LogitState, maximizeLogit } from "./logit_iteration.ts";
import { normalPValue } from "../distributions/normal.ts";
import { type Estimate, Z95 } from "../types.ts";

/** A logistic regression fitted by maximum likelihood. */
export interface LogitModel extends Pick<Design, "n" | "k" | "references" | "dropped" | "confounded"> {
  /** The maximum; under separation the least upper bound, which no finite coefficients reach. */
  logLikelihood: number;
  /** Of the model with an intercept only. */
  nullLogLikelihood: number;
  /** Newton steps taken. */
  iterations: number;
  /** False when the iteration limit was reached: then do not use the numbers. */
  converged: boolean;
  /** Log odds by term, with Wald tests; terms without a finite estimate are in `separated` instead. */
  terms: Record<string, Estimate>;
  /** Terms whose estimate is infinite or not determined because outcomes are predicted perfectly, and by what. */
  separated: Record<string, string>;
  /** The patterns that are predicted perfectly: all their sessions have one outcome, and a direction that says so. */
  predicted: { pattern: string; n: number; k: number }[];
}

/**
 * Logistic regression of success on categorical factors, by iteratively reweighted least squares on patterns of counts:
 * log(p / (1 - p)) = x'b. Standard errors from the inverse information.
 *
 * When a direction of the coefficients predicts some outcomes perfectly (separation), the likelihood has no maximum
 * there. It is recognised by proof, not by large numbers: the perfectly predicted patterns are set aside, the rest is
 * fitted, and terms without a finite estimate are named in `separated` with the direction they tend to.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { fitLogit } from "agent-trace-lab/stats";
 * const rows = [["a", "u", 3], ["a", "v", 5], ["b", "u", 6], ["b", "v", 9]].map(([harness, model, k], i) => ({
 *   levels: { harness: `${harness}`, model: `${model}` },
 *   cluster: `run ${i}`,
 *   n: 10,
 *   k: Number(k),
 * }));
 * const spec = { factors: [{ name: "harness", reference: "a" }, { name: "model", reference: "u" }] };
 * const { terms } = fitLogit(rows, spec);
 * ok(terms["harness=b"]!.estimate > 1); // log odds
 * ```
 *
 * @throws {RangeError} when a row is not right or no row has a trial
 * @see McCullagh and Nelder (1989), Generalized Linear Models; Albert and Anderson (1984), Biometrika 71, 1-10
 */
export function fitLogit(rows: readonly CountRow[], spec: ModelSpec): LogitModel {
  const { n, k, references, dropped, confounded, terms: names, patterns } = buildDesign(rows, spec);
  const separated: Record<string, string> = {};
  const predicted: Pattern[] = [];
  let active = patterns;
  let kept = names.map((_, j) => j);
  let iterations = 0;
  let state: LogitState | null = null;
  while (active.length > 0) {
    const outcome = maximizeLogit(active.map((p) => ({ ...p, x: kept.map((j) => p.x[j]!) })));
    iterations += outcome.iterations;
    state = outcome;
    if (outcome.separation === null) break;
    const gone = outcome.separation.predicted.map((i) => active[i]!);
    predicted.push(...gone);
    active = active.filter((p) => !gone.includes(p));
    const direction = new Map(kept.map((j, i) => [j, outcome.separation!.direction[i]!]));
    const left = dependencies(active.map((p) => p.x), names.length);
    for (const j of new Set(left.dependent.flatMap(({ column, on }) => [column, ...on.keys()]))) {
      separated[names[j]!] ??= reasonOf(j, direction.get(j) ?? 0, gone);
    }
    kept = left.kept;
    state = null;
  }
  const terms: Record<string, Estimate> = {};
  if (state !== null) {
    kept.forEach((j, i) => {
      const name = names[j]!;
      if (!(name in separated)) terms[name] = wald(state.coefficients[i]!, state.stdErrors[i]!);
    });
  }
  return {
    n,
    k,
    references,
    dropped,
    confounded,
    logLikelihood: state?.logLikelihood ?? 0,
    nullLogLikelihood: k === 0 || k === n ? 0 : k * Math.log(k / n) + (n - k) * Math.log(1 - k / n),
    iterations,
    converged: state?.converged ?? true,
    terms,
    separated,
    predicted: predicted.map((p) => ({ pattern: p.label, n: p.n, k: p.k })),
  };
}

function wald(estimate: number, stdError: number): Estimate {
  const statistic = estimate / stdError;
  const reach = Z95 * stdError;
  return { estimate, stdError, statistic, pValue: normalPValue(statistic), lo: estimate - reach, hi: estimate + reach };
}

/** A direction's component this small beside rounding does not move its term. */
const STILL = 1e-6;

function reasonOf(column: number, direction: number, predicted: readonly Pattern[]): string {
  const tends = direction > STILL
    ? "tends to +infinity"
    : direction < -STILL
    ? "tends to -infinity"
    : "is not determined by the rest";
  const own = predicted.filter((p) => p.x[column] === 1);
  const shown = (own.length ? own : predicted).map((p) => `${p.label}: ${p.k} of ${p.n}`);
  const more = shown.length > 3 ? ` and ${shown.length - 3} more` : "";
  return `${tends}; predicted perfectly (${shown.slice(0, 3).join("; ")}${more})`;
}
