// A mark at the beginning of a text belongs to it; what is not UTF-8 becomes U+FFFD.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of a value that Parquet holds as bytes; anything else as it is. */
export function textOf(value: unknown): unknown {
  return value instanceof Uint8Array ? utf8.decode(value) : value;
}

/** ISO 8601 in UTC of a number of units since 1970, all digits kept. */
export function isoTime(units: bigint, digits: 3 | 6 | 9): string {
  const perSecond = 10n ** BigInt(digits);
  const fraction = ((units % perSecond) + perSecond) % perSecond;
  const seconds = new Date(Number((units - fraction) / perSecond) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(fraction).padStart(digits, "0")}Z`;
}

/** How hyparquet should read times: as ISO 8601 text, because a `Date` has no microseconds. */
export const timeParsers = {
  timestampFromMilliseconds: (v: bigint) => isoTime(v, 3),
  timestampFromMicroseconds: (v: bigint) => isoTime(v, 6),
  timestampFromNanoseconds: (v: bigint) => isoTime(v, 9),
  dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};
