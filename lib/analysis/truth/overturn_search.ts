import type { HeadlineCell, HeadlineForm } from "./headline.ts";
import { reach, VANISHED } from "./overturn_reach.ts";

/** What a search found: changes of successes by cell, below zero where judged successes were false. */
export interface Overturned {
  /** Null where no errors in the allowed cells can do it. */
  atLeast: number | null;
  /** Null where none were found. */
  atMost: number | null;
  changes: number[];
}

/**
 * Fewest changes that bring a weighted sum of successes to zero or below. Each session changes it by its cell's weight,
 * so taking the heaviest first is exact.
 */
export function searchLinear(
  weights: readonly number[],
  cells: readonly HeadlineCell[],
  allowed: readonly boolean[],
): Overturned {
  let value = weights.reduce((sum, w, i) => sum + w * (cells[i]?.k ?? 0), 0), flips = 0;
  const changes = cells.map(() => 0);
  const order = cells.map((c, i) => ({ c, i, w: weights[i] ?? 0 })).filter(({ i, w }) => allowed[i] && w !== 0)
    .sort((a, b) => Math.abs(b.w) - Math.abs(a.w) || a.i - b.i);
  for (const { c, i, w } of order) {
    if (value <= 0) break;
    const room = w > 0 ? c.k : c.n - c.k;
    const take = Math.min(room, Math.ceil(value / Math.abs(w) - 1e-9));
    changes[i] = w > 0 ? -take : take;
    value -= take * Math.abs(w);
    flips += take;
  }
  return value <= 1e-12 ? { atLeast: flips, atMost: flips, changes } : { atLeast: null, atMost: null, changes: [] };
}

/** Fewest changes in two cells that overturn a statement on them: every pair of counts, nearest first. */
export function searchPair(form: HeadlineForm & { kind: "pair" }, cells: readonly HeadlineCell[]): Overturned {
  const [a, b] = [cells[form.first], cells[form.second]];
  if (!a || !b) return { atLeast: null, atMost: null, changes: [] };
  for (let flips = 1; flips <= a.n + b.n; flips++) {
    for (let inFirst = 0; inFirst <= flips; inFirst++) {
      for (const s1 of inFirst ? [-1, 1] : [1]) {
        for (const s2 of flips - inFirst ? [-1, 1] : [1]) {
          const [d1, d2] = [s1 * inFirst, s2 * (flips - inFirst)];
          const [k1, k2] = [a.k + d1, b.k + d2];
          if (k1 < 0 || k1 > a.n || k2 < 0 || k2 > b.n || form.holds(k1, k2)) continue;
          const changes = cells.map((_, i) => i === form.first ? d1 : i === form.second ? d2 : 0);
          return { atLeast: flips, atMost: flips, changes };
        }
      }
    }
  }
  return { atLeast: null, atMost: null, changes: [] };
}

/**
 * Fewest changes after which |along k| <= |against k|, for two sets of directions. Found by steepest descent, one
 * session at a time. Proven from below: |along (k + d)| >= its component on the present direction, which falls linearly
 * with d, and |against (k + d)| <= |against k| + sum |d_i| |against_i|, so no fewer changes than it takes the heaviest
 * sessions to close the distance of the two lengths.
 */
export function searchQuadratic(
  along: readonly (readonly number[])[],
  against: readonly (readonly number[])[],
  cells: readonly HeadlineCell[],
  allowed: readonly boolean[],
): Overturned {
  const k = cells.map((c) => c.k);
  const [u, w] = [project(along, k), project(against, k)];
  const atLeast = lowerBound(along, against, u, w, cells, allowed);
  const columns = cells.map((_, i) => ({ a: along.map((d) => d[i] ?? 0), b: against.map((d) => d[i] ?? 0) }));
  const changes = cells.map(() => 0);
  let flips = 0, value = square(u) - square(w);
  while (value > 0) {
    let best = { i: -1, s: 0, value };
    cells.forEach((c, i) => {
      const column = columns[i];
      if (!allowed[i] || !column) return;
      for (const s of [-1, 1]) {
        const change = (changes[i] ?? 0) + s;
        // Undoing an earlier change would be a step back, not one more error.
        if ((changes[i] ?? 0) * s < 0 || c.k + change < 0 || c.k + change > c.n) continue;
        const right = square(moved(w, column.b, s));
        const next = square(moved(u, column.a, s)) - right;
        if (next <= 0 && right < VANISHED) continue;
        if (next < best.value - 1e-12) best = { i, s, value: next };
      }
    });
    const column = columns[best.i];
    if (!column) return beyondDescent(along, against, cells, allowed, atLeast);
    changes[best.i] = (changes[best.i] ?? 0) + best.s;
    column.a.forEach((v, j) => u[j] = (u[j] ?? 0) + best.s * v);
    column.b.forEach((v, j) => w[j] = (w[j] ?? 0) + best.s * v);
    value = best.value;
    flips++;
  }
  return { atLeast, atMost: flips, changes };
}

/** Where descent is stuck: an example from anywhere in reach, taken back as far as it goes; or a proof that none is. */
function beyondDescent(
  along: readonly (readonly number[])[],
  against: readonly (readonly number[])[],
  cells: readonly HeadlineCell[],
  allowed: readonly boolean[],
  atLeast: number | null,
): Overturned {
  const found = reach(along, against, cells, allowed);
  if (found.kind === "impossible") return { atLeast: null, atMost: null, changes: [] };
  if (found.kind === "unknown") return { atLeast, atMost: null, changes: [] };
  const changes = [...found.changes];
  const value = () => {
    const k = cells.map((c, i) => c.k + (changes[i] ?? 0));
    const right = square(project(against, k));
    return right < VANISHED ? Infinity : square(project(along, k)) - right;
  };
  for (let shorter = true; shorter;) {
    shorter = false;
    for (const [i, d] of changes.entries()) {
      if (d === 0) continue;
      changes[i] = d - Math.sign(d);
      if (value() <= 0) shorter = true;
      else changes[i] = d;
    }
  }
  return { atLeast, atMost: changes.reduce((sum, d) => sum + Math.abs(d), 0), changes };
}

function lowerBound(
  along: readonly (readonly number[])[],
  against: readonly (readonly number[])[],
  u: readonly number[],
  w: readonly number[],
  cells: readonly HeadlineCell[],
  allowed: readonly boolean[],
): number | null {
  const [a, b] = [Math.sqrt(square(u)), Math.sqrt(square(w))];
  let distance = a - b, flips = 0;
  const reach = cells.map((c, i) => {
    const falls = along.reduce((sum, d, j) => sum + (d[i] ?? 0) * (u[j] ?? 0) / (a || 1), 0);
    const grows = Math.sqrt(against.reduce((sum, d) => sum + (d[i] ?? 0) ** 2, 0));
    // Lowering successes helps where the component grows with them, raising them where it falls.
    return [{ size: falls + grows, room: c.k }, { size: grows - falls, room: c.n - c.k }].map((r) =>
      allowed[i] ? r : { size: 0, room: 0 }
    );
  }).flat().filter((r) => r.size > 0 && r.room > 0).sort((x, y) => y.size - x.size);
  for (const { size, room } of reach) {
    if (distance <= 0) break;
    const take = Math.min(room, Math.ceil(distance / size - 1e-9));
    distance -= take * size;
    flips += take;
  }
  return distance > 1e-12 ? null : flips;
}

const project = (directions: readonly (readonly number[])[], k: readonly number[]) =>
  directions.map((d) => d.reduce((sum, v, i) => sum + v * (k[i] ?? 0), 0));
const square = (x: readonly number[]) => x.reduce((sum, v) => sum + v * v, 0);
const moved = (x: readonly number[], by: readonly number[], s: number) => x.map((v, j) => v + s * (by[j] ?? 0));
