/** Times of spans as tables and services keep them. @module */

import { timeUs } from "../../traces/mod.ts";
import { isoOfUs } from "../../traces/time_text.ts";
import { isoTime } from "../parquet/text.ts";

/**
 * A time as text; seconds and nanoseconds, as JavaScript's SDK keeps them; or a number of nanoseconds, microseconds,
 * milliseconds or seconds since 1970 by its size.
 */
export function timeOf(value: unknown): string | null {
  if (typeof value === "string" && !/^\d+(\.\d+)?$/.test(value)) return value;
  const nanos = isHrTime(value) ? BigInt(value[0]) * 1_000_000_000n + BigInt(value[1]) : nanosOf(value);
  return nanos === null ? null : isoTime(nanos, 9);
}

const isHrTime = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => Number.isSafeInteger(part) && part >= 0);

function nanosOf(value: unknown): bigint | null {
  if (typeof value === "bigint") return value > 0n ? scaled(value) : null;
  if (typeof value === "string" && /^\d{16,}$/.test(value)) return scaled(BigInt(value));
  const number = Number(value);
  if ((typeof value !== "number" && typeof value !== "string") || !Number.isFinite(number) || number <= 0) return null;
  return number < 1e11 ? BigInt(Math.round(number * 1e6)) * 1000n : scaled(BigInt(Math.round(number)));
}

function scaled(value: bigint): bigint {
  if (value > 10n ** 17n) return value;
  if (value > 10n ** 14n) return value * 1000n;
  return value * 1_000_000n;
}

/** The end of a span that has a start and a duration: text such as `PT1.5S`, or nanoseconds. Null where either is none. */
export function endOf(start: unknown, duration: unknown): string | null {
  return moved(start, secondsOf(duration), 1);
}

/** The start of a span that has an end and took so many seconds. Null where either is none. */
export function startOf(end: unknown, seconds: number | null): string | null {
  return moved(end, seconds, -1);
}

function moved(time: unknown, seconds: number | null, direction: 1 | -1): string | null {
  const from = timeUs(time);
  if (from === null || seconds === null || !(seconds >= 0)) return null;
  const us = from + direction * Math.round(seconds * 1e6);
  return timeUs(us) === null ? null : isoOfUs(us);
}

function secondsOf(duration: unknown): number | null {
  if (typeof duration === "number" || typeof duration === "bigint") return Number(duration) / 1e9;
  if (typeof duration !== "string") return null;
  if (/^\d+$/.test(duration)) return Number(duration) / 1e9;
  const iso = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration);
  return iso && [86400, 3600, 60, 1].reduce((sum, unit, i) => sum + unit * Number(iso[i + 1] ?? 0), 0);
}
