import type { Dataset, Session } from "../../model/mod.ts";
import { needSessions } from "../counts/need_sessions.ts";
import { groupBy } from "../counts/tally.ts";
import { type HarnessBox, toolErrorBoxes } from "./boxes.ts";
import { failureModeOf, TOOL_ERROR_THRESHOLD } from "./modes.ts";

/** Tool errors of failed beside successful sessions of a harness. */
export type ToolErrorBox = HarnessBox & { outcome: "failed" | "successful" };

/** Whether tool errors tell failures from successes. */
export interface ToolErrorSignal {
  /** Boxes by harness and outcome. */
  boxes: ToolErrorBox[];
  /** `tool_error_count` from which a failure is called "tool-call errors". */
  threshold: number;
  /** Harnesses under which that mode occurs at all. */
  harnesses: { harness: string; failures: number; of_failures: number }[];
  /** Benchmark x harness cells in which it occurs, and how many of the cell's successes have as many tool errors. */
  cells: ToolErrorCell[];
  /** Cells of failures in which it does not occur. */
  other_cells: number;
  /** Those in which it occurs, together. A share near that of the failures says that the mode is no sign of failing. */
  share_of_failures: number | null;
  /** Share of the successes there that have as many tool errors. */
  share_of_successes: number | null;
}

/** One cell in which the mode occurs. */
export interface ToolErrorCell {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** Failed sessions in the mode. */
  failures: number;
  /** All failed sessions there. */
  of_failures: number;
  /** Successes with a known count of tool errors that reach the threshold. */
  successes: number;
  /** All successes there. */
  of_successes: number;
  /** Successes whose tool errors are not known. */
  unknown: number;
}

/**
 * Whether tool errors tell failures from successes: boxes of both by harness, the harnesses and the benchmark x harness
 * cells in which the mode "tool-call errors" occurs, and the share of those cells' successes that have as many tool
 * errors. A share near the failures' own means that the mode names a habit of the harness, not a reason for failing.
 */
export function toolErrorSignal(dataset: Dataset): ToolErrorSignal {
  const { thresholds } = dataset.distributions;
  const sessions = needSessions(dataset);
  const qualifies = (s: Session) => thresholds !== null && failureModeOf(s, thresholds) === "tool-call errors";
  const scored = sessions.filter((s) => s.success !== null);
  const cells = [...groupBy(scored, (s) => JSON.stringify([s.benchmark, s.harness]))]
    .sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([, of]): ToolErrorCell[] => {
      const failed = of.filter((s) => s.success === 0);
      const failures = failed.filter(qualifies).length;
      const first = of[0];
      if (first === undefined || failures === 0) return [];
      const solved = of.filter((s) => s.success === 1);
      const known = solved.flatMap((s) => s.toolErrors === null ? [] : [s.toolErrors]);
      return [{
        benchmark: first.benchmark,
        harness: first.harness,
        failures,
        of_failures: failed.length,
        successes: known.filter((errors) => errors >= TOOL_ERROR_THRESHOLD).length,
        of_successes: known.length,
        unknown: solved.length - known.length,
      }];
    });
  const failed = sessions.filter((s) => s.success === 0);
  return {
    boxes: [
      ...toolErrorBoxes(failed).map((box) => ({ ...box, outcome: "failed" as const })),
      ...toolErrorBoxes(sessions.filter((s) => s.success === 1))
        .map((box) => ({ ...box, outcome: "successful" as const })),
    ],
    threshold: TOOL_ERROR_THRESHOLD,
    harnesses: [...new Set(cells.map((c) => c.harness))].sort().map((harness) => ({
      harness,
      failures: sum(cells.filter((c) => c.harness === harness), (c) => c.failures),
      of_failures: failed.filter((s) => s.harness === harness).length,
    })),
    cells,
    other_cells: new Set(failed.map((s) => JSON.stringify([s.benchmark, s.harness]))).size - cells.length,
    share_of_failures: share(sum(cells, (c) => c.failures), sum(cells, (c) => c.of_failures)),
    share_of_successes: share(sum(cells, (c) => c.successes), sum(cells, (c) => c.of_successes)),
  };
}

const sum = <T>(rows: readonly T[], value: (row: T) => number) => rows.reduce((a, row) => a + value(row), 0);

const share = (part: number, whole: number) => whole === 0 ? null : part / whole;
