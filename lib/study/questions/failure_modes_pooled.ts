import { failures as failuresOf } from "../../analysis/mod.ts";
import { drawFailureModes } from "../../figures/mod.ts";
import { question } from "../../questions/mod.ts";

/** The mix of modes over all suites, as the write-up draws it. */
export const failureModesPooled = question({
  name: "failure-modes-pooled",
  title: "How does each harness fail, whatever it ran?",
  chapter: "failure",
  needs: ["distributions"],
  nothing: "no session failed, or how they failed cannot be told",
  ask: (dataset) => {
    const failures = failuresOf(dataset);
    return failures.n > (failures.modes.unknown ?? 0) ? failures : null;
  },
  draw: (failures, context) => [drawFailureModes(failures, context, { pooled: true })],
});
