import { cellsOf, correctedCoefficients, type ExplainedRow, whatExplains } from "../../analysis/mod.ts";
import type { Dataset } from "../../model/mod.ts";
import { pct, points } from "../../figures/mod.ts";
import { harnessEffect } from "../../questions/explain/harness_effect.ts";
import { whatExplainsSuccess } from "../../questions/truth/what_explains_success.ts";
import { foundOf } from "../found.ts";
import type { Sentence } from "./told.ts";

const sharesOf = ({ lo, hi }: ExplainedRow["harness"]) => `${pct(lo, 1)} to ${pct(hi, 1)}`;

/** Whether harness or model explains more of success. */
export const explains: Sentence = ({ dataset, answered }) => {
  const rows = foundOf(answered, whatExplainsSuccess) ?? whatExplains(cellsOf(dataset), []);
  const row = rows.find(({ verdicts }) => verdicts === "judged, all cells");
  if (!row) return null;
  const { harness, model } = row;
  if (harness.share === 0 && model.share === 0) return null;
  // A factor with one level explains nothing by design; that is no finding.
  const scored = cellsOf(dataset).filter((cell) => cell.verdict !== null);
  const levels = (of: "harness" | "model") => new Set(scored.map((cell) => cell[of])).size;
  if (levels("harness") < 2 || levels("model") < 2) return null;
  const shares = `the harness ${sharesOf(harness)} of the variance of success and the model ${
    sharesOf(model)
  } (95%, new cells, beyond what chance explains)`;
  if (harness.lo > model.hi) return `The harness explains more than the model: ${shares}.`;
  if (model.lo > harness.hi) return `The model explains more than the harness: ${shares}.`;
  return `Whether harness or model explains more cannot be told: ${shares}.`;
};

/** The largest difference that a harness makes. */
export const harnessAdds: Sentence = ({ dataset, answered, names }) => {
  const rows = foundOf(answered, harnessEffect)?.rows.filter((row) => row.factor === "harness") ?? [];
  const told = rows.flatMap((row) => {
    const interval = row.small_sample ?? row.cr1 ?? row.hc1;
    return interval ? [{ row, interval }] : [];
  }).sort((a, b) => Math.abs(b.row.estimate) - Math.abs(a.row.estimate));
  const [largest] = told;
  if (!largest) return null;
  const { row: { level, reference, estimate, withheld }, interval: { lo, hi } } = largest;
  const range = `${points(estimate)} (95% ${points(lo)} to ${points(hi)}${withheld ? ", for these very runs" : ""})`;
  const more = lo > 0 || hi < 0
    ? `is ${lo > 0 ? "above" : "below"} ${names.harness(reference)}`
    : `cannot be told from ${names.harness(reference)}`;
  const corrected = correctedBy(dataset, level, reference);
  return `With model and benchmark held fixed ${names.harness(level)} ${more}${
    corrected ? " as judged" : ""
  }: ${range}${corrected ? `; ${corrected}` : ""}.`;
};

/** The same difference corrected for the judge's mistakes by sessions with a grade, where these are enough. */
function correctedBy(dataset: Dataset, level: string, reference: string): string | null {
  if (dataset.held !== "all") return null;
  try {
    const found = correctedCoefficients(dataset.sessions, { reference: { harness: reference } });
    const term = found?.why === null ? found.terms.find(({ name }) => name === `harness=${level}`) : undefined;
    return term
      ? `corrected by the sessions with a grade ${points(term.estimate)} (95% ${points(term.lo)} to ${points(term.hi)})`
      : null;
  } catch (error) {
    // Too few are graded, or levels cannot be told apart by them.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
