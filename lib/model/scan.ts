/** What one look at one session for one thing found. */
export interface ScanFinding {
  /** The session that was looked at. */
  sessionId: string;
  /** What was looked for, such as `loops`. */
  scan: string;
  /** Who looked: a program that counts, or a judge by its model. */
  by: string;
  /** 1 where it is there, 0 where it is not, null where it cannot be told. */
  found: 0 | 1 | null;
  /** Number of the first call that shows it, from 1; null where there is none. */
  call: number | null;
}
