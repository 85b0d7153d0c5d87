import { logChoose } from "../distributions/log_factorial.ts";
import type { MultilevelCells } from "./cells.ts";
import { cellEntries, pairPositions } from "./cell_entries.ts";
import { factorize, inverseWithinPattern, logDeterminant, solveLower, solveUpper } from "./sparse_cholesky.ts";
import { choleskyPattern, type SparsePattern } from "./sparse_pattern.ts";

/** Newton's decrement below which the mode is found: its square root is the distance, in standard errors. */
const FOUND = 1e-13;
const MOST_STEPS = 200;

/** The Laplace approximation at given standard deviations: the mode, what surrounds it, and the log likelihood there. */
export interface LaplaceState {
  /** Approximate log likelihood, constants included. -Infinity where no mode was found. */
  logLikelihood: number;
  /** By standard deviation, and by fixed coefficient where these are given. */
  gradient: { deviations: number[]; fixed: number[] };
  /** Spherical random effects (the level's shift is its deviation times this), then the fixed coefficients. */
  mode: Float64Array;
  /** Cholesky factor of the negative Hessian of the spherical unknowns. */
  factor: Float64Array;
}

/** A Laplace approximation ready to be evaluated. */
export interface Laplace {
  /** Where the factor's entries are. */
  pattern: SparsePattern;
  /**
   * The approximation at given parameters.
   *
   * @param deviations standard deviation of each random term, in the order of the cells' terms; signs do not matter
   * @param fixed coefficients; null to integrate them out with a flat prior
   * @param gradient false leaves the gradient out (zeros), which costs more than the rest
   */
  at(deviations: readonly number[], fixed: readonly number[] | null, gradient?: boolean): LaplaceState;
  /** The curvature around given unknowns instead of the mode; no gradient. */
  around(deviations: readonly number[], unknowns: Float64Array): LaplaceState;
}

/**
 * The Laplace approximation of the likelihood of a crossed multilevel logit: with spherical unknowns v (random effects,
 * and the fixed coefficients where they are integrated out), h(v) = log p(k | v) - |u|^2 / 2 at its mode, less half the
 * log determinant of -h''. Exact derivatives: the mode moves with the parameters, and the determinant with the mode.
 *
 * One evaluation is a few sparse factorizations, whatever the number of sessions.
 *
 * @see Bates, Maechler, Bolker, Walker (2015), JSS 67(1); Breslow and Clayton (1993), JASA 88, 9-25
 */
export function laplace(cells: MultilevelCells, which: "levels" | "levels and fixed"): Laplace {
  const { n, k, levelOf, x, levels, terms, fixed } = cells;
  const T = terms.length, p = fixed.length, count = n.length;
  const joint = which === "levels and fixed";
  const size = joint ? levels + p : levels;
  const entries = cellEntries(cells, joint);
  const pattern = choleskyPattern(entries.together);
  const pairs = pairPositions(pattern, entries);
  const termOf = new Int32Array(size).fill(T);
  terms.forEach((term, t) => termOf.fill(t, term.first, term.first + term.levels.length));
  let constant = joint ? p / 2 * Math.log(2 * Math.PI) : 0;
  for (let i = 0; i < count; i++) constant += logChoose(n[i]!, k[i]!);

  const a = new Float64Array(pattern.row.length), factor = new Float64Array(pattern.row.length);
  const scaled = new Float64Array(entries.value.length), offset = new Float64Array(count);
  const eta = new Float64Array(count), weight = new Float64Array(count), residual = new Float64Array(count);
  let last: Float64Array = new Float64Array(size);

  const predictor = (v: Float64Array) => {
    for (let i = 0; i < count; i++) {
      let sum = offset[i]!;
      for (let e = entries.start[i]!; e < entries.start[i + 1]!; e++) sum += scaled[e]! * v[entries.column[e]!]!;
      eta[i] = sum;
    }
  };
  const objective = (v: Float64Array) => {
    predictor(v);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const e = eta[i]!;
      sum += k[i]! * e - n[i]! * (Math.max(e, 0) + Math.log1p(Math.exp(-Math.abs(e))));
    }
    for (let j = 0; j < levels; j++) sum -= v[j]! * v[j]! / 2;
    return sum;
  };
  /** Weights, residuals, Hessian and factor at the predictor of `v`; the gradient goes to `step`. */
  const curvature = (v: Float64Array, step: Float64Array): boolean => {
    a.fill(0);
    for (let j = 0; j < size; j++) {
      if (j < levels) a[pattern.start[j]!] = 1;
      step[j] = j < levels ? -v[j]! : 0;
    }
    for (let i = 0; i < count; i++) {
      const small = Math.exp(-Math.abs(eta[i]!)), high = 1 / (1 + small);
      const rate = eta[i]! >= 0 ? high : small * high;
      weight[i] = n[i]! * small * high * high;
      residual[i] = k[i]! - n[i]! * rate;
      const from = entries.start[i]!, to = entries.start[i + 1]!;
      let pair = pairs.start[i]!;
      for (let e = from; e < to; e++) {
        const own = scaled[e]!;
        step[entries.column[e]!]! += own * residual[i]!;
        for (let f = from; f <= e; f++) a[pairs.position[pair++]!]! += weight[i]! * own * scaled[f]!;
      }
    }
    return factorize(pattern, a, factor);
  };
  const toMode = (): { v: Float64Array; value: number } | null => {
    let v: Float64Array = last.slice(), value = objective(v);
    const step = new Float64Array(size), tried = new Float64Array(size);
    for (let iteration = 0; iteration < MOST_STEPS; iteration++) {
      if (!curvature(v, step)) return null;
      const slope = step.slice();
      solveLower(pattern, factor, step);
      solveUpper(pattern, factor, step);
      let decrement = 0;
      for (let j = 0; j < size; j++) decrement += slope[j]! * step[j]!;
      if (decrement < FOUND) return { v, value };
      let length = 1, reached = -Infinity;
      for (let halving = 0; halving < 40; halving++, length /= 2) {
        for (let j = 0; j < size; j++) tried[j] = v[j]! + length * step[j]!;
        reached = objective(tried);
        if (reached >= value - 1e-13 * Math.abs(value)) break;
      }
      v = tried.slice();
      value = reached;
    }
    return null;
  };

  const rescale = (deviations: readonly number[], given: readonly number[] | null) => {
    for (let e = 0; e < scaled.length; e++) {
      scaled[e] = entries.value[e]! * (deviations[termOf[entries.column[e]!]!] ?? 1);
    }
    for (let i = 0; i < count; i++) {
      offset[i] = 0;
      for (let j = 0; given !== null && j < p; j++) offset[i]! += x[i * p + j]! * given[j]!;
    }
  };
  const at = (deviations: readonly number[], given: readonly number[] | null, gradient = true): LaplaceState => {
    rescale(deviations, given);
    let found = toMode();
    if (found === null) {
      last = new Float64Array(size);
      found = toMode();
    }
    if (found === null) return nowhere(size, T, p, pattern);
    last = found.v;
    return {
      logLikelihood: found.value - logDeterminant(pattern, factor) / 2 + constant,
      gradient: gradient ? gradientAt(found.v, inverseWithinPattern(pattern, factor)) : noGradient(),
      mode: found.v,
      factor: factor.slice(),
    };
  };

  /** As derived: direct change of h, change of the determinant by the scaling, and by the mode through the weights. */
  const gradientAt = (v: Float64Array, z: Float64Array) => {
    const moved = new Float64Array(size), skew = new Float64Array(count);
    const { deviations, fixed: coefficients } = noGradient();
    const along = new Float64Array(entries.column.length);
    for (let i = 0; i < count; i++) {
      const from = entries.start[i]!, to = entries.start[i + 1]!;
      let pair = pairs.start[i]!, leverage = 0;
      for (let e = from; e < to; e++) {
        for (let f = from; f <= e; f++) {
          const inverse = z[pairs.position[pair++]!]!;
          along[e]! += scaled[f]! * inverse;
          if (f !== e) along[f]! += scaled[e]! * inverse;
        }
      }
      for (let e = from; e < to; e++) leverage += scaled[e]! * along[e]!;
      const rate = 1 / (1 + Math.exp(-eta[i]!));
      skew[i] = weight[i]! * (1 - 2 * rate) * leverage;
      for (let e = from; e < to; e++) moved[entries.column[e]!]! += scaled[e]! * skew[i]!;
    }
    solveLower(pattern, factor, moved);
    solveUpper(pattern, factor, moved);
    for (let i = 0; i < count; i++) {
      const from = entries.start[i]!, to = entries.start[i + 1]!;
      let shift = 0;
      for (let e = from; e < to; e++) shift += scaled[e]! * moved[entries.column[e]!]!;
      for (let t = 0; t < T; t++) {
        const j = levelOf[i * T + t]!;
        deviations[t]! += residual[i]! * v[j]! - weight[i]! * along[from + t]! -
          (skew[i]! * v[j]! + residual[i]! * moved[j]! - weight[i]! * v[j]! * shift) / 2;
      }
      for (let j = 0; j < coefficients.length; j++) {
        coefficients[j]! += x[i * p + j]! * (residual[i]! - (skew[i]! - weight[i]! * shift) / 2);
      }
    }
    return { deviations, fixed: coefficients };
  };
  const noGradient = () => ({
    deviations: new Array<number>(T).fill(0),
    fixed: new Array<number>(joint ? 0 : p).fill(0),
  });
  const around = (deviations: readonly number[], unknowns: Float64Array): LaplaceState => {
    rescale(deviations, null);
    const value = objective(unknowns);
    if (!curvature(unknowns, new Float64Array(size))) return nowhere(size, T, p, pattern);
    return {
      ...nowhere(size, T, p, pattern),
      logLikelihood: value - logDeterminant(pattern, factor) / 2 + constant,
      mode: unknowns,
      factor: factor.slice(),
    };
  };
  return { pattern, at, around };
}

function nowhere(size: number, T: number, p: number, pattern: SparsePattern): LaplaceState {
  return {
    logLikelihood: -Infinity,
    gradient: { deviations: new Array(T).fill(NaN), fixed: new Array(p).fill(NaN) },
    mode: new Float64Array(size),
    factor: new Float64Array(pattern.row.length),
  };
}
