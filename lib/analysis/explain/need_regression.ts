import type { FactorShares, IncrementalShares, LinearFit } from "./fits.ts";
import type { CellResults } from "../counts/results.ts";

/**
 * The regression's part of the results, where there is one.
 *
 * @throws {Error} where none can be fitted, saying why
 */
export function needRegression(
  { source, incremental_r2: gain, lmg_r2: lmg, lpm_hc1: hc1, notes }: CellResults,
): { gain: IncrementalShares; lmg: FactorShares; hc1: LinearFit } {
  if (gain && lmg && hc1) return { gain, lmg, hc1 };
  const why = notes.find(({ key }) => key === "lpm_hc1")?.note ?? "no regression";
  throw new Error(`${source.name}: ${why}, and this notebook is about what explains success; give a source with both`);
}
