import { dot } from "../dot.ts";

/** A function to minimise: its value and gradient at a point; a value that is not finite is no place to go. */
export type Differentiable = (at: readonly number[]) => { value: number; gradient: number[] };

/** Where a minimisation ended. */
export interface Minimum {
  at: number[];
  value: number;
  gradient: number[];
  iterations: number;
  /** False when neither the gradient vanished nor the value stood still. */
  converged: boolean;
}

/** Largest component of the gradient that counts as none, relative to 1 + |value|. */
const FLAT = 1e-9;
/** Value gained in a step that counts as none, relative to 1 + |value|. */
const STILL = 1e-14;
/** Share of the slope that a step must gain (Armijo). */
const GAIN = 1e-4;
const MOST_HALVINGS = 60;
/** A step moves no coordinate by more. */
const LONGEST = 2;

/**
 * Minimises a smooth function by BFGS with an inverse Hessian that starts as the identity, and steps halved until they
 * gain enough. For a few parameters; the cost of a step beside f is their square.
 *
 * @see Nocedal and Wright (2006), Numerical Optimization, algorithm 6.1
 */
export function bfgs(f: Differentiable, start: readonly number[], { mostIterations = 300 } = {}): Minimum {
  let at = [...start];
  let { value, gradient } = f(at);
  const inverse = at.map((_, i) => at.map((_, j) => i === j ? 1 : 0));
  for (let iteration = 0;; iteration++) {
    const done = gradient.every((g) => Math.abs(g) <= FLAT * (1 + Math.abs(value)));
    if (done || iteration === mostIterations) return { at, value, gradient, iterations: iteration, converged: done };
    const direction = inverse.map((row) => -dot(row, gradient));
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      inverse.forEach((row, i) => row.forEach((_, j) => row[j] = i === j ? 1 : 0));
      gradient.forEach((g, i) => direction[i] = -g);
      slope = -dot(gradient, gradient);
    }
    let length = Math.min(1, LONGEST / Math.max(...direction.map(Math.abs)));
    let next = moved(at, direction, length), found = f(next);
    for (let halving = 0; !(found.value <= value + GAIN * length * slope); halving++) {
      if (halving === MOST_HALVINGS) return { at, value, gradient, iterations: iteration, converged: nearlyFlat() };
      length /= 2;
      next = moved(at, direction, length);
      found = f(next);
    }
    const gained = value - found.value;
    const step = next.map((v, i) => v - at[i]!);
    const change = found.gradient.map((g, i) => g - gradient[i]!);
    ({ value, gradient } = found);
    at = next;
    if (gained <= STILL * (1 + Math.abs(value)) && nearlyFlat()) {
      return { at, value, gradient, iterations: iteration + 1, converged: true };
    }
    update(inverse, step, change, iteration === 0);
  }

  /** Rounding ends the descent before the gradient is as small as it would be in exact arithmetic. */
  function nearlyFlat(): boolean {
    return gradient.every((g) => Math.abs(g) <= 1e-5 * (1 + Math.abs(value)));
  }
}

/** H <- (I - r s y') H (I - r y s') + r s s', r = 1 / y's; left as it is where the curvature is not positive. */
function update(inverse: number[][], s: number[], y: number[], first: boolean): void {
  const sy = dot(s, y);
  if (!(sy > 1e-14 * Math.sqrt(dot(s, s) * dot(y, y)))) return;
  if (first) inverse.forEach((row, i) => row[i] = sy / dot(y, y));
  const hy = inverse.map((row) => dot(row, y));
  const scale = (1 + dot(y, hy) / sy) / sy;
  inverse.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) row[j]! += scale * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / sy;
  });
}

function moved(from: readonly number[], direction: readonly number[], length: number): number[] {
  return from.map((v, i) => v + length * direction[i]!);
}
