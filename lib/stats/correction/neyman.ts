/** A group of sessions from which labels can be bought. */
export interface LabelStratum {
  /** Its name. */
  stratum: string;
  /** Sessions in it. */
  sessions: number;
  /** Sessions of it that have a label already. */
  labelled: number;
  /** Standard deviation of what a label adds: of Y - lambda F, or of Y where there are no verdicts. */
  sd: number;
}

/** Where the next labels go. */
export interface Allocation {
  /** Its name. */
  stratum: string;
  /** Labels to buy now. */
  buy: number;
  /** Labels after that. */
  labelled: number;
  /** Sessions. */
  sessions: number;
}

/**
 * Divides a budget of labels among strata so that the stratified mean has the smallest variance: labels in proportion
 * to sessions times standard deviation (Neyman allocation), counting those that exist already, never more than there
 * are sessions. Whole labels by largest remainder, ties by the order given. A budget beyond all sessions is cut.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { neymanAllocation } from "agent-trace-lab/stats";
 * const strata = [
 *   { stratum: "easy", sessions: 100, labelled: 0, sd: 0.1 },
 *   { stratum: "hard", sessions: 100, labelled: 0, sd: 0.4 },
 * ];
 * ok(neymanAllocation(strata, 20)[1]!.buy > 10);
 * ```
 *
 * Source: Neyman, Journal of the Royal Statistical Society 97 (1934) 558-625; Cochran, Sampling Techniques, 5.5.
 *
 * @throws {RangeError} where the budget or a stratum's counts are not whole and non-negative, or sd is negative.
 */
export function neymanAllocation(strata: readonly LabelStratum[], budget: number): Allocation[] {
  if (!Number.isInteger(budget) || budget < 0) throw new RangeError(`budget must be a whole number, found ${budget}`);
  for (const s of strata) {
    const counts = Number.isInteger(s.sessions) && Number.isInteger(s.labelled) && s.labelled >= 0 &&
      s.labelled <= s.sessions;
    if (!counts || !(s.sd >= 0)) {
      throw new RangeError(
        `stratum ${s.stratum}: labelled <= sessions and sd >= 0 are needed, found ` +
          `${s.labelled} of ${s.sessions}, sd ${s.sd}`,
      );
    }
  }
  const room = strata.reduce((sum, s) => sum + s.sessions - s.labelled, 0);
  const spend = Math.min(budget, room);
  const target = fill(strata, spend);
  const whole = target.map(Math.floor);
  let left = spend - whole.reduce((a, b) => a + b, 0);
  const order = target.map((t, i) => ({ i, rest: t - Math.floor(t) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of [...order, ...order]) {
    const s = strata[i];
    if (left <= 0) break;
    if (s && (whole[i] ?? 0) < s.sessions - s.labelled) {
      whole[i] = (whole[i] ?? 0) + 1;
      left--;
    }
  }
  return strata.map(({ stratum, sessions, labelled }, i) => {
    const buy = whole[i] ?? 0;
    return { stratum, buy, labelled: labelled + buy, sessions };
  });
}

/** Real-valued purchases: min(room, max(0, c weight - labelled)) with c such that they add up to `spend`. */
function fill(strata: readonly LabelStratum[], spend: number): number[] {
  const weights = strata.map((s) => s.sessions * s.sd);
  // Where no stratum varies, or those that do are full, the rest goes by size: a label is still worth having.
  const at = (c: number, w: readonly number[]) =>
    strata.map((s, i) => Math.min(s.sessions - s.labelled, Math.max(0, c * (w[i] ?? 0) - s.labelled)));
  const reach = (w: readonly number[]) => solve((c) => sum(at(c, w)), spend);
  const c = reach(weights);
  if (c !== null) return at(c, weights);
  const first = at(Infinity, weights.map((w) => w || 1e-300)).map((x, i) => weights[i] ? x : 0);
  const rest = strata.map((s, i) => (weights[i] ? 0 : s.sessions - s.labelled));
  const share = (spend - sum(first)) / (sum(rest) || 1);
  return first.map((x, i) => x + (rest[i] ?? 0) * share);
}

/** The argument at which an increasing function reaches `goal`; null where it never does. */
function solve(f: (c: number) => number, goal: number): number | null {
  let hi = 1;
  while (f(hi) < goal - 1e-9) {
    hi *= 2;
    if (hi > 1e18) return null;
  }
  let lo = 0;
  for (let i = 0; i < 200; i++) {
    const mid = (lo + hi) / 2;
    if (f(mid) < goal) lo = mid;
    else hi = mid;
  }
  return hi;
}

const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
