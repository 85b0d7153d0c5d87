import type { NameKind } from "../model/mod.ts";

/** What sessions are filtered and grouped by. */
export const KINDS: readonly NameKind[] = ["benchmark", "harness", "model"];

/** What {@link import("./explore.ts").explore} gives to its page. */
export interface Packed {
  /** Names as they read, by kind. */
  names: Readonly<Record<NameKind, readonly string[]>>;
  /** Every session, counted: places in `names`, successes, scored, all. */
  counts: readonly (readonly [benchmark: number, harness: number, model: number, k: number, n: number, all: number])[];
  /** Single sessions: places in `names`, then each measure's value, null where it is not known. */
  sessions: readonly (readonly (number | null)[])[];
  /** What `sessions` hold beside names, in that order. */
  measures: readonly { id: string; label: string }[];
  /** The source, and which sessions are among the single ones. */
  caption: string;
}
