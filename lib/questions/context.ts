import { cellsOf, type FamilyOf, oneFamily, unpricedTable } from "../analysis/mod.ts";
import { settledNames } from "../figures/mod.ts";
import type { Dataset } from "../model/mod.ts";
import { seededRandom } from "../stats/mod.ts";
import type { QuestionContext } from "./question.ts";

/** What {@link questionContext} is told; everything has a neutral default. */
export type QuestionOptions = Partial<Omit<QuestionContext, "source" | "random">>;

/**
 * The context that questions of a dataset are asked in: names as they are in colours that each keeps, no prices, the families that
 * it was loaded with, else one, the most frequent levels as references, seed 1, no official grades, no claims; what `options` give stands in their
 * place.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { questionContext, loadDataset } from "agent-trace-lab";
 * const dataset = await loadDataset("data/examples/sessions.jsonl", { families: { invoices: "office" } });
 * equal(questionContext(dataset).familyOf("invoices"), "office");
 * ```
 */
export function questionContext(dataset: Dataset, options: QuestionOptions = {}): QuestionContext {
  const { seed = 1 } = options;
  return {
    prices: unpricedTable(),
    familyOf: familiesOf(dataset),
    reference: {},
    singleCap: null,
    failedCostBand: null,
    notAgents: [],
    baseChoice: "as they are",
    grades: null,
    claims: null,
    ...options,
    source: dataset.info.caption,
    names: options.names ?? namesOf(dataset),
    seed,
    random: () => seededRandom(seed),
  };
}

function familiesOf({ families }: Dataset): FamilyOf {
  return families ? (benchmark) => families[benchmark] ?? benchmark : oneFamily;
}

function namesOf(dataset: Dataset) {
  const cells = cellsOf(dataset);
  return settledNames({
    benchmark: cells.map((cell) => cell.benchmark),
    harness: cells.map((cell) => cell.harness),
    model: cells.map((cell) => cell.model),
  });
}
