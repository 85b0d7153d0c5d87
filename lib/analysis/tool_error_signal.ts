import type { Dataset } from "../model/mod.ts";
import { toolErrorBoxes } from "./boxes.ts";
import { failureModeOf, failureThresholds, TOOL_ERROR_THRESHOLD } from "./failures.ts";
import { groupBy } from "./tally.ts";
import type { ToolErrorSignal } from "./types.ts";

/**
 * Whether tool errors tell failures from successes: boxes of both by harness, the harnesses under which the mode
 * "tool-call errors" occurs, and the share of those harnesses' successes that have as many tool errors. A share near the
 * failures' own means that the mode names a habit of the harness and not a reason for failing.
 */
export function toolErrorSignal({ sessions, facts }: Dataset): ToolErrorSignal {
  const thresholds = facts.thresholds ?? failureThresholds(sessions);
  const failed = sessions.filter((s) => s.success === 0);
  const successful = sessions.filter((s) => s.success === 1);
  const harnesses = [...groupBy(failed, (s) => s.harness)].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([harness, of]) => ({
      harness,
      failures: of.filter((s) => thresholds !== null && failureModeOf(s, thresholds) === "tool-call errors").length,
      of_failures: of.length,
    })).filter((h) => h.failures > 0);
  const theirs = successful.filter((s) => harnesses.some((h) => h.harness === s.harness));
  const known = theirs.flatMap((s) => s.toolErrors === null ? [] : [s.toolErrors]);
  const reaching = known.filter((errors) => errors >= TOOL_ERROR_THRESHOLD).length;
  return {
    boxes: [
      ...toolErrorBoxes(failed).map((box) => ({ ...box, outcome: "failed" as const })),
      ...toolErrorBoxes(successful).map((box) => ({ ...box, outcome: "successful" as const })),
    ],
    threshold: TOOL_ERROR_THRESHOLD,
    harnesses,
    successes: {
      n: known.length,
      reaching,
      share: known.length ? reaching / known.length : null,
      unknown: theirs.length - known.length,
    },
  };
}
