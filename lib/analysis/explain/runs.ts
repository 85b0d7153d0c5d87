import type { Cell } from "../../model/mod.ts";
import { groupBy, tally } from "../counts/tally.ts";

/** Runs that hold more than one benchmark, harness or model, by name: their sessions are not alike by design. */
export function mixedRuns(cells: readonly Cell[]): string[] {
  const runs = groupBy(tally(cells, ["run", "benchmark", "harness", "model"]), (t) => t.run);
  return [...runs].filter(([, of]) => of.length > 1).map(([run]) => run).sort();
}
