/** JSON values in and out of text, without losing digits or leaving surrogates alone. @module */

/** What a reviver is told of a primitive: the text it was read from (ECMAScript's source text access). */
interface Source {
  source?: string;
}
type Reviver = (key: string, value: unknown, context: Source) => unknown;

/** A JSON object, or anything else with string keys. */
export type JsonRecord = Record<string, unknown>;

/** Whether a value is a JSON object (not null, not a list). */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;
const keepDigits: Reviver = (_, value, { source }) =>
  typeof value === "number" && source !== undefined && String(value) !== source && /\d{16}/.test(source)
    ? rawJson(source)
    : value;

/**
 * Parses JSON; a number with more digits than a double holds (an order id, say) stays as it was written when the value
 * is turned into text again.
 *
 * @throws {SyntaxError} when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]) : JSON.parse(text);
}

/**
 * A value as text: a string as it is, anything else as JSON of any depth, its lone surrogates replaced by U+FFFD and its
 * long integers with all their digits.
 */
export function jsonText(value: unknown): string {
  if (typeof value === "string") return value;
  const text = jsonOf(value);
  // JSON.stringify writes a lone surrogate, and nothing else, as an escape that begins with \ud.
  return text.includes("\\ud")
    ? text.replace(/\\(?:(ud[89a-f][0-9a-f]{2})|[\s\S])/g, (all, lone) => lone ? "\ufffd" : all)
    : text;
}

/** A value as an error shows it: as {@link jsonText}, a string in quotes. */
export const quoted = (value: unknown): string => typeof value === "string" ? JSON.stringify(value) : jsonText(value);

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    // A bigint, or more levels than the runtime's stack has room for.
    return written(value);
  }
}

/** JSON of a value, level by level on a list of our own. */
function written(document: unknown): string {
  const parts: string[] = [];
  const open: (string | { value: unknown })[] = [{ value: document }];
  while (open.length) {
    const next = open.pop()!;
    if (typeof next === "string") parts.push(next);
    else if (typeof next.value === "bigint") parts.push(String(next.value));
    else if (Array.isArray(next.value)) {
      open.push("]", ...between(next.value.map((value) => [{ value }])).reverse());
      parts.push("[");
    } else if (isRecord(next.value) && !("rawJSON" in next.value) && !(next.value instanceof Date)) {
      const entries = Object.entries(next.value).filter(([, value]) => value !== undefined);
      open.push("}", ...between(entries.map(([key, value]) => [`${JSON.stringify(key)}:`, { value }])).reverse());
      parts.push("{");
    } else parts.push(JSON.stringify(next.value) ?? "null");
  }
  return parts.join("");
}

function between<T>(groups: T[][]): (T | string)[] {
  return groups.flatMap((group, i) => i === 0 ? group : [",", ...group]);
}

/** Whether JSON text of a value holds a lone surrogate (as the escape that `JSON.stringify` writes for one). */
export function hasLoneSurrogate(value: unknown): boolean {
  const text = jsonOf(value);
  if (!text.includes("\\ud")) return false;
  for (const [, lone] of text.matchAll(/\\(?:(ud[89a-f][0-9a-f]{2})|[\s\S])/g)) if (lone) return true;
  return false;
}
