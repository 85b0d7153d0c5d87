/** Comparing results with golden values. @module */
import { fail } from "node:assert/strict";

/** How close two numbers must be. */
export interface Tolerance {
  rtol: number;
  /** For expected values of 0, and of numbers that are 0 but for rounding. */
  atol?: number;
}

/**
 * Fails unless `found` is `expected`: objects by their keys, arrays of objects in any order (matched by their text
 * fields), numbers within the tolerance, everything else exactly. All differences are named, with their paths.
 */
export function agree(found: unknown, expected: unknown, tolerance: Tolerance, name = "value"): void {
  const differences = compare(found, expected, tolerance, name);
  if (differences.length) fail(`${differences.length} differences:\n${differences.slice(0, 20).join("\n")}`);
}

function compare(found: unknown, expected: unknown, tolerance: Tolerance, path: string): string[] {
  if (typeof expected === "number") {
    const allowed = Math.max(tolerance.rtol * Math.abs(expected), tolerance.atol ?? 0);
    return typeof found === "number" && Math.abs(found - expected) <= allowed ? [] : [differ(path, found, expected)];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(found)) return [differ(path, found, expected)];
    if (found.length !== expected.length) return [`${path}: ${found.length} rows, expected ${expected.length}`];
    const [left, right] = [byName(found), byName(expected)];
    return right.flatMap((row, i) => compare(left[i], row, tolerance, `${path}[${textOf(row)}]`));
  }
  if (expected !== null && typeof expected === "object") {
    if (found === null || typeof found !== "object") return [differ(path, found, expected)];
    const [left, right] = [found as Record<string, unknown>, expected as Record<string, unknown>];
    return [...new Set([...Object.keys(left), ...Object.keys(right)])]
      .flatMap((key) => compare(left[key], right[key], tolerance, `${path}.${key}`));
  }
  return found === expected ? [] : [differ(path, found, expected)];
}

const differ = (path: string, found: unknown, expected: unknown) =>
  `${path}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`;

/** Lists of names keep their order, since their order is what they say. */
function byName(rows: readonly unknown[]): unknown[] {
  if (rows.every((row) => typeof row !== "object")) return [...rows];
  return [...rows].sort((a, b) => textOf(a) < textOf(b) ? -1 : 1);
}

function textOf(row: unknown): string {
  if (row === null || typeof row !== "object") return String(row);
  const fields = Object.entries(row).filter(([, value]) => typeof value === "string").sort(([a], [b]) =>
    a < b ? -1 : 1
  );
  return fields.map(([, value]) => value).join(" / ");
}
