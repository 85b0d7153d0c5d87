/** Counts by reason. */
export type Tally = Map<string, number>;

/** What reading a source did beside yielding its rows. */
export interface ReadNotes {
  /** Parts of rows that were left out, such as spans that are not model calls. */
  leftOut: Tally;
  /** Values that could not be read and are unknown, by field. */
  unreadable: Tally;
  /** What was put right. */
  repaired: Tally;
  /** What is not known of the calls that were read, such as their tokens. */
  unknown: Tally;
}

/** {@link ReadNotes} as JSON has them. */
export type NotedCounts = Record<keyof ReadNotes, Record<string, number>>;

/** Notes of nothing yet. */
export function newNotes(): ReadNotes {
  return { leftOut: new Map(), unreadable: new Map(), repaired: new Map(), unknown: new Map() };
}

/** Adds to a count. */
export function add(tally: Tally, reason: string, n = 1): void {
  tally.set(reason, (tally.get(reason) ?? 0) + n);
}

/** Adds notes to others. */
export function takeNotes(from: ReadNotes, to: ReadNotes): void {
  for (const kind of Object.keys(to) as (keyof ReadNotes)[]) {
    for (const [reason, n] of from[kind]) add(to[kind], reason, n);
  }
}

/** Notes as they can be written, reasons in alphabetical order. */
export function notedCounts(notes: ReadNotes): NotedCounts {
  const counts = (tally: Tally) => Object.fromEntries([...tally].sort(([a], [b]) => a < b ? -1 : 1));
  return {
    leftOut: counts(notes.leftOut),
    unreadable: counts(notes.unreadable),
    repaired: counts(notes.repaired),
    unknown: counts(notes.unknown),
  };
}

/** The sum of several notes. */
export function addedNotes(all: readonly NotedCounts[]): NotedCounts {
  const notes = newNotes();
  for (const counts of all) {
    for (const kind of Object.keys(notes) as (keyof ReadNotes)[]) {
      for (const [reason, n] of Object.entries(counts[kind])) add(notes[kind], reason, n);
    }
  }
  return notedCounts(notes);
}
