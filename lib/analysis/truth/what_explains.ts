import type { Cell, OfficialRate } from "../../model/mod.ts";
import { shareIntervals } from "../../stats/mod.ts";
import { FACTORS } from "../explain/factors.ts";
import { type ShareInterval, shareInterval } from "../explain/share.ts";
import { judgedCounts, MIN_STEPS, officialCounts, ownOfficialRates, sharedCells, sharedCounts } from "./official.ts";

/** One bar group of `07-what-explains-success`. */
export interface ExplainedRow {
  /** Whose verdicts, on which cells. */
  verdicts:
    | "judged, all cells"
    | "judged, shared cells"
    | "official, shared cells"
    | "official, active cells"
    | "official, all cells"
    | "corrected";
  /** Sessions. */
  n: number;
  /** Cells with a scored session. */
  cells: number;
  /** The share that the harness adds. */
  harness: ShareInterval;
  /** The share that the model adds. */
  model: ShareInterval;
  /** The share that the benchmark adds. */
  benchmark: ShareInterval;
}

/**
 * What explains success, by whose verdicts: incremental shares of R2 of harness, model and benchmark, judged and
 * official, on all cells and on those that both have. Intervals are for new cells of the same levels, on either side. Sets of
 * verdicts without any variation are left out.
 *
 * @param corrected shares corrected for the judge's mistakes where session grades are joined (see `correctedShares`)
 */
export function whatExplains(
  cells: readonly Cell[],
  rates: readonly OfficialRate[],
  { corrected = null }: { corrected?: ExplainedRow | null } = {},
): ExplainedRow[] {
  const own = ownOfficialRates(rates), shared = sharedCells(cells, rates);
  const sets = [
    ["judged, all cells", judgedCounts(cells)],
    ["judged, shared cells", sharedCounts(shared, "judged")],
    ["official, shared cells", sharedCounts(shared, "official")],
    ["official, active cells", officialCounts(own.filter((r) => r.steps > MIN_STEPS))],
    ["official, all cells", officialCounts(own)],
  ] as const;
  const rows = sets.flatMap(([verdicts, rows]): ExplainedRow[] => {
    const shares = rows.some((r) => r.n > 0) ? shareIntervals(rows, FACTORS) : null;
    if (shares === null) return [];
    const { harness, model, benchmark } = shares.incremental;
    const n = rows.reduce((sum, r) => sum + r.n, 0);
    const cells = rows.filter((r) => r.n > 0).length;
    return [{
      verdicts,
      n,
      cells,
      harness: shareInterval(harness!),
      model: shareInterval(model!),
      benchmark: shareInterval(benchmark!),
    }];
  });
  return corrected ? [...rows, corrected] : rows;
}
