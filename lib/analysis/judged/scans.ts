import type { Label, ScanFinding, Session } from "../../model/mod.ts";
import { newcombe } from "../../stats/mod.ts";
import { type Rate, rateOf } from "../counts/tally.ts";

/** How often something was found, and what that goes with. */
export interface ScanRow {
  /** What was looked for. */
  scan: string;
  /** Who looked. */
  by: string;
  /** Of the sessions of which it can be told; null without any. */
  share: Rate | null;
  /** Sessions of which it cannot be told. */
  unknown: number;
  /** Of failed sessions; null without any. */
  of_failures: Rate | null;
  /** Of solved sessions; null without any. */
  of_successes: Rate | null;
  /** Share of failures less share of successes, with Newcombe's interval; null where there are no two sides. */
  difference: { estimate: number; lo: number; hi: number } | null;
  /**
   * Of what was found and has a label with a mode, what people call so; null without any. At least that much: a label has one
   * mode, and a session may have more to it.
   */
  precision: Rate | null;
  /** Of what people call so, what was found; null without any. */
  recall: Rate | null;
  /** Sessions that have both. */
  labelled: number;
}

/**
 * What scans found, a row for each scan and who looked: how often, among failed and among solved sessions, and how far people's
 * labels agree. A label whose mode is the scan's name, or one of `modes` of that name, says that it is there; one of another
 * mode is taken to say that it is not, and labels without a mode say nothing of it. A share of solved sessions as high as of
 * failed ones says that it is no reason for failing.
 *
 * @param modes what labels call the same, by scan
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { scanRows } from "agent-trace-lab/analysis";
 * const [row] = scanRows([{ sessionId: "s1", scan: "loops", by: "program", found: 1, call: 3 }], [], []);
 * equal(row?.share?.k, 1);
 * ```
 */
export function scanRows(
  found: readonly ScanFinding[],
  sessions: readonly Session[],
  labels: readonly Label[],
  modes: Readonly<Record<string, readonly string[]>> = {},
): ScanRow[] {
  const outcome = new Map(sessions.map(({ sessionId, success }) => [sessionId, success]));
  const labelled = Map.groupBy(labels.filter(({ mode }) => mode !== null), ({ session_id }) => session_id);
  const groups = Map.groupBy(found, ({ scan, by }) => JSON.stringify([scan, by]));
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([, all]): ScanRow => {
    const { scan, by } = all[0]!;
    const names = new Set([scan, ...modes[scan] ?? []]);
    const told = all.filter((one) => one.found !== null);
    const among = (some: readonly ScanFinding[]) => share(some.filter((one) => one.found === 1).length, some.length);
    const failed = among(told.filter(({ sessionId }) => outcome.get(sessionId) === 0));
    const solved = among(told.filter(({ sessionId }) => outcome.get(sessionId) === 1));
    const said = told.flatMap((one) => {
      const own = labelled.get(one.sessionId);
      return own ? [{ found: one.found, there: own.some(({ mode }) => names.has(mode!)) }] : [];
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
      precision: share(both, said.filter((one) => one.found === 1).length),
      recall: share(both, said.filter(({ there }) => there).length),
      labelled: said.length,
    };
  });
}

const share = (k: number, n: number): Rate | null => n === 0 ? null : rateOf(n, k);

function differenceOf(first: Rate, second: Rate): { estimate: number; lo: number; hi: number } {
  const { lo, hi } = newcombe({ k1: first.k, n1: first.n, k2: second.k, n2: second.n });
  return { estimate: first.rate - second.rate, lo, hi };
}
