/** Comparing numbers with named tolerances. @module */
import { ok } from "node:assert/strict";

/** How close two numbers must be: within `rtol` of the expected one, or `atol` of it. */
export interface Tolerance {
  rtol: number;
  atol?: number;
}

/** Fails unless the numbers agree; infinities and NaN must be the same. */
export function near(found: number | undefined, expected: number, { rtol, atol = 0 }: Tolerance, what = "value"): void {
  const same = found !== undefined &&
    (Object.is(found, expected) || Math.abs(found - expected) <= Math.max(rtol * Math.abs(expected), atol));
  ok(same, `${what}: found ${found}, expected ${expected} within ${rtol} of it or ${atol}`);
}

/** Fails unless every field of `expected` is near that of `found`. */
export function fieldsNear(found: object | undefined, expected: object, tolerance: Tolerance, what = "value"): void {
  ok(found !== undefined, `${what}: found nothing, expected ${JSON.stringify(expected)}`);
  for (const [field, value] of Object.entries(expected)) {
    if (typeof value !== "number") throw new TypeError(`${what}.${field}: expected a number to compare with`);
    near((found as Record<string, number>)[field], value, tolerance, `${what}.${field}`);
  }
}
