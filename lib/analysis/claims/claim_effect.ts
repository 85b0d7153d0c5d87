import type { ClaimCounts } from "./claim_looks.ts";
import { type Claim, ClaimError } from "./claim_schema.ts";

/** An estimate that a claim's expression gives, with its interval; null where the data carry none. */
export interface ClaimEffect {
  /** The estimate. */
  estimate: number;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end. */
  hi: number | null;
  /** Of no effect, two-sided, corrected where several were asked; null where the interval alone decides. */
  p: number | null;
  /** Sessions that it rests on. */
  n: number | null;
  /** The fewest verdicts that would have to be others for the effect to be told no more. */
  flips: number | null;
  /** Sessions a side at which the same effect would be told, four times in five. */
  needs: number | null;
  /** What it was counted from, where it is of rates alone; null otherwise. */
  counts: ClaimCounts | null;
}

/** What a test says: the effect is as the claim says, it is the opposite, or neither can be told. */
export type EffectOutcome = "established" | "opposite" | "cannot tell";

/** Above this p an effect is not told from none. */
const LEVEL = 0.05;

/** Whether an effect is what a claim says of it. One rule for verdicts and for grades: the interval decides, and p where given. */
export function outcomeOf({ says, margin }: Pick<Claim, "says" | "margin">, effect: ClaimEffect): EffectOutcome {
  const { lo, hi, p } = effect;
  if (lo === null || hi === null) return "cannot tell";
  const told = p === null || p < LEVEL;
  switch (says) {
    case "above":
      return lo > 0 && told ? "established" : hi < 0 && told ? "opposite" : "cannot tell";
    case "below":
      return hi < 0 && told ? "established" : lo > 0 && told ? "opposite" : "cannot tell";
    case "not below":
      return lo > -margin ? "established" : hi < -margin ? "opposite" : "cannot tell";
    case "same":
      return lo > -margin && hi < margin ? "established" : lo > margin || hi < -margin ? "opposite" : "cannot tell";
  }
}

/**
 * Reads what an expression gave as an effect; null for nothing.
 *
 * @throws {ClaimError} naming claim and field where it is something else
 */
export function effectOf(value: unknown, id: string, field: string): ClaimEffect | null {
  if (value === undefined || value === null) return null;
  const found = value as Record<string, unknown>;
  if (typeof value !== "object" || Array.isArray(value) || typeof found.estimate !== "number") {
    throw new ClaimError(
      `claim "${id}", field "${field}": expected one object with estimate, lo and hi, found ${
        (JSON.stringify(value) ?? String(value)).slice(0, 80)
      }`,
    );
  }
  const number = (key: string) => {
    const x = found[key];
    return typeof x === "number" && Number.isFinite(x) ? x : null;
  };
  return {
    estimate: found.estimate,
    lo: number("lo"),
    hi: number("hi"),
    p: number("p"),
    n: number("n"),
    flips: number("flips"),
    needs: number("needs"),
    counts: typeof found.counts === "object" ? found.counts as ClaimCounts | null : null,
  };
}
