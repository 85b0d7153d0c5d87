import { RowError } from "../../model/mod.ts";

/** Where a value was found, for the message of an error. */
export interface Place {
  source: string;
  row: number;
  field: string;
}

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;

function wrong(value: unknown, expected: string, { source, row, field }: Place): RowError {
  const text = typeof value === "bigint" ? `${value}` : JSON.stringify(value) ?? String(value);
  const found = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return new RowError(source, row, field, `expected ${expected}, found ${found}`);
}

/** Text as it is; what a recorder wrote as an object or list becomes its JSON text. */
export function toText(value: unknown): string | null {
  if (isNone(value)) return null;
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(plain(value)) : String(value);
}

/** Text that has to be there. */
export function toName(value: unknown, place: Place): string {
  const text = toText(value);
  if (text === null || text === "") throw wrong(value, "text that is not empty", place);
  return text;
}

/** A count: an integer of any width, or its digits as text (OTLP writes 64-bit integers so). */
export function toCount(value: unknown, place: Place): number | null {
  if (isNone(value)) return null;
  const number = typeof value === "bigint" || (typeof value === "string" && /^\d+$/.test(value))
    ? Number(value)
    : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  throw wrong(value, "a count (an integer, 0 or more)", place);
}

/** A number of any kind. */
export function toNumber(value: unknown, place: Place): number | null {
  if (isNone(value)) return null;
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  // A recorder that writes NaN for a sum it does not know means no value.
  if (typeof number === "number" && Number.isNaN(number)) return null;
  throw wrong(value, "a number", place);
}

/** A yes or no as 1 or 0; a grade between the two is neither, so null. */
export function toVerdict(value: unknown, place: Place): 0 | 1 | null {
  if (isNone(value)) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  const number = toNumber(value, place);
  return number === 0 || number === 1 ? number : null;
}

/** A list of texts; a single text is a list of one. */
export function toTexts(value: unknown, place: Place): string[] | null {
  if (isNone(value)) return null;
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) throw wrong(value, "a list of texts", place);
  return value.filter((v) => !isNone(v)).map((v) => toText(v)!);
}

const CODES: Record<string, number> = { UNSET: 0, OK: 1, ERROR: 2 };

/** OpenTelemetry's status code, as a number or by name; unset where there is none. */
export function toStatusCode(value: unknown, place: Place): number {
  if (typeof value !== "string") return toCount(value, place) ?? 0;
  const code = CODES[value.replace(/^STATUS_CODE_/, "").toUpperCase()];
  if (code === undefined) throw wrong(value, "a status code (0, 1, 2, or UNSET, OK, ERROR)", place);
  return code;
}

/** A value as JSON can hold it: integers of 64 bits as numbers where exact and as text where not, bytes as base64. */
export function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return value.toBase64();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, plain(v)]));
}
