import type { HeadlineCell } from "./headline.ts";

/** Square of a length that counts as none. Both sides vanish where every verdict is false: nothing is left to compare, which overturns nothing. */
export const VANISHED = 1e-18;

/** Whether any changes at all can overturn a quadratic headline: an example, a proof that none can, or neither. */
export type Reach = { kind: "example"; changes: number[] } | { kind: "impossible" } | { kind: "unknown" };

/** Boxes looked at before giving up. */
const MOST_BOXES = 40_000;

interface Box {
  lo: number[];
  hi: number[];
}

/**
 * Looks for changes with |along (k + d)| <= |against (k + d)| by branch and bound over boxes of d: a box is set aside
 * when the least that the left side can be in it exceeds the most that the right side can be, otherwise its middle is
 * tried, and the box is halved along the cell that moves the two sides most.
 */
export function reach(
  along: readonly (readonly number[])[],
  against: readonly (readonly number[])[],
  cells: readonly HeadlineCell[],
  allowed: readonly boolean[],
): Reach {
  const open = cells.map((_, i) => i).filter((i) => allowed[i]);
  const columns = open.map((i) => ({ a: along.map((d) => d[i] ?? 0), b: against.map((d) => d[i] ?? 0) }));
  const now = (directions: readonly (readonly number[])[]) =>
    directions.map((d) => d.reduce((sum, v, i) => sum + v * (cells[i]?.k ?? 0), 0));
  const [u, w] = [now(along), now(against)];
  const at = (d: readonly number[], start: readonly number[], side: "a" | "b") =>
    start.map((v, j) => d.reduce((sum, x, i) => sum + x * (columns[i]?.[side][j] ?? 0), v));
  const holdsNot = (d: readonly number[]) => {
    const right = length(at(d, w, "b"));
    return right * right >= VANISHED && length(at(d, u, "a")) <= right;
  };
  const boxes: Box[] = [{
    lo: open.map((i) => -(cells[i]?.k ?? 0)),
    hi: open.map((i) => (cells[i]?.n ?? 0) - (cells[i]?.k ?? 0)),
  }];
  for (let seen = 0; boxes.length; seen++) {
    if (seen > MOST_BOXES) return { kind: "unknown" };
    const { lo, hi } = boxes.pop() as Box;
    const middle = lo.map((l, i) => (l + (hi[i] ?? l)) / 2), half = lo.map((l, i) => ((hi[i] ?? l) - l) / 2);
    const [left, right] = [at(middle, u, "a"), at(middle, w, "b")];
    const a = length(left), unit = left.map((v) => v / (a || 1));
    const falls = columns.map(({ a }, i) => (half[i] ?? 0) * Math.abs(dot(unit, a)));
    const least = a - sum(falls);
    const grows = columns.map(({ b }, i) => (half[i] ?? 0) * length(b));
    const byDirection = length(
      right.map((v, j) => Math.abs(v) + columns.reduce((s, { b }, i) => s + (half[i] ?? 0) * Math.abs(b[j] ?? 0), 0)),
    );
    if (least > Math.min(length(right) + sum(grows), byDirection)) continue;
    const whole = middle.map((m) => Math.round(m));
    if (holdsNot(whole)) {
      const changes = cells.map(() => 0);
      open.forEach((i, j) => changes[i] = whole[j] ?? 0);
      return { kind: "example", changes };
    }
    const widest = half.map((h, i) => h > 0 ? (falls[i] ?? 0) + (grows[i] ?? 0) : -1)
      .reduce((best, v, i, all) => v > (all[best] ?? -1) ? i : best, 0);
    if ((hi[widest] ?? 0) - (lo[widest] ?? 0) < 1) continue;
    const cut = Math.floor(middle[widest] ?? 0);
    // The half whose middle is nearer to overturning is looked into first.
    const halves = [{ lo, hi: hi.with(widest, cut) }, { lo: lo.with(widest, cut + 1), hi }].map((box) => {
      const d = box.lo.map((l, i) => (l + (box.hi[i] ?? l)) / 2);
      return { box, margin: length(at(d, u, "a")) - length(at(d, w, "b")) };
    }).sort((x, y) => y.margin - x.margin);
    boxes.push(...halves.map(({ box }) => box));
  }
  return { kind: "impossible" };
}

const sum = (xs: readonly number[]) => xs.reduce((s, x) => s + x, 0);
const dot = (x: readonly number[], y: readonly number[]) => x.reduce((s, v, i) => s + v * (y[i] ?? 0), 0);
const length = (x: readonly number[]) => Math.sqrt(x.reduce((s, v) => s + v * v, 0));
