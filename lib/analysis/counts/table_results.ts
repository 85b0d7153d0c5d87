import type { Cell, SourceInfo } from "../../model/mod.ts";
import { reliability, type ReliabilityRow } from "../success/reliability.ts";
import { type CellRow, cellRows, harnessModel, type HarnessModelRow, ultimate, type UltimateRow } from "./cell_rows.ts";
import { coverage, type CoverageRow, modelCoverage, type ModelCoverageRow } from "./coverage.ts";
import {
  type BenchmarkRate,
  type DeploymentRate,
  type HarnessRate,
  type ModelRate,
  ratesBy,
  type Totals,
  totals,
} from "./totals.ts";

/** The part of `results.json` that needs nothing but sessions counted and summed. */
export interface TableResults {
  source: Pick<SourceInfo, "name" | "sha256" | "sessions">;
  totals: Totals;
  by_benchmark: BenchmarkRate[];
  by_harness: HarnessRate[];
  by_model: ModelRate[];
  by_deployment: DeploymentRate[];
  coverage: CoverageRow[];
  model_coverage: ModelCoverageRow[];
  ultimate: UltimateRow[];
  cells: CellRow[];
  reliability: ReliabilityRow[];
  harness_model: HarnessModelRow[];
}

/** The keys of `results.json` that need nothing but sessions counted and summed. */
export function tableResults(info: SourceInfo, cells: readonly Cell[]): TableResults {
  return {
    source: { name: info.name, sha256: info.sha256, sessions: info.sessions },
    totals: totals(cells),
    by_benchmark: ratesBy(cells, ["benchmark"]),
    by_harness: ratesBy(cells, ["harness"]),
    by_model: ratesBy(cells, ["model"]),
    by_deployment: ratesBy(cells, ["deployment"]),
    coverage: coverage(cells),
    model_coverage: modelCoverage(cells),
    ultimate: ultimate(cells),
    cells: cellRows(cells),
    reliability: reliability(cells),
    harness_model: harnessModel(cells),
  };
}
