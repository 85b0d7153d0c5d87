/** One parser of recorded times, for every form in use. @module */

/** The first and the last moment that a recorded time can be, microseconds since 1970: no agent ran before 2015. */
const EARLIEST_US = Date.UTC(2015, 0, 1) * 1000;
const LATEST_US = Date.UTC(2100, 0, 1) * 1000;
const DAY_US = 86_400_000_000;

/** What recorders write for "no time": zero, the first day of an era, the last moment of a type. */
const NO_TIMES = [
  /^$/,
  /^[-+]?0+(\.0*)?$/,
  /^-1$/,
  /^0001-01-01/,
  /^1970-01-01/,
  /^1969-12-31/,
  /^9999-12-31/,
  /^18446744073709551615$/,
  /^9223372036854775807$/,
  /^(null|none|nan|nat|undefined|n\/?a)$/i,
];

/** Whether a value stands for no time at all, rather than for one that cannot be read. */
export function isNoTime(value: unknown): boolean {
  if (value === null || value === undefined || value === 0 || value === 0n) return true;
  if (typeof value === "number" && !Number.isFinite(value)) return true;
  const text = (value instanceof Date ? value.toJSON() ?? "" : String(value)).trim();
  return NO_TIMES.some((pattern) => pattern.test(text));
}

/**
 * A recorded time as microseconds since 1970, UTC:
 * ISO 8601 with a `T`, a space or (basic form) no separators, to the day, the minute, the second or any fraction of it, with
 * any offset (`Z`, `+02`, `+0200`, `+02:00`) or none, which is read as UTC; what SQL, Go and Java write behind it
 * (`UTC`, `+0000 UTC m=+0.1`, `[Europe/Berlin]`); seconds, milliseconds, microseconds or nanoseconds since 1970, as number or text,
 * told apart by their size. Digits beyond microseconds are cut.
 *
 * @param collectedUs when the session was collected, where that is known: a time more than a day later is none
 * @returns null for anything else: days that are not in the calendar, times before 2015 or after 2099, and what stands for
 * no time at all ({@link isNoTime}).
 *
 * @example
 * ```ts
 * import { timeUs } from "agent-trace-lab/traces";
 * console.log(timeUs("2026-09-01 02:05:00+02") === timeUs(1788221100), timeUs("0001-01-01T00:00:00Z")); // true null
 * ```
 */
export function timeUs(time: unknown, collectedUs: number | null = null): number | null {
  const us = typeof time === "string"
    ? isoUs(time) ?? otherUs(time.trim())
    : typeof time === "number" || typeof time === "bigint"
    ? epochUs(time)
    : null;
  if (us === null || us < EARLIEST_US || us >= LATEST_US) return null;
  return collectedUs !== null && us > collectedUs + DAY_US ? null : us;
}

/**
 * A recorded time as ISO 8601: text that is so already as it was recorded, seconds and the like since 1970 in UTC with the
 * digits they have.
 *
 * @returns null where {@link timeUs} is null.
 */
export function timeText(time: unknown, collectedUs: number | null = null): string | null {
  const us = timeUs(time, collectedUs);
  return us === null ? null : timeTextOf(time, us);
}

/** {@link timeText} of a time that {@link timeUs} has read as `us`. */
export function timeTextOf(time: unknown, us: number): string {
  if (typeof time === "string" && (time.charCodeAt(4) === 45 || !EPOCH.test(time.trim()))) return time;
  const nanos = nanosBeyond(time);
  return nanos === null
    ? isoOfUs(us)
    : `${isoOfUs(us - us % 1e6).slice(0, 20)}${String(us % 1e6).padStart(6, "0")}${nanos}Z`;
}

/** ISO 8601 in UTC of microseconds since 1970: to the millisecond, or to the microsecond where there are any. */
export function isoOfUs(us: number): string {
  const day = Math.floor(us / DAY_US), inDay = us - day * DAY_US;
  const fraction = inDay % 1e6, seconds = (inDay - fraction) / 1e6, minutes = Math.floor(seconds / 60);
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
  const digits = String(fraction + 1e6).slice(1);
  return `${dayText(day)}T${clock}.${fraction % 1000 ? digits : digits.slice(0, 3)}Z`;
}

const twoDigits = (value: number) => value < 10 ? `0${value}` : String(value);

/** Days written before: traces have few, and the calendar takes longer than all else. */
const DAYS = new Map<number, string>();

function dayText(day: number): string {
  let text = DAYS.get(day);
  if (text === undefined) DAYS.set(day, text = new Date(day * (DAY_US / 1000)).toISOString().slice(0, 10));
  return text;
}

/** `YYYY-MM-DDTHH:MM:SS`, a fraction, and `Z`, `+00:00` or nothing: what nearly all recorders write, without a pattern. */
function isoUs(text: string): number | null {
  if (text.length < 19 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const separator = text.charCodeAt(10);
  if ((separator !== 84 && separator !== 32) || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const year = two(text, 0) * 100 + two(text, 2);
  let at = 19;
  let us = 0;
  if (text.charCodeAt(at) === 46) {
    at++;
    for (let scale = 100_000;; scale /= 10, at++) {
      const digit = text.charCodeAt(at) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      if (scale >= 1) us += digit * scale;
    }
    if (at === 20) return null;
  }
  const rest = text.length - at;
  const utc = rest === 0 || (rest === 1 && text.charCodeAt(at) === 90) || (rest === 6 && text.endsWith("+00:00"));
  if (!utc) return null;
  return calendarUs(year, two(text, 5), two(text, 8), two(text, 11), two(text, 14), two(text, 17), us);
}

/** The number that two digits make; NaN where they are none. */
function two(text: string, at: number): number {
  const [a, b] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? 10 * a + b : NaN;
}

const DAY = String.raw`(\d{4})-(\d\d)-(\d\d)`;
const CLOCK = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?`;
const OFFSET = String.raw`(?:\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d(?::?\d\d)?)?))?`;
const ZONE = String.raw`(?:\s*(?:UTC|GMT|Z|\[[\w/+-]+\]))?(?: m=[+-][\d.]+)?`;
const EXTENDED = new RegExp(`^${DAY}(?:[T ]${CLOCK}${OFFSET}${ZONE})?$`, "i");
const BASIC = new RegExp(String.raw`^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?${OFFSET}$`, "i");
const EPOCH = /^[+-]?\d+(?:[.,]\d*)?(?:e[+-]?\d+)?$/i;

function otherUs(text: string): number | null {
  if (EPOCH.test(text)) return epochUs(/^\d{16,}$/.test(text) ? BigInt(text) : Number(text.replace(",", ".")));
  const found = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (!found) return null;
  const [year, month, day, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((part) =>
    part === undefined ? undefined : Number(part)
  ) as [number, number, number, number?, number?, number?];
  const us = calendarUs(year, month, day, hour, minute, second, Number((found[7] ?? "").slice(0, 6).padEnd(6, "0")));
  const offset = offsetUs(found[8]);
  return us === null || offset === null ? null : us - offset;
}

/** Microseconds since 1970 of a moment in UTC; null where the calendar or the clock has no such one. */
function calendarUs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  us: number,
) {
  // A leap second is the last of its minute, which the day's milliseconds do not have. What is not a number fails, too.
  const inClock = (hour < 24 && minute < 60 && second <= 60) || (hour === 24 && minute + second + us === 0);
  if (!inClock || !(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return null;
  return (((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1e6 + us;
}

/** Days since 1970 of a day of the Gregorian calendar; a year counted from March has its odd day last. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const fromMarch = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + fromMarch - 719_468;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** An offset as microseconds; null beyond the 18 hours that any zone may have. */
function offsetUs(offset: string | undefined): number | null {
  if (offset === undefined || /^[a-z]/i.test(offset)) return 0;
  const [hours = 0, minutes = 0, seconds = 0] = offset.slice(1).replaceAll(":", "").match(/\d\d/g)!.map(Number);
  const s = hours * 3600 + minutes * 60 + seconds;
  return minutes > 59 || seconds > 59 || s > 18 * 3600 ? null : (offset[0] === "-" ? -1e6 : 1e6) * s;
}

/** Microseconds of seconds, milliseconds, microseconds or nanoseconds since 1970: of no time do two of them make sense. */
function epochUs(value: number | bigint): number | null {
  if (typeof value === "bigint") {
    if (value < 1n << 53n) return epochUs(Number(value));
    return value < 1n << 63n ? Number(value / 1000n) : null;
  }
  for (const scale of [1e6, 1e3, 1, 1e-3]) {
    const us = scale === 1e6 || scale === 1e3 ? Math.round(value * scale) : Math.floor(value * scale);
    if (us >= EARLIEST_US && us < LATEST_US) return us;
  }
  return null;
}

/** The three digits beyond microseconds of a time in nanoseconds since 1970; null of any other. */
function nanosBeyond(time: unknown): string | null {
  const text = typeof time === "string" ? time.trim() : typeof time === "bigint" ? String(time) : "";
  return /^\d{19}$/.test(text) ? text.slice(-3) : null;
}
