import type { Cell, DatasetInMemory, Distributions, Session, SourceInfo } from "../../model/mod.ts";
import { cellsOf } from "./cells.ts";
import { distributionsOf, type Stated } from "./distributions.ts";

/**
 * Sessions in memory as a dataset: counted when it is first asked for.
 *
 * @param stated what the source says of its sessions that these cannot carry themselves
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
