import { type Cell, CELL_SUMS, type Dataset, type Session } from "../../model/mod.ts";
import { groupBy } from "../counts/tally.ts";

/** Sessions that are one recording under several ids. */
export interface DuplicateGroup {
  /** The id that is kept: the first with a verdict, else the first. */
  kept: string;
  /** Ids of the others. */
  copies: string[];
  /** The run that the sessions belong to. */
  run: string;
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** The verdicts are not the same. */
  conflicting: boolean;
}

/**
 * Sessions with the same benchmark, harness, deployment, tokens, calls and duration, to the last digit of a second that
 * was recorded: two independent runs do not take the same microseconds. Sessions without a call, or whose duration or tokens are not
 * known, are not compared.
 */
export function duplicateGroups(sessions: readonly Session[]): DuplicateGroup[] {
  return [...duplicated(sessions)].map(([kept, copies]) => ({
    kept: kept.sessionId,
    copies: copies.map((s) => s.sessionId),
    run: kept.run,
    benchmark: kept.benchmark,
    harness: kept.harness,
    model: kept.model,
    conflicting: copies.some((s) => s.success !== kept.success),
  }));
}

/** The sessions that repeat another one. */
export function duplicateCopies(sessions: readonly Session[]): Session[] {
  return [...duplicated(sessions).values()].flat();
}

function duplicated(sessions: readonly Session[]): Map<Session, Session[]> {
  const timed = sessions.filter((s) => s.calls > 0 && s.totalTokens !== null && (s.durationS ?? 0) > 0);
  const groups = groupBy(
    timed,
    (s) => JSON.stringify([s.benchmark, s.harness, s.deployment, s.totalTokens, s.calls, s.durationS]),
  );
  const found = new Map<Session, Session[]>();
  for (const group of groups.values()) {
    const kept = group.find((s) => s.success !== null) ?? group[0];
    if (kept && group.length > 1) found.set(kept, group.filter((s) => s !== kept));
  }
  return found;
}

/**
 * Repeated sessions counted: what the source states of itself (a source rebuilt from counts cannot show it), otherwise
 * worked out from its sessions; null where these stay in an engine.
 */
export function duplicateCells(dataset: Dataset): Cell[] | null {
  return dataset.distributions.duplicates;
}

/** Copies of recorded sessions per benchmark x harness x model, with how many sessions they are among. */
export interface DuplicateRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** All sessions, scored or not. */
  sessions: number;
  /** Sessions among them that repeat another one. */
  copies: number;
}

/** Where sessions were counted more than once, most copies first; none where it is not known. */
export function duplicateRows(cells: readonly Cell[], copies: readonly Cell[] | null): DuplicateRow[] {
  const key = (c: Cell) => JSON.stringify([c.benchmark, c.harness, c.model]);
  const total = (rows: readonly Cell[]) => rows.reduce((sum, c) => sum + c.sessions, 0);
  const all = groupBy(cells, key);
  return [...groupBy(copies ?? [], key)].flatMap(([name, rows]) => {
    const [first] = rows;
    if (!first) return [];
    const { benchmark, harness, model } = first;
    return [{ benchmark, harness, model, sessions: total(all.get(name) ?? []), copies: total(rows) }];
  }).sort((a, b) => b.copies - a.copies || (a.benchmark + a.model < b.benchmark + b.model ? -1 : 1));
}

/**
 * Cells less other cells' sessions and sums. Cells left without a session are gone.
 *
 * @throws {RangeError} naming the cell, when more is to be taken away than there is
 */
export function withoutCells(cells: readonly Cell[], remove: readonly Cell[]): Cell[] {
  const key = (c: Cell) => JSON.stringify([c.benchmark, c.harness, c.deployment, c.run, c.verdict]);
  const left = new Map(remove.map((c) => [key(c), c]));
  const kept = cells.flatMap((cell): Cell[] => {
    const minus = left.get(key(cell));
    left.delete(key(cell));
    if (!minus) return [cell];
    const sessions = cell.sessions - minus.sessions;
    if (sessions < 0) throw new RangeError(`${key(cell)}: ${minus.sessions} of ${cell.sessions} sessions to remove`);
    if (sessions === 0) return [];
    const less = (a: number, b: number) => Math.max(0, a - b);
    return [{
      ...cell,
      sessions,
      ...Object.fromEntries(CELL_SUMS.flatMap(({ name, known }): [string, number | null][] => {
        if (known === null) return [[name, less(cell[name] ?? 0, minus[name] ?? 0)]];
        // What the removed sessions did not know they cannot take away.
        const left = Math.max(0, Number(cell[known]) - Number(minus[known]));
        const sum = cell[name] === null || left === 0 ? null : less(cell[name], minus[name] ?? 0);
        return [[name, sum], [known, left]];
      })),
    }];
  });
  const [missing] = left.keys();
  if (missing !== undefined) throw new RangeError(`${missing}: no such cell to remove sessions from`);
  return kept;
}
