import {
  type Cell,
  listed,
  nearest,
  type Session,
  SESSION_FIELDS,
  topicsOfSession,
  type Verdict,
} from "../../model/mod.ts";
import { nameOf } from "./tally.ts";

/** What is wanted of a field: a value, any of several, those that a regular expression finds, or that pass a test. */
export type Wanted<T> = T | readonly T[] | RegExp | ((value: T) => boolean);

/**
 * What a slice keeps, by names of cells, by any other field of a session, or by a column of one's own; all of it has to hold.
 * What is not given keeps everything.
 */
export type Filter =
  & { [D in "benchmark" | "harness" | "model" | "deployment" | "config" | "run"]?: Wanted<string> }
  & { verdict?: Wanted<Verdict> }
  & { [F in Exclude<keyof Session, "benchmark" | "harness" | "model" | "deployment" | "run">]?: Wanted<Session[F]> }
  & { [column: string]: unknown };

/** Names that cells have, and so every engine. */
export const CELL_NAMES = ["benchmark", "harness", "model", "deployment", "config", "run", "verdict"] as const;

/** Whether cells have a field, so that an engine need not be asked for sessions. */
export function isCellName(key: string): boolean {
  return (CELL_NAMES as readonly string[]).includes(key) || key === "success";
}

/** One condition of a filter, taken apart. */
export interface Condition {
  /** The field. */
  key: string;
  /** Whether cells have it. */
  ofCells: boolean;
  /** Whether a value of the field fits. */
  keeps(value: unknown): boolean;
  /** How a caption says it. */
  words: string;
}

/**
 * The conditions of a filter, checked against what is there.
 *
 * @param source for messages
 * @param sessions those that are held; null where none are
 * @throws {TypeError} for a name or a value that is not there, with the nearest ones and what there is
 */
export function conditionsOf(
  filter: Filter,
  source: string,
  cells: readonly Cell[],
  sessions: readonly Session[] | null,
): Condition[] {
  const wants = Object.entries(filter).filter(([, wanted]) => wanted !== undefined);
  checkFields(wants.map(([key]) => key), { info: { name: source }, sessions });
  return wants.map(([key, wanted]) => {
    const ofCells = isCellName(key);
    const there = () =>
      new Set(
        ofCells ? cells.map((c) => cellValue(c, key)) : sessions?.flatMap((s) => entriesOf(valueOf(s, key), key)),
      );
    const keepsOne = test(wanted, key, source, there);
    // A test of one's own is given the field as sessions have it.
    const keeps = typeof wanted === "function"
      ? keepsOne
      : (value: unknown) => entriesOf(value, key).some((entry) => keepsOne(entry));
    return { key, ofCells, words: words(key, wanted), keeps };
  });
}

/**
 * Checks that these are fields of sessions, of cells, or columns of one's own.
 *
 * @throws {TypeError} for one that is not, with the nearest ones
 */
export function checkFields(
  keys: readonly string[],
  { info, sessions }: { info: { name: string }; sessions: readonly Session[] | null },
): void {
  const there = [
    ...new Set([...CELL_NAMES, ...SESSION_FIELDS.map(([field]) => field), ...Object.keys(sessions?.[0] ?? {})]),
  ];
  for (const key of keys) if (!there.includes(key)) throw unknown(info.name, `no field "${key}"`, key, there, "fields");
}

/** What one of has to fit: each topic of a session, which may have several or none; of any other field its value. */
function entriesOf(value: unknown, key: string): unknown[] {
  if (key !== "topics" || typeof value !== "string") return [value];
  return topicsOfSession({ topics: value }) ?? [];
}

/** The value of a session that a condition is about. */
export function valueOf(session: Session, key: string): unknown {
  if (key === "config") return nameOf(session, "config");
  return key === "verdict" ? session.success : (session as unknown as Record<string, unknown>)[key];
}

/** The value of a cell that a condition is about. */
export function cellValue(cell: Cell, key: string): unknown {
  if (key === "config") return nameOf(cell, "config");
  return key === "success" ? cell.verdict : cell[key as keyof Cell];
}

/** How a caption says a filter; empty where it keeps everything. */
export function wordsOf(filter: Filter): string {
  return Object.entries(filter).flatMap(([key, wanted]) => wanted === undefined ? [] : [words(key, wanted)]).join(", ");
}

function words(key: string, wanted: unknown): string {
  if (typeof wanted === "function") return `${key} as chosen`;
  return wanted instanceof RegExp ? `${key} like ${wanted}` : `${key} ${[wanted].flat().join(" or ")}`;
}

function test(wanted: unknown, key: string, source: string, there: () => Set<unknown>): Condition["keeps"] {
  if (typeof wanted === "function") return wanted as (value: unknown) => boolean;
  if (wanted instanceof RegExp) {
    // Without its memory of where it last looked.
    const pattern = new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, ""));
    const keeps = (value: unknown) => value !== null && value !== undefined && pattern.test(String(value));
    const values = there();
    if (![...values].some(keeps)) {
      throw unknown(source, `no ${key} that ${wanted} finds`, wanted.source, texts(values), key);
    }
    return keeps;
  }
  const several: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (!several.length) throw new TypeError(`${source}: ${key} is wanted of an empty list, which keeps nothing`);
  const values = several.some((value) => value !== null && value !== undefined) ? there() : new Set();
  const types = new Set([...values].filter((value) => value !== null).map((value) => typeof value));
  for (const value of several) {
    // A number that no session has is an answer; a name that none has, or a value of another type, is a slip.
    const isSlip = typeof value === "string" ? !values.has(value) : !!values.size && !types.has(typeof value);
    if (value === null || value === undefined || !isSlip) continue;
    const text = String(value);
    throw unknown(source, `no ${key} ${typeof value === "string" ? `"${text}"` : text}`, text, texts(values), key);
  }
  return (value) => several.includes(value ?? null);
}

const texts = (values: ReadonlySet<unknown>) =>
  [...values].filter((value) => value !== null && value !== undefined).map(String).sort();

function unknown(source: string, what: string, name: string, there: readonly string[], kind: string): TypeError {
  const near = nearest(name, there);
  const hint = near.length ? `; did you mean ${near.map((one) => `"${one}"`).join(" or ")}?` : ";";
  return new TypeError(
    `${source}: ${what}${hint} ${
      there.length ? `of ${kind} there ${there.length === 1 ? "is" : "are"} ${listed(there)}` : `no ${kind} is known`
    }`,
  );
}
