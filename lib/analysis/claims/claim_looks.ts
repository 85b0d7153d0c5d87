import { differenceSequence, rateSequence } from "../../stats/mod.ts";
import { ClaimError } from "./claim_schema.ts";

/** What an effect was counted from: two groups, or one held against a bound. All sessions so far, not those of one night. */
export interface ClaimCounts {
  /** Successes of the first group. */
  k1: number;
  /** Its sessions. */
  n1: number;
  /** Successes of the second group; null where the first is held against a bound. */
  k2: number | null;
  /** Its sessions; null as above. */
  n2: number | null;
  /** What the first rate is held against; null for two groups. */
  bound: number | null;
}

/** What a claim's effect was counted from at one look. */
export interface ClaimLook extends ClaimCounts {
  /** The claim's id. */
  id: string;
}

/**
 * The interval of a claim's effect that holds however often one has looked: a confidence sequence over all looks at the same
 * claim, the last one included. An ordinary interval, looked at every night, is wrong of a claim sooner or later.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { intervalOfLooks } from "agent-trace-lab/claims";
 * const night = (i: number) => ({ id: "c", k1: 27 * i, n1: 30 * i, k2: 15 * i, n2: 30 * i, bound: null });
 * ok(intervalOfLooks([night(1)]).lo < intervalOfLooks([night(1), night(2), night(3)]).lo);
 * ```
 *
 * @param looks at one claim, in order; counts are of all sessions so far
 * @throws {ClaimError} when a count is less than at the look before: these are other sessions, and need a ledger of their own
 */
export function intervalOfLooks(looks: readonly ClaimLook[]): { lo: number; hi: number } {
  const before = { k1: 0, n1: 0, k2: 0, n2: 0 };
  const batches = looks.map(({ id, k1, n1, k2, n2 }, i) => {
    const now = { k1, n1, k2: k2 ?? 0, n2: n2 ?? 0 };
    const batch = {
      k1: now.k1 - before.k1,
      n1: now.n1 - before.n1,
      k2: now.k2 - before.k2,
      n2: now.n2 - before.n2,
    };
    if (Math.min(batch.k1, batch.k2, batch.n1 - batch.k1, batch.n2 - batch.k2) < 0) {
      throw new ClaimError(
        `claim "${id}", look ${i + 1}: fewer sessions, or fewer of a kind, than at the look before; these are other ` +
          "sessions: begin another ledger",
      );
    }
    Object.assign(before, now);
    return batch;
  });
  const bound = looks.at(-1)?.bound ?? null;
  const last = bound === null
    ? differenceSequence(batches).at(-1)
    : rateSequence(batches.map(({ k1: k, n1: n }) => ({ k, n }))).at(-1);
  return { lo: (last?.lo ?? -1) - (bound ?? 0), hi: (last?.hi ?? 1) - (bound ?? 0) };
}
