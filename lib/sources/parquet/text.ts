import { parseRecorded } from "../../traces/mod.ts";

// A mark at the beginning of a text belongs to it; what is not UTF-8 becomes U+FFFD.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of a value that Parquet holds as bytes; anything else as it is. */
export function textOf(value: unknown): unknown {
  return value instanceof Uint8Array ? utf8.decode(value) : value;
}

/** ISO 8601 in UTC of a number of units since 1970, all digits kept; the number as text where no calendar has such a day. */
export function isoTime(units: bigint, digits: 3 | 6 | 9): string {
  const perSecond = 10n ** BigInt(digits);
  const fraction = ((units % perSecond) + perSecond) % perSecond;
  const day = new Date(Number((units - fraction) / perSecond) * 1000);
  if (Number.isNaN(day.getTime())) return String(units);
  return `${day.toISOString().slice(0, -5)}.${String(fraction).padStart(digits, "0")}Z`;
}

function isoDay(days: number): string {
  const day = new Date(days * 86_400_000);
  return Number.isNaN(day.getTime()) ? String(days) : day.toISOString().slice(0, -14);
}

/** JSON with every digit of long integers; text that is none stays text. */
function jsonOf(bytes: Uint8Array | undefined): unknown {
  const text = textOf(bytes);
  if (typeof text !== "string") return text;
  try {
    return parseRecorded(text);
  } catch {
    return text;
  }
}

/** How hyparquet should read times: as ISO 8601 text, because a `Date` has no microseconds; and JSON: exactly. */
export const valueParsers = {
  timestampFromMilliseconds: (v: bigint) => isoTime(v, 3),
  timestampFromMicroseconds: (v: bigint) => isoTime(v, 6),
  timestampFromNanoseconds: (v: bigint) => isoTime(v, 9),
  dateFromDays: isoDay,
  jsonFromBytes: jsonOf,
};

/** The same for what is inside of lists: JSON there is messages for the most part, which are wanted as their text. */
export const listedParsers = { ...valueParsers, jsonFromBytes: textOf };
