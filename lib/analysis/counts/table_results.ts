import type { Cell, SourceInfo } from "../../model/mod.ts";
import { cellRows, harnessModel, ultimate } from "./cell_rows.ts";
import { coverage, modelCoverage } from "./coverage.ts";
import { reliability } from "../success/reliability.ts";
import { ratesBy, totals } from "./totals.ts";
import type { TableResults } from "../types.ts";

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
