/**
 * So many of a thing: `1 suite`, `3 suites`, `1,781 sessions`; `n/a sessions` where it is not known how many.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { plural } from "agent-trace-lab/figures";
 * equal(plural(1, "session"), "1 session");
 * equal(plural(3, "family", "families"), "3 families");
 * ```
 */
export function plural(n: number | null | undefined, one: string, many = `${one}s`): string {
  if (n === null || n === undefined || Number.isNaN(n)) return `n/a ${many}`;
  const whole = Math.round(n);
  return `${whole.toLocaleString("en-US").replace("-", "−")} ${whole === 1 ? one : many}`;
}
