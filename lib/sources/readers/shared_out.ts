import { countIn } from "../mapping/values.ts";
import { SharedMessages } from "../../model/mod.ts";
import type { SpanParts } from "../mapping/row.ts";

const FIELDS = {
  inputTokens: "inputMessages",
  cachedTokens: "inputMessages",
  cacheWriteTokens: "inputMessages",
  outputTokens: "outputMessages",
  reasoningTokens: "outputMessages",
} as const;

/**
 * Gives what is known for a session as a whole to its calls by the length of their texts, so that they add up to it. What is
 * not known, or 0, stays as it is.
 */
export function shareTokens(
  calls: readonly SpanParts[],
  sums: Partial<Record<keyof typeof FIELDS, unknown>>,
): void {
  if (calls.length === 0) return;
  const lengthOf = lengthTeller();
  for (const [field, side] of Object.entries(FIELDS) as [keyof typeof FIELDS, typeof FIELDS[keyof typeof FIELDS]][]) {
    const sum = countIn(sums[field]);
    // What is no count is noted where a call has it.
    if (sum === "neither") calls[0]![field] = sums[field];
    if (sum === null || sum === "neither" || sum === 0) continue;
    const weights = calls.map(({ [side]: texts }) => texts instanceof SharedMessages ? lengthOf(texts) : 0);
    sharedOut(sum, weights).forEach((share, i) => calls[i]![field] = share);
  }
}

/** How to tell the length of messages: of a list that calls share each element is measured once. */
function lengthTeller(): (messages: SharedMessages) => number {
  const upTo = new Map<readonly unknown[], number[]>();
  return ({ list, count }) => {
    let sums = upTo.get(list);
    if (!sums) upTo.set(list, sums = [0]);
    while (sums.length <= count) sums.push(sums.at(-1)! + textLength(list[sums.length - 1]));
    return sums[count]!;
  };
}

/**
 * Shares out a sum that is only known as a whole, in whole numbers that add up to it exactly: each share is the sum times
 * its weight over all weights, rounded by what was rounded before. Equal shares where no weight is above 0.
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
  let length = 0;
  // On a list of our own: a value may have more levels than the stack has room for.
  for (const open = [value]; open.length;) {
    const next = open.pop();
    if (typeof next === "string") length += next.length;
    else if (typeof next === "object" && next !== null) { for (const one of Object.values(next)) open.push(one); }
  }
  return length;
}
