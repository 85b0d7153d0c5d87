import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { abilities, type Answers, type ItemFit, itemSlopes, type SlopeOptions } from "./item_fit.ts";

/** Standard errors of one item; infinite where the data do not determine it. */
export interface ItemError {
  slope: number;
  difficulty: number;
}

/** Beyond so many parameters each item is taken by itself, the others as known. */
const MOST_TOGETHER = 500;

/**
 * Standard errors from the observed information: expected information of known abilities less the covariance, given the
 * data, of the scores (Louis's formula). All items together up to 500 parameters; beyond, abilities rest on so many tasks
 * that each item is taken by itself.
 *
 * @see Louis (1982), JRSS B 44, 226-233
 */
export function itemErrors(answers: Answers, fit: ItemFit, options: SlopeOptions): ItemError[] {
  const J = answers.items.length, equal = options.equalSlopes;
  const slopeAt = (i: number) => equal ? 0 : 2 * i, interceptAt = (i: number) => equal ? 1 + i : 2 * i + 1;
  const size = equal ? J + 1 : 2 * J;
  const together = size <= MOST_TOGETHER;
  const byAgent: Answers["cells"][] = answers.agents.map(() => []),
    byItem: Answers["cells"][] = answers.items.map(() => []);
  for (const cell of answers.cells) {
    byAgent[cell.agent]!.push(cell);
    byItem[cell.item]!.push(cell);
  }
  const { posteriors } = abilities(byAgent, fit, fit.ability.slice());
  /** Blocks of parameters whose information is laid out: all of them, or one item after the other. */
  const blocks = together ? [answers.items.map((_, i) => i)] : answers.items.map((_, i) => [i]);
  const errors = new Array<ItemError>(J);
  for (const items of blocks) {
    const used = [...new Set(items.flatMap((i) => [slopeAt(i), interceptAt(i)]))].sort((a, b) => a - b);
    const place = new Map(used.map((p, at) => [p, at]));
    const information = Matrix.zeros(used.length, used.length);
    const add = (p: number, q: number, v: number) => {
      const [i, j] = [place.get(p)!, place.get(q)!];
      information.set(i, j, information.get(i, j) + v);
      if (i !== j) information.set(j, i, information.get(j, i) + v);
    };
    for (const i of items) {
      const s = itemSlopes(byItem[i]!, posteriors, fit.slopes[i]!, fit.intercepts[i]!);
      add(slopeAt(i), slopeAt(i), s.aa);
      add(slopeAt(i), interceptAt(i), s.ac);
      add(interceptAt(i), interceptAt(i), s.cc);
      if (options.prior) add(slopeAt(i), slopeAt(i), 1 / options.prior.sd ** 2);
    }
    const own = new Set(items);
    byAgent.forEach((cells, j) => {
      const { nodes, weights } = posteriors[j]!;
      const mine = together ? cells : cells.filter((c) => own.has(c.item));
      if (mine.length === 0) return;
      const scores = nodes.reduce<Float64Array[]>((list, x, q) => {
        const score = new Float64Array(used.length);
        for (const { item, n, k } of mine) {
          const residual = k - n / (1 + Math.exp(-(fit.slopes[item]! * x + fit.intercepts[item]!)));
          score[place.get(slopeAt(item))!]! += x * residual;
          score[place.get(interceptAt(item))!]! += residual;
        }
        list[q] = score;
        return list;
      }, []);
      const centre = new Float64Array(used.length);
      scores.forEach((s, q) => s.forEach((v, p) => centre[p]! += weights[q]! * v));
      const touched = [...new Set(mine.flatMap((c) => [place.get(slopeAt(c.item))!, place.get(interceptAt(c.item))!]))];
      for (const p of touched) {
        for (const r of touched) {
          if (r > p) continue;
          let covariance = 0;
          for (let q = 0; q < nodes.length; q++) {
            covariance += weights[q]! * (scores[q]![p]! - centre[p]!) * (scores[q]![r]! - centre[r]!);
          }
          information.set(p, r, information.get(p, r) - covariance);
          if (r !== p) information.set(r, p, information.get(p, r));
        }
      }
    });
    const factor = new CholeskyDecomposition(information);
    const inverse = factor.isPositiveDefinite() ? factor.solve(Matrix.eye(used.length)) : null;
    for (const i of items) {
      errors[i] = inverse === null
        ? { slope: Infinity, difficulty: Infinity }
        : errorOf(inverse, place.get(slopeAt(i))!, place.get(interceptAt(i))!, fit.slopes[i]!, fit.intercepts[i]!);
    }
  }
  return errors;
}

/** Difficulty is -c / a: its error by the delta method. */
function errorOf(inverse: Matrix, p: number, q: number, a: number, c: number): ItemError {
  const [aa, ac, cc] = [inverse.get(p, p), inverse.get(p, q), inverse.get(q, q)];
  const [da, dc] = [c / (a * a), -1 / a];
  return { slope: Math.sqrt(aa), difficulty: Math.sqrt(Math.max(0, da * da * aa + 2 * da * dc * ac + dc * dc * cc)) };
}
