import { failures as failuresOf } from "../../analysis/failure/failures.ts";
import { drawFailureModes, MIN_MODE_FAILURES } from "../../figures/failure/failure_modes.ts";
import { question } from "../question.ts";

/** Failed sessions by mode, harnesses side by side within a benchmark. */
export const failureModes = question({
  name: "failure-modes",
  title: "How does each harness fail?",
  chapter: "failure",
  needs: ["distributions"],
  nothing: `no benchmark and harness have ${MIN_MODE_FAILURES} failures, or how they failed cannot be told`,
  ask: (dataset) => {
    const failures = failuresOf(dataset);
    const cells = Map.groupBy(failures.by_cell, (row) => JSON.stringify([row.benchmark, row.harness]));
    const enough = [...cells.values()].some((rows) => rows.reduce((sum, row) => sum + row.n, 0) >= MIN_MODE_FAILURES);
    return enough && failures.n > (failures.modes.unknown ?? 0) ? failures : null;
  },
  draw: (failures, context) => [drawFailureModes(failures, context)],
});
