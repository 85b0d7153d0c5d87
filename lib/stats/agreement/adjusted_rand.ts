/**
 * The adjusted Rand index of two clusterings of the same items: agreement on pairs beyond chance. 1 is the same
 * clustering, 0 what chance gives; 1 also when both are trivial in the same way.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { adjustedRand } from "agent-trace-lab/stats";
 * equal(adjustedRand(["a", "a", "b", "b"], [2, 2, 1, 1]), 1); // the same clusters under other names
 * ```
 *
 * @param a cluster of each item, any labels
 * @param b the other clustering, items in the same order
 * @throws {RangeError} when the lengths differ
 * @see Hubert and Arabie (1985), Journal of Classification 2, 193-218
 */
export function adjustedRand(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  if (a.length !== b.length) {
    throw new RangeError(`adjustedRand: expected pairs, found ${a.length} and ${b.length} labels`);
  }
  const both = pairs(a.map((label, i) => JSON.stringify([label, b[i]])));
  const [inA, inB] = [pairs(a), pairs(b)];
  const expected = inA * inB / (a.length * (a.length - 1) / 2);
  const most = (inA + inB) / 2;
  return a.length < 2 || most === expected ? 1 : (both - expected) / (most - expected);
}

function pairs(labels: readonly (string | number)[]): number {
  const sizes = new Map<string | number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return [...sizes.values()].reduce((total, n) => total + n * (n - 1) / 2, 0);
}
