import { type Interval, Z95 } from "../types.ts";
import { wilson } from "./wilson.ts";

/**
 * Newcombe's hybrid score interval of the difference of two independent rates, k1/n1 - k2/n2: the two Wilson intervals
 * combined by the square-and-add rule (his method 10).
 *
 * @param z normal quantile of the confidence level; 95% by default
 * @throws {RangeError} when an n is not positive or a k is not in 0..n
 * @see Newcombe (1998), Statistics in Medicine 17, 873-890
 */
export function newcombe(k1: number, n1: number, k2: number, n2: number, z: number = Z95): Interval {
  const [first, second] = [wilson(k1, n1, z), wilson(k2, n2, z)];
  const estimate = first.estimate - second.estimate;
  return {
    estimate,
    lo: estimate - Math.hypot(first.estimate - first.lo, second.hi - second.estimate),
    hi: estimate + Math.hypot(first.hi - first.estimate, second.estimate - second.lo),
  };
}
