/** Krippendorff's alpha with what it rests on. */
export interface KrippendorffAlpha {
  /** 1 is full agreement, 0 chance; NaN when fewer than two values can be paired or all are the same. */
  estimate: number;
  /** Units with at least two ratings; the others say nothing of agreement. */
  units: number;
  /** Ratings within those units. */
  ratings: number;
  /** Units left out, having fewer than two ratings. */
  leftOut: number;
  /** Mean disagreement within units, and between all ratings. */
  observed: number;
  /** Mean disagreement between all ratings. */
  expected: number;
}

/**
 * Krippendorff's alpha, 1 - observed / expected disagreement: agreement of any number of raters who need not all rate
 * everything. Disagreement is 0 or 1 for `nominal` values, the squared difference for `interval` ones.
 *
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { krippendorffAlpha } from "agent-trace-lab/stats";
 * const { estimate, leftOut } = krippendorffAlpha([[1, 1, null], [0, 0, 1], [1, null, null], [0, 0, 0]]);
 * ok(estimate > 0 && estimate < 1);
 * equal(leftOut, 1); // one unit has a single rating
 * ```
 *
 * @param units one array of ratings a unit; null is a missing rating
 * @throws {RangeError} when `interval` is asked of values that are not numbers
 * @see Krippendorff (2011), Computing Krippendorff's Alpha-Reliability
 */
export function krippendorffAlpha(
  units: readonly (readonly (string | number | null)[])[],
  metric: "nominal" | "interval" = "nominal",
): KrippendorffAlpha {
  const rated = units.map((unit) => tally(unit.filter((v) => v !== null))).filter((unit) => size(unit) > 1);
  if (metric === "interval" && rated.some((unit) => [...unit.keys()].some((v) => !Number.isFinite(v)))) {
    throw new RangeError('krippendorffAlpha: "interval" needs numbers; use "nominal" for names');
  }
  const all = new Map<string | number, number>();
  for (const unit of rated) for (const [value, n] of unit) all.set(value, (all.get(value) ?? 0) + n);
  const ratings = size(all);
  const within = rated.reduce((total, unit) => total + disagreement(unit, metric) / (size(unit) - 1), 0);
  const [observed, expected] = [within / ratings, disagreement(all, metric) / (ratings * (ratings - 1))];
  return {
    estimate: expected === 0 ? NaN : 1 - observed / expected,
    units: rated.length,
    ratings,
    leftOut: units.length - rated.length,
    observed,
    expected,
  };
}

type Tally = Map<string | number, number>;

function tally(values: readonly (string | number)[]): Tally {
  const counts: Tally = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function size(counts: Tally): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}

/** Summed over all ordered pairs of ratings. */
function disagreement(counts: Tally, metric: "nominal" | "interval"): number {
  let total = 0;
  for (const [a, n] of counts) {
    for (const [b, m] of counts) {
      if (a !== b) total += n * m * (metric === "nominal" ? 1 : (Number(a) - Number(b)) ** 2);
    }
  }
  return total;
}
