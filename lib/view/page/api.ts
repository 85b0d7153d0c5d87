import type { Label, Session, SessionFilter } from "../../model/mod.ts";
import type { Bin, GroupCount, SessionLine } from "../../engines/mod.ts";
import type { Moves, NextLabels } from "../../analysis/mod.ts";
import type { MovedConclusion } from "../../analysis/claims/mod.ts";
import type { ConfigsCompared } from "../compare_configs.ts";
import type { CallFacts, Piece } from "../conversation.ts";
import type { ShownPiece } from "../session_answers.ts";

/** What the server says of itself. */
export interface About {
  caption: string;
  total: number;
  texts: { sessions: number; faults: number; done: boolean } | null;
  modes: { id: string; name: string }[];
  labels: string;
  others: string[];
  concludes: boolean;
  formats: { id: string; help: string }[];
  /** Columns of the table that no session knows. */
  empty: string[];
  columns: { name: string; kind: string }[];
}

/** A row of the table. */
export type Row = SessionLine & { label: Label[] };

/** A histogram of one column. */
export interface Histogram {
  column: string;
  bins: Bin[];
  unknown: number;
}

/** The four charts. */
export interface Charts {
  configs: GroupCount[];
  tokens: Histogram;
  duration: Histogram;
  calls: Histogram;
}

export type { ShownPiece };

/** A verdict as the server sends it. */
export interface ShownVerdict {
  success: 0 | 1 | null;
  outcome: string;
  confidence: string | null;
  reasoning: string | null;
  evidence: number[];
  failingCall: number | null;
  failingQuote: string | null;
  judge: string;
  shareShown: number;
}

/** A session to be read. */
export interface OpenSession {
  session: Session;
  labels: Label[];
  verdicts: ShownVerdict[];
  conversation: { task: string | null; calls: CallFacts[]; pieces: ShownPiece[] } | null;
}

/** One of two sessions side by side: some of its pieces. */
export interface Side {
  session: Session;
  all: number;
  pieces: ShownPiece[];
}

/** Two sessions side by side, from a piece on. */
export interface Compared {
  a: Side;
  b: Side;
  differs: { at: number; shared: number } | null;
  from: number;
}

/** Neighbours of a session under the filter. */
export interface Around {
  before: string | null;
  after: string | null;
  place: number;
  of: number;
}

async function get<T>(path: string, search: Record<string, string>): Promise<T> {
  return await valueOf<T>(await fetch(`${path}?${new URLSearchParams(search)}`));
}

const json = (filter: SessionFilter) => JSON.stringify(filter);

export const about = () => get<About>("/api/about", {});
export const rows = (filter: SessionFilter, sort: string, offset: number, limit: number) =>
  get<{ count: number; rows: Row[] }>("/api/rows", {
    filter: json(filter),
    ...(sort ? { sort } : {}),
    offset: String(offset),
    limit: String(limit),
  });
export const charts = (filter: SessionFilter) => get<Charts>("/api/charts", { filter: json(filter) });
export const session = (id: string) => get<OpenSession>("/api/session", { id });
export const piece = (id: string, n: number) => get<Piece>("/api/piece", { id, n: String(n) });
export const around = (id: string, filter: SessionFilter, sort: string) =>
  get<Around>("/api/around", { id, filter: json(filter), ...(sort ? { sort } : {}) });
export const labels = () => get<Label[]>("/api/labels", {});
export const next = (n: number, by: string) => get<NextLabels>("/api/next", { n: String(n), by });
export const moves = (by: string) => get<Moves>("/api/moves", { by });
export const compare = (a: string, b: string, from: number | null) =>
  get<Compared>("/api/compare", { a, b, ...(from === null ? {} : { from: String(from) }) });
export const configs = (a: string, b: string) => get<ConfigsCompared>("/api/configs", { a, b });
export const groups = (column: string, filter: SessionFilter) =>
  get<GroupCount[]>("/api/groups", { column, filter: json(filter) });
export const pieces = (id: string, from: number, to: number) =>
  get<ShownPiece[]>("/api/pieces", { id, from: String(from), to: String(to) });
export const found = (id: string, text: string) => get<number[]>("/api/found", { id, text });
export const conclusions = () => get<MovedConclusion[]>("/api/conclusions", {});
export const pictureAddress = (id: string, n: number) => `/api/picture?${new URLSearchParams({ id, n: String(n) })}`;
export const exportAddress = (format: string) => `/api/labels/export?${new URLSearchParams({ format })}`;

/** What a person says of a session; the server adds the time. */
export type NewLabel = Omit<Label, "at">;

/** Sends a label, and resolves when it is on the disk. */
export const addLabel = (label: NewLabel) => post<Label>("/api/labels", JSON.stringify(label));

/** Sends a file of labels, and says how many were not there yet. */
export const importLabels = (name: string, text: string) =>
  post<{ format: string; labels: number; added: number; aside: string[] }>(
    `/api/labels/import?${new URLSearchParams({ name })}`,
    text,
  );

async function post<T>(path: string, body: string): Promise<T> {
  const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body });
  return await valueOf<T>(response);
}

async function valueOf<T>(response: Response): Promise<T> {
  const value = await response.json();
  if (!response.ok) throw new Error(value.error ?? response.statusText);
  return value as T;
}
