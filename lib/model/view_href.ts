import { type Column, SESSION_COLUMNS, storageOf } from "./columns.ts";

/** What a column of sessions must be: one of some values (null: not known), within bounds, or a text that has a word. */
export interface ColumnFilter {
  /** One of these. */
  in?: (string | number | boolean | null)[] | undefined;
  /** At least this. */
  min?: number | undefined;
  /** At most this. */
  max?: number | undefined;
  /** Contains this text. */
  has?: string | undefined;
}

/** Conditions by column name, all of which must hold; `config` is harness and model. */
export type SessionFilter = Record<string, ColumnFilter>;

/** Columns that a table of sessions can be filtered and sorted by, by their names in tables. */
export const FILTER_COLUMNS: ReadonlyMap<string, Pick<Column, "kind">> = new Map([
  ...Object.values(SESSION_COLUMNS).map((column): [string, Pick<Column, "kind">] => [column.name, column]),
  ["config", { kind: "name" }],
]);

/** What an address may call a column instead. */
const OTHER_NAMES: Readonly<Record<string, string>> = { verdict: "success" };

/**
 * The address of sessions in the workbench (`deno task view`), as what stands after its origin: `/#/?harness=X&verdict=0` is
 * the table under a filter, `/#/session/ID` one session. Keys are columns of sessions (`verdict` is `success`); a key that
 * comes twice means either value, one without a value what is not known; `KEY.min`, `KEY.max` and `KEY.has` are bounds and
 * words.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { viewHref } from "agent-trace-lab/model";
 * equal(viewHref({ harness: { in: ["a b"] }, success: { in: [0] } }), "/#/?harness=a+b&verdict=0");
 * equal(viewHref("run/1"), "/#/session/run%2F1");
 * equal(viewHref("s", 7), "/#/session/s?call=7");
 * ```
 *
 * @param to a filter, or a session's id
 * @param call the model call to go to, from 1
 */
export function viewHref(to: SessionFilter | string, call: number | null = null): string {
  if (typeof to === "string") return `/#/session/${encodeURIComponent(to)}${call === null ? "" : `?call=${call}`}`;
  const search = searchOfFilter(to).toString();
  return search === "" ? "/#/" : `/#/?${search}`;
}

/** A filter as the search of an address ({@link viewHref}). */
export function searchOfFilter(filter: SessionFilter): URLSearchParams {
  const search = new URLSearchParams();
  for (const [column, { in: values = [], min, max, has }] of Object.entries(filter)) {
    const key = Object.keys(OTHER_NAMES).find((name) => OTHER_NAMES[name] === column) ?? column;
    for (const value of values) search.append(key, value === null ? "" : String(value));
    if (min !== undefined) search.append(`${key}.min`, String(min));
    if (max !== undefined) search.append(`${key}.max`, String(max));
    if (has !== undefined && has !== "") search.append(`${key}.has`, has);
  }
  return search;
}

/** The filter of an address's search; keys that are no column, and values that are none of its kind, are left out. */
export function filterOfSearch(search: URLSearchParams): SessionFilter {
  const filter: SessionFilter = {};
  for (const [key, text] of search) {
    const [name = "", bound] = key.split(".");
    const column = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name]! : name;
    const known = FILTER_COLUMNS.get(column);
    if (!known) continue;
    const own: ColumnFilter = filter[column] ?? {};
    if (bound === undefined) {
      const value = valueOf(text, known);
      if (value === undefined) continue;
      own.in = [...own.in ?? [], value];
    } else if (bound === "has") own.has = text;
    else if ((bound === "min" || bound === "max") && isNumber(text)) own[bound] = Number(text);
    else continue;
    filter[column] = own;
  }
  return filter;
}

function valueOf(text: string, column: Pick<Column, "kind">): string | number | boolean | null | undefined {
  if (text === "") return null;
  switch (storageOf(column)) {
    case "text":
      return text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    default:
      return isNumber(text) ? Number(text) : undefined;
  }
}

const isNumber = (text: string): boolean => text.trim() !== "" && Number.isFinite(Number(text));
