import { checkRow, FILTER_COLUMNS, type SessionFilter } from "../model/mod.ts";
import { sessionFilterSchema } from "../model/session_filter.ts";

/** A question that is put wrongly: its message says what was expected. */
export class WrongQuestion extends Error {}

/** A question of something that is not there. */
export class NotThere extends Error {}

/** A value of a question. @throws {WrongQuestion} without one */
export function named(search: URLSearchParams, name: string): string {
  const value = search.get(name);
  if (!value) throw new WrongQuestion(`${name}: expected a value, found none`);
  return value;
}

/** A whole number of a question. @throws {WrongQuestion} for anything else */
export function whole(search: URLSearchParams, name: string, otherwise: number): number {
  const text = search.get(name);
  if (text === null) return otherwise;
  if (!/^\d{1,12}$/.test(text)) {
    throw new WrongQuestion(`${name}: expected a whole number, found ${JSON.stringify(text)}`);
  }
  return Number(text);
}

/** The filter of a question; none where none is given. @throws {WrongQuestion} for what is no JSON, `RowError` for no filter */
export function filterOf(search: URLSearchParams): SessionFilter {
  const text = search.get("filter");
  if (!text) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new WrongQuestion("filter: expected JSON");
  }
  return checkRow(sessionFilterSchema, value, "filter", null);
}

/** The order of a question; null where none is given. @throws {WrongQuestion} for a column that is not there */
export function sortOf(search: URLSearchParams): { column: string; descending: boolean } | null {
  const text = search.get("sort");
  if (!text) return null;
  const column = text.replace(/^-/, "");
  if (!FILTER_COLUMNS.has(column)) throw new WrongQuestion(`sort: there is no column ${JSON.stringify(column)}`);
  return { column, descending: text.startsWith("-") };
}

/** One of some words of a question. @throws {WrongQuestion} for any other */
export function oneOf<T extends string>(
  search: URLSearchParams,
  name: string,
  words: readonly T[],
  otherwise: T,
): T {
  const text = search.get(name) ?? otherwise;
  const found = words.find((word) => word === text);
  if (found === undefined) {
    throw new WrongQuestion(`${name}: expected ${words.join(", ")}, found ${JSON.stringify(text)}`);
  }
  return found;
}
