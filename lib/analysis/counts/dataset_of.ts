import type { Cell, DatasetInMemory, Distributions, Session, SourceInfo } from "../../model/mod.ts";
import { cellsOf } from "./cells.ts";
import { distributionsOf, type Stated } from "./distributions.ts";

/**
 * Sessions in memory as a dataset: counted when it is first asked for.
 *
 * @param stated what the source says of its sessions that these cannot carry themselves
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { datasetOf } from "agent-trace-lab";
 * const info = { name: "mine", sha256: "", sessions: 0, sentence: "No sessions.", caption: "mine" };
 * equal(datasetOf(info, []).cells.length, 0);
 * ```
 */
export function datasetOf(info: SourceInfo, sessions: Session[], stated: Stated = {}): DatasetInMemory {
  let [cells, distributions]: [Cell[] | null, Distributions | null] = [null, null];
  return {
    info,
    held: "all",
    sessions,
    get cells() {
      return cells ??= cellsOf(sessions);
    },
    get distributions() {
      return distributions ??= distributionsOf(sessions, stated);
    },
  };
}
