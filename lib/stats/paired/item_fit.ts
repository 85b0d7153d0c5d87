import { gaussHermite } from "../distributions/gauss_hermite.ts";
import { logistic, logisticVariance } from "../distributions/logistic.ts";

/** Counts of agents on the tasks that are sometimes solved. */
export interface Answers {
  agents: string[];
  items: { task: string; n: number; k: number }[];
  cells: { agent: number; item: number; n: number; k: number }[];
}

/** What is held of the slopes. */
export interface SlopeOptions {
  equalSlopes: boolean;
  prior: { mean: number; sd: number } | null;
}

/** Parameters of the tasks: log odds of solving = slope * ability + intercept. */
export interface ItemParameters {
  slopes: Float64Array;
  intercepts: Float64Array;
}

/** A model of items as fitted. */
export interface ItemFit extends ItemParameters {
  ability: Float64Array;
  abilitySd: Float64Array;
  information: Float64Array;
  logLikelihood: number;
  converged: boolean;
}

/** An agent's ability: nodes with their posterior probabilities. */
export interface AbilityPosterior {
  nodes: Float64Array;
  weights: Float64Array;
}

const QUADRATURE = gaussHermite(21);
const MOST_CYCLES = 400;
/** A change of any parameter in a cycle that counts as none. */
const STILL = 1e-8;

/**
 * Marginal maximum likelihood by expectation and maximisation, each cycle extrapolated (SQUAREM) and kept only where that
 * does not lose likelihood.
 *
 * @see Bock and Aitkin (1981), Psychometrika 46, 443-459; Varadhan and Roland (2008), Scand. J. Statistics 35, 335-353
 */
export function fitItems(answers: Answers, options: SlopeOptions): ItemFit {
  const byAgent = group(answers, "agent", answers.agents.length);
  const byItem = group(answers, "item", answers.items.length);
  const J = answers.items.length;
  const modes = new Float64Array(answers.agents.length);
  const step = (at: Float64Array): { next: Float64Array; value: number } => {
    const parameters = { slopes: at.subarray(0, J), intercepts: at.subarray(J) };
    const { posteriors, logLikelihood } = abilities(byAgent, parameters, modes);
    return {
      next: maximize(byItem, posteriors, parameters, options),
      value: logLikelihood + logPrior(parameters.slopes, options.prior),
    };
  };
  let at: Float64Array = new Float64Array(2 * J);
  answers.items.forEach(({ n, k }, i) => {
    at[i] = 1;
    at[J + i] = 1.2 * Math.log((k + 0.5) / (n - k + 0.5));
  });
  let converged = false;
  for (let cycle = 0; cycle < MOST_CYCLES && !converged; cycle++) {
    const { next: first } = step(at);
    const { next: second, value: before } = step(first);
    const r = first.map((v, i) => v - at[i]!), v = second.map((s, i) => s - first[i]! - r[i]!);
    const length = Math.min(-1, -norm(r) / norm(v));
    converged = second.every((s, i) => Math.abs(s - first[i]!) < STILL);
    const leap = at.map((x, i) => x - 2 * length * r[i]! + length * length * v[i]!);
    const tried = converged || !leap.every(Number.isFinite) ? null : step(leap);
    at = tried !== null && tried.value >= before ? tried.next : second;
  }
  // Abilities have mean 0, but which end is up is the data's: more solved is more able.
  const sign = at.subarray(0, J).reduce((a, b) => a + b, 0) < 0 ? -1 : 1;
  const slopes = at.slice(0, J).map((a) => sign * a), intercepts = at.slice(J);
  const { posteriors, logLikelihood } = abilities(byAgent, { slopes, intercepts }, modes.map((m) => sign * m));
  const ability = Float64Array.from(posteriors, moment((x) => x));
  return {
    slopes,
    intercepts,
    ability,
    abilitySd: Float64Array.from(posteriors, (p, j) => Math.sqrt(moment((x) => (x - ability[j]!) ** 2)(p))),
    information: slopes.map((a, i) =>
      posteriors.reduce((sum, p) => sum + moment((x) => a * a * logisticVariance(a * x + intercepts[i]!))(p), 0) /
      posteriors.length
    ),
    logLikelihood,
    converged,
  };
}

type Cell = Answers["cells"][number];

function group({ cells }: Answers, by: "agent" | "item", count: number): Cell[][] {
  const groups: Cell[][] = Array.from({ length: count }, () => []);
  for (const cell of cells) groups[cell[by]]!.push(cell);
  return groups;
}

/** Each agent's ability given the tasks, by quadrature around its mode; `modes` are where to begin, and are updated. */
export function abilities(
  byAgent: readonly (readonly Cell[])[],
  { slopes, intercepts }: ItemParameters,
  modes: Float64Array,
): { posteriors: AbilityPosterior[]; logLikelihood: number } {
  let logLikelihood = 0;
  const posteriors = byAgent.map((cells, j): AbilityPosterior => {
    const logAt = (x: number) => {
      let sum = -x * x / 2;
      for (const { item, n, k } of cells) {
        const eta = slopes[item]! * x + intercepts[item]!;
        sum += k * eta - n * (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))));
      }
      return sum;
    };
    let mode = modes[j]!, curvature = 1;
    for (let i = 0; i < 50; i++) {
      let slope = -mode;
      curvature = 1;
      for (const { item, n, k } of cells) {
        const eta = slopes[item]! * mode + intercepts[item]!;
        slope += slopes[item]! * (k - n * logistic(eta));
        curvature += slopes[item]! ** 2 * n * logisticVariance(eta);
      }
      const move = Math.max(-1, Math.min(1, slope / curvature));
      mode += move;
      if (Math.abs(move) < 1e-10) break;
    }
    modes[j] = mode;
    const scale = 1 / Math.sqrt(curvature);
    const nodes = Float64Array.from(QUADRATURE, ({ node }) => mode + scale * node);
    const logs = QUADRATURE.map(({ node, weight }, q) => Math.log(weight) + node * node / 2 + logAt(nodes[q]!));
    const largest = Math.max(...logs);
    const weights = Float64Array.from(logs, (v) => Math.exp(v - largest));
    const total = weights.reduce((a, b) => a + b, 0);
    logLikelihood += largest + Math.log(total * scale);
    return { nodes, weights: weights.map((w) => w / total) };
  });
  return { posteriors, logLikelihood };
}

/** The parameters that make the expected log likelihood of known abilities largest; slopes first. */
function maximize(
  byItem: readonly (readonly Cell[])[],
  posteriors: readonly AbilityPosterior[],
  { slopes, intercepts }: ItemParameters,
  { equalSlopes, prior }: SlopeOptions,
): Float64Array {
  const J = byItem.length, next = new Float64Array(2 * J);
  if (!equalSlopes) {
    byItem.forEach((cells, i) => {
      let [a, c] = [slopes[i]!, intercepts[i]!];
      for (let iteration = 0; iteration < 30; iteration++) {
        const s = itemSlopes(cells, posteriors, a, c);
        const [ga, haa] = prior ? [s.a - (a - prior.mean) / prior.sd ** 2, s.aa + 1 / prior.sd ** 2] : [s.a, s.aa];
        const determinant = haa * s.cc - s.ac ** 2;
        const [da, dc] = [(s.cc * ga - s.ac * s.c) / determinant, (haa * s.c - s.ac * ga) / determinant];
        const cut = Math.min(1, 2 / Math.max(Math.abs(da), Math.abs(dc)));
        a += cut * da;
        c += cut * dc;
        if (Math.max(Math.abs(da), Math.abs(dc)) < 1e-10) break;
      }
      next[i] = a;
      next[J + i] = c;
    });
    return next;
  }
  // One slope: Newton on all intercepts and it together, whose Hessian is an arrow.
  let a = slopes[0]!;
  const c = intercepts.slice();
  for (let iteration = 0; iteration < 30; iteration++) {
    const s = byItem.map((cells, i) => itemSlopes(cells, posteriors, a, c[i]!));
    const [top, bottom] = s.reduce(([t, b], v) => [t + v.a - v.ac * v.c / v.cc, b + v.aa - v.ac ** 2 / v.cc], [0, 0]);
    const da = Math.max(-1, Math.min(1, top! / bottom!));
    a += da;
    const moves = s.map((v) => (v.c - v.ac * da) / v.cc);
    moves.forEach((dc, i) => c[i]! += Math.max(-2, Math.min(2, dc)));
    if (Math.max(Math.abs(da), ...moves.map(Math.abs)) < 1e-10) break;
  }
  next.fill(a, 0, J);
  next.set(c, J);
  return next;
}

/** First and (negative) second derivatives of an item's expected log likelihood. */
export function itemSlopes(cells: readonly Cell[], posteriors: readonly AbilityPosterior[], a: number, c: number) {
  const s = { a: 0, c: 0, aa: 0, ac: 0, cc: 0 };
  for (const { agent, n, k } of cells) {
    const { nodes, weights } = posteriors[agent]!;
    for (let q = 0; q < nodes.length; q++) {
      const x = nodes[q]!, eta = a * x + c;
      const residual = weights[q]! * (k - n * logistic(eta)), w = weights[q]! * n * logisticVariance(eta);
      s.a += x * residual;
      s.c += residual;
      s.aa += x * x * w;
      s.ac += x * w;
      s.cc += w;
    }
  }
  return s;
}

function logPrior(slopes: Float64Array, prior: SlopeOptions["prior"]): number {
  return prior === null ? 0 : slopes.reduce((sum, a) => sum - ((a - prior.mean) / prior.sd) ** 2 / 2, 0);
}

function moment(of: (x: number) => number): (posterior: AbilityPosterior) => number {
  return ({ nodes, weights }) => nodes.reduce((sum, x, q) => sum + weights[q]! * of(x), 0);
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
}
