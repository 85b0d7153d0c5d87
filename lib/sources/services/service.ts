import type { Json } from "../dialects/json.ts";

/** A request for a page: what is kept between runs, so nothing secret is in it. */
export interface PageRequest {
  /** Behind the endpoint, with the query. */
  path: string;
  /** Then it is a POST. */
  body?: Json;
}

/** What a page holds, and how to ask for the one behind it. */
export interface Page {
  rows: unknown[];
  /** Null behind the last page. */
  next: PageRequest | null;
}

/** What is asked for. */
export interface Asked {
  /** As the service calls it in its requests. */
  project: string;
  /** Rows that begin at this time or later; null for all. */
  from: string | null;
  /** Rows that begin before this time: where none was given, when the first page was asked for, so that pages stay put. */
  to: string;
}

/** Something that a service lists page by page. */
export interface RowKind {
  /** One word, such as `observations`. */
  name: string;
  /** The first page; where the service has no such list (404, 405, 410), the next of these. */
  first: (asked: Asked) => PageRequest[];
  /** @throws {Error} saying what was expected, where an answer is no page */
  page: (answer: unknown, request: PageRequest) => Page;
  /** Whether there may be no such list. */
  optional?: boolean;
  /** What else is asked for the rows of a page; its answer is kept beside them. */
  more?: (rows: unknown[], asked: Asked) => PageRequest;
}

/** Reads an environment variable. */
export type Env = (name: string) => string | undefined;

/** A service whose API gives traces. */
export interface Service {
  /** What stands before the colon of a source. */
  id: string;
  title: string;
  /** Environment variables that say where it is and who asks, for help and errors. */
  variables: readonly string[];
  /** Its address, without a slash at the end. */
  endpoint: (env: Env) => string;
  /** Who asks. @throws {Error} naming the variables that are missing */
  headers: (env: Env) => Record<string, string>;
  /** What a project is called in requests; it is its name where this is not given. */
  projectOf?: (project: string, ask: (request: PageRequest) => Promise<unknown>) => Promise<string>;
  kinds: readonly RowKind[];
}

/** A path with a query, of the entries that have a value. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const entries = Object.entries(query).flatMap(([key, value]) => value == null ? [] : [[key, String(value)]]);
  return entries.length ? `${path}?${new URLSearchParams(entries)}` : path;
}

/** The same request with another value in its query. */
export function queried({ path, ...rest }: PageRequest, name: string, value: string | number): PageRequest {
  const [before, query = ""] = path.split("?");
  const entries = new URLSearchParams(query);
  entries.set(name, String(value));
  return { path: `${before}?${entries}`, ...rest };
}

/** A list of an answer. @throws {Error} where it has none under this name */
export function listIn(answer: unknown, name: string): unknown[] {
  const list = (answer as Json | null)?.[name];
  if (!Array.isArray(list)) throw new Error(`expected an answer with a list "${name}", found ${said(answer)}`);
  return list;
}

const said = (answer: unknown) => (JSON.stringify(answer) ?? "nothing").slice(0, 100);

/** An address without slashes at its end. */
export const bareAddress = (address: string): string => address.replace(/\/+$/, "");
