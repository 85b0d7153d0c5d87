import type { Session, SessionFilter } from "../model/mod.ts";

/** Which rows of a table come first. */
export interface Sort {
  /** By which column. */
  column: string;
  /** The largest first. */
  descending: boolean;
}

/** Sessions of one group, counted. */
export interface GroupCount {
  /** The group's name; null where sessions have none. */
  key: string | null;
  /** How many sessions. */
  sessions: number;
  /** How many of them have a verdict. */
  scored: number;
  /** How many of them are solved. */
  solved: number;
}

/** Sessions whose value lies in [lo, hi), counted; the last bin has its upper bound in it. */
export interface Bin {
  /** From here. */
  lo: number;
  /** To here, and not beyond. */
  hi: number;
  /** How many sessions. */
  sessions: number;
  /** How many of them are solved. */
  solved: number;
  /** How many of them are not. */
  failed: number;
}

/** Neighbours of a session in some order. */
export interface Around {
  /** The id before it; null where it is the first. */
  before: string | null;
  /** The id after it; null where it is the last. */
  after: string | null;
  /** Its place, from 1; 0 where it is not among them. */
  place: number;
  /** How many there are. */
  of: number;
}

/** What a table shows of a session: to read all of it takes as long again. */
export const SESSION_LINE = [
  "sessionId",
  "success",
  "benchmark",
  "harness",
  "model",
  "totalTokens",
  "calls",
  "durationS",
  "topics",
  "judgeReasoning",
] as const satisfies readonly (keyof Session)[];

/** A session as a line of a table. */
export type SessionLine = Pick<Session, typeof SESSION_LINE[number]>;

/** A table of sessions that is looked through: a page at a time, counted by groups and bins under any filter. */
export interface SessionBrowser {
  /** All sessions, whatever the filter. */
  total: number;
  /** How many sessions a filter leaves. */
  count(filter: SessionFilter): Promise<number>;
  /** Some sessions that a filter leaves; ties are in order of id. */
  page(filter: SessionFilter, sort: Sort | null, offset: number, limit: number): Promise<SessionLine[]>;
  /** Counted by a column of names, most sessions first. */
  groups(filter: SessionFilter, column: string, limit: number): Promise<GroupCount[]>;
  /** Counted by equal bins of a column of numbers, of logarithms where `log`; sessions that do not know it are in none. */
  bins(filter: SessionFilter, column: string, bins: number, log: boolean): Promise<Bin[]>;
  /** Sessions by id, those that are there. */
  sessions(ids: readonly string[]): Promise<Session[]>;
  /** The sessions before and after one among those that a filter leaves, and its place; 0 where it is none of them. */
  around(id: string, filter: SessionFilter, sort: Sort | null): Promise<Around>;
  /** Lets go of the database. */
  close(): Promise<void>;
}
