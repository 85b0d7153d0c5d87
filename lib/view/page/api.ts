import type { Label, Session, SessionFilter } from "../../model/mod.ts";
import type { Bin, GroupCount } from "../../engines/mod.ts";
import type { Moves, NextLabels } from "../../analysis/mod.ts";
import type { CallFacts, Piece } from "../conversation.ts";

/** What the server says of itself. */
export interface About {
  caption: string;
  total: number;
  texts: { sessions: number; faults: number; done: boolean } | null;
  modes: { id: string; name: string }[];
  labels: string;
  columns: { name: string; kind: string }[];
}

/** A row of the table. */
export type Row = Session & { label: Label[] };

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

/** A piece of a conversation; `text` may be its beginning only, `characters` says how long it is. */
export type ShownPiece = Piece & { characters: number };

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

/** Two sessions side by side. */
export interface Compared {
  a: OpenSession;
  b: OpenSession;
  differs: { at: number; shared: number } | null;
}

/** Neighbours of a session under the filter. */
export interface Around {
  before: string | null;
  after: string | null;
  place: number;
  of: number;
}

async function get<T>(path: string, search: Record<string, string>): Promise<T> {
  const response = await fetch(`${path}?${new URLSearchParams(search)}`);
  const value = await response.json();
  if (!response.ok) throw new Error(value.error ?? response.statusText);
  return value as T;
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
export const next = (n: number) => get<NextLabels>("/api/next", { n: String(n) });
export const moves = (by: string) => get<Moves>("/api/moves", { by });
export const compare = (a: string, b: string) => get<Compared>("/api/compare", { a, b });
export const configs = (a: string, b: string) => get<ComparedConfigs>("/api/configs", { a, b });

/** Two configs on the tasks that both ran. */
export interface ComparedConfigs {
  a: { config: string; n: number; k: number };
  b: { config: string; n: number; k: number };
  unpaired: { estimate: number; lo: number; hi: number } | null;
  paired: { estimate: number; lo: number; hi: number; pValue: number } | null;
  pairs: {
    task: string | null;
    benchmark: string;
    a: { id: string; success: 0 | 1 };
    b: { id: string; success: 0 | 1 };
  }[];
}

/** What a person says of a session; the server adds the time. */
export type NewLabel = Omit<Label, "at">;

/** Sends a label, and resolves when it is on the disk. */
export async function addLabel(label: NewLabel): Promise<Label> {
  const response = await fetch("/api/labels", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(label),
  });
  const value = await response.json();
  if (!response.ok) throw new Error(value.error ?? response.statusText);
  return value as Label;
}
