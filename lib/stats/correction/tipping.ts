import { checkTwoRates } from "../counts.ts";
import { type TwoRates, Z95 } from "../types.ts";
import { unboundedRate } from "./rogan_gladen.ts";

/** Sensitivity and specificity of a judge. */
export interface JudgeErrors {
  /** Share of solved sessions judged solved. */
  sensitivity: number;
  /** Share of unsolved sessions judged unsolved. */
  specificity: number;
}

/** What a difference becomes if the judge errs so on the second group. */
export interface TippingPoint extends JudgeErrors {
  /** The second group's corrected rate; null where these errors could not have given the judged rate. */
  second: number | null;
  /** First less second, corrected; null as `second`. */
  difference: number | null;
  /** `stands`, `undecided` (its 95% interval holds 0), `turns` to the other sign, or `impossible` error rates. */
  verdict: "stands" | "undecided" | "turns" | "impossible";
}

/** A difference of judged rates against what the judge's errors would have to be for it to be none. */
export interface TippingSurface {
  /** The first group's rate, corrected by its own error rates. */
  first: number;
  /** Judged difference, first less second. */
  judged: number;
  /** By sensitivity, then specificity, in the order given. */
  points: TippingPoint[];
  /** The point nearest to the first group's error rates at which the difference no longer stands; null where all stand. */
  nearest: TippingPoint | null;
}

/**
 * How differently would a judge have to err on two groups for the difference of their judged rates to go away? The first
 * group's rate is corrected by given error rates, the second's by every sensitivity and specificity of a grid. A judge who
 * errs alike on both can shrink a difference but not turn it.
 *
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { tippingSurface } from "agent-trace-lab/stats";
 * const judge = { sensitivity: 0.95, specificity: 0.9 };
 * const { nearest, points } = tippingSurface({ k1: 140, n1: 200, k2: 100, n2: 200 }, { first: judge });
 * equal(points.find((p) => p.sensitivity === 0.95 && p.specificity === 0.9)!.verdict, "stands");
 * ok(nearest!.sensitivity < 0.9); // the judge would have to miss more of the second group's successes
 * ```
 *
 * @param first error rates on the first group
 * @param grid sensitivities and specificities tried for the second; 0.5 to 1 by 0.05 by default
 * @throws {RangeError} when counts are not right, a group is empty, or the first error rates are no better than chance
 */
export function tippingSurface(
  rates: TwoRates,
  { first: errors, grid = GRID }: { first: JudgeErrors; grid?: readonly number[] },
): TippingSurface {
  checkTwoRates(rates, "tippingSurface");
  const { k1, n1, k2, n2 } = rates;
  if (n1 === 0 || n2 === 0) throw new RangeError(`tippingSurface: expected two groups, found ${n1} and ${n2} sessions`);
  const youden = errors.sensitivity + errors.specificity - 1;
  if (!(youden > 0)) {
    throw new RangeError(`tippingSurface: expected error rates better than chance, found ${JSON.stringify(errors)}`);
  }
  const [q1, q2] = [k1 / n1, k2 / n2];
  const first = Math.min(1, Math.max(0, unboundedRate(q1, errors.sensitivity, errors.specificity)));
  const sign = Math.sign(q1 - q2) || 1;
  const points = grid.flatMap((sensitivity) =>
    grid.map((specificity): TippingPoint => {
      const own = sensitivity + specificity - 1;
      const possible = own > 1e-9 && q2 >= 1 - specificity - SLACK && q2 <= sensitivity + SLACK;
      if (!possible) return { sensitivity, specificity, second: null, difference: null, verdict: "impossible" };
      const second = Math.min(1, Math.max(0, unboundedRate(q2, sensitivity, specificity)));
      const difference = first - second;
      const reach = Z95 * Math.sqrt(q1 * (1 - q1) / n1 / youden ** 2 + q2 * (1 - q2) / n2 / own ** 2);
      const verdict = sign * difference > reach ? "stands" : sign * difference < 0 ? "turns" : "undecided";
      return { sensitivity, specificity, second, difference, verdict };
    })
  );
  const distance = (p: TippingPoint) =>
    Math.hypot(p.sensitivity - errors.sensitivity, p.specificity - errors.specificity);
  const gone = points.filter((p) => p.verdict === "turns" || p.verdict === "undecided");
  const nearest = gone.reduce<TippingPoint | null>((a, b) => a === null || distance(b) < distance(a) ? b : a, null);
  return { first, judged: q1 - q2, points, nearest };
}

const GRID = Array.from({ length: 11 }, (_, i) => (50 + 5 * i) / 100);
/** A judged rate at the very edge of what error rates can give is possible, rounding aside. */
const SLACK = 1e-12;
