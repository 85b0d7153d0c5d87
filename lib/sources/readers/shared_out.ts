/**
 * Shares out a sum that is only known as a whole, in whole numbers that add up to it exactly: each share is the sum times
 * its weight over all weights, rounded by what was rounded before. Equal shares where no weight is above 0.
 *
 * For sessions whose recorder counted tokens once for all calls: the session's sum is recorded, a call's share is not.
 */
export function sharedOut(sum: number, weights: readonly number[]): number[] {
  const all = weights.reduce((total, weight) => total + weight, 0);
  let [done, weighed] = [0, 0];
  return weights.map((weight, i) => {
    weighed += all > 0 ? weight / all : 1 / weights.length;
    const upTo = i === weights.length - 1 ? sum : Math.round(sum * weighed);
    const share = upTo - done;
    done = upTo;
    return share;
  });
}

/** How long the text of a value is, about: what a share of tokens is weighed by. */
export function textLength(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum, one) => sum + textLength(one), 0);
}
