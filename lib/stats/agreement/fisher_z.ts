import { Z95 } from "../types.ts";

/** A 95% interval of a correlation through Fisher's z; null without a standard error, and at -1 or 1. */
export function fisherInterval(
  estimate: number,
  stdError: number | null,
): { stdError: number | null; lo: number | null; hi: number | null } {
  if (stdError === null || Math.abs(estimate) >= 1) return { stdError, lo: null, hi: null };
  const [z, reach] = [Math.atanh(estimate), Z95 * stdError];
  return { stdError, lo: Math.tanh(z - reach), hi: Math.tanh(z + reach) };
}
