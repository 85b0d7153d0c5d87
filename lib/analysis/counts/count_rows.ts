import { type Cell, configName } from "../../model/mod.ts";
import type { CountRow } from "../../stats/mod.ts";

/** Scored cells as regressions read them: levels of benchmark, model, harness and config, clustered by run. */
export function countRows(cells: readonly Cell[]): CountRow[] {
  return cells.filter((c) => c.verdict !== null).map((c) => ({
    levels: { benchmark: c.benchmark, model: c.model, harness: c.harness, config: configName(c.harness, c.model) },
    cluster: c.run,
    n: c.sessions,
    k: c.verdict === 1 ? c.sessions : 0,
  }));
}
