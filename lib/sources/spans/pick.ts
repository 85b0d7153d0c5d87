import { isObject, type Json, unpacked } from "../dialects/json.ts";
import { amountIn, countIn } from "../mapping/values.ts";
import { first } from "../messages/places.ts";

/** The first of the paths of a row that has a value, as text; null where none has. */
export function textAt(row: Json, ...paths: string[]): string | null {
  const found = first(row, paths);
  if (typeof found === "string") return found;
  return typeof found === "number" || typeof found === "bigint" ? String(found) : null;
}

/** The first of the paths that has an object, or the JSON text of one. */
export function objectAt(row: Json, ...paths: string[]): Json {
  for (const path of paths) {
    const found = unpacked(first(row, [path]));
    if (isObject(found)) return found;
  }
  return {};
}

/** The first of the paths that has a list, or the JSON text of one. */
export function listAt(row: Json, ...paths: string[]): unknown[] {
  for (const path of paths) {
    const found = unpacked(first(row, [path]));
    if (Array.isArray(found)) return found;
  }
  return [];
}

/** A count; null where it is none. */
export function countAt(row: Json, ...paths: string[]): number | null {
  const found = first(row, paths);
  const number = typeof found === "string" && /^\s*\d+(?:\.0*)?\s*$/.test(found) ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/**
 * The first of the paths that has a count, else what stands there and is none: a row's reader notes it. Null where there is
 * nothing.
 */
export function recordedCount(row: Json, ...paths: string[]): unknown {
  let other: unknown = null;
  for (const path of paths) {
    const found = first(row, [path]);
    const count = countIn(found);
    if (typeof count === "number") return count;
    if (count !== null) other ??= found;
  }
  return other;
}

/** Counts that stand beside each other as one: what is no count, where one is none. Null where there is none at all. */
export function summed(counts: readonly unknown[], numberIn: typeof countIn = countIn): unknown {
  let sum: number | null = null;
  for (const value of counts) {
    const number = numberIn(value);
    if (number === "neither") return value;
    if (number !== null) sum = (sum ?? 0) + number;
  }
  return sum;
}

/** {@link summed} of amounts of money. */
export const summedUsd = (amounts: readonly unknown[]): unknown => summed(amounts, amountIn);

/** Entries that have a value. */
export function known(entries: Json): Json {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null && value !== undefined));
}
