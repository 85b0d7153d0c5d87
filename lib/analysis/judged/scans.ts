import type { Label, Session } from "../../model/mod.ts";
import { newcombe, wilson } from "../../stats/mod.ts";

/** What one look at one session for one thing found. */
export interface Found {
  /** The session that was looked at. */
  sessionId: string;
  /** What was looked for, such as `loops`. */
  scan: string;
  /** Who looked. */
  by: string;
  /** 1 where it is there, 0 where it is not, null where it cannot be told. */
  found: 0 | 1 | null;
}

/** A share with its 95% interval (Wilson's). */
export interface CountedShare {
  /** Sessions that count. */
  k: number;
  /** Sessions that could. */
  n: number;
  /** Their share. */
  rate: number;
  /** Lower end. */
  lo: number;
  /** Upper end. */
  hi: number;
}

/** How often something was found, and what that goes with. */
export interface ScanRow {
  /** What was looked for. */
  scan: string;
  /** Who looked. */
  by: string;
  /** Of the sessions of which it can be told; null without any. */
  share: CountedShare | null;
  /** Sessions of which it cannot be told. */
  unknown: number;
  /** Of failed sessions; null without any. */
  of_failures: CountedShare | null;
  /** Of solved sessions; null without any. */
  of_successes: CountedShare | null;
  /** Share of failures less share of successes, with Newcombe's interval; null where there are no two sides. */
  difference: { estimate: number; lo: number; hi: number } | null;
  /** Of what was found and has a label with a mode, what people call so; null without any. */
  precision: CountedShare | null;
  /** Of what people call so, what was found; null without any. */
  recall: CountedShare | null;
  /** Sessions that have both. */
  labelled: number;
}

/**
 * What scans found, a row for each scan and who looked: how often, among failed and among solved sessions, and how far people's
 * labels agree. A label whose mode is the scan's name says that it is there, one of another mode that it is not; labels without
 * a mode say nothing of it. A share of solved sessions as high as of failed ones says that it is no reason for failing.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { scanRows } from "agent-trace-lab/analysis";
 * const [row] = scanRows([{ sessionId: "s1", scan: "loops", by: "program", found: 1 }], [], []);
 * equal(row?.share?.k, 1);
 * ```
 */
export function scanRows(found: readonly Found[], sessions: readonly Session[], labels: readonly Label[]): ScanRow[] {
  const outcome = new Map(sessions.map(({ sessionId, success }) => [sessionId, success]));
  const modes = Map.groupBy(labels.filter(({ mode }) => mode !== null), ({ session_id }) => session_id);
  const groups = Map.groupBy(found, ({ scan, by }) => JSON.stringify([scan, by]));
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([, all]): ScanRow => {
    const { scan, by } = all[0]!;
    const told = all.filter((one) => one.found !== null);
    const among = (some: readonly Found[]) => shareOf(some.filter((one) => one.found === 1).length, some.length);
    const failed = among(told.filter(({ sessionId }) => outcome.get(sessionId) === 0));
    const solved = among(told.filter(({ sessionId }) => outcome.get(sessionId) === 1));
    const said = told.flatMap((one) => {
      const own = modes.get(one.sessionId);
      return own ? [{ found: one.found, there: own.some(({ mode }) => mode === scan) }] : [];
    });
    const both = said.filter((one) => one.found === 1 && one.there).length;
    return {
      scan,
      by,
      share: among(told),
      unknown: all.length - told.length,
      of_failures: failed,
      of_successes: solved,
      difference: failed && solved ? differenceOf(failed, solved) : null,
      precision: shareOf(both, said.filter((one) => one.found === 1).length),
      recall: shareOf(both, said.filter(({ there }) => there).length),
      labelled: said.length,
    };
  });
}

function shareOf(k: number, n: number): CountedShare | null {
  if (n === 0) return null;
  const { lo, hi } = wilson(k, n);
  return { k, n, rate: k / n, lo, hi };
}

function differenceOf(first: CountedShare, second: CountedShare): { estimate: number; lo: number; hi: number } {
  const { lo, hi } = newcombe({ k1: first.k, n1: first.n, k2: second.k, n2: second.n });
  return { estimate: first.rate - second.rate, lo, hi };
}
