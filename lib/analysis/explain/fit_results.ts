import type { Cell } from "../../model/mod.ts";
import type { Covariance, LinearModel } from "../../stats/mod.ts";
import { FACTORS } from "./factors.ts";
import type { Note } from "../counts/note.ts";
import {
  type EtaSquared,
  etaSquaredOf,
  type FactorShares,
  type IncrementalShares,
  type LinearFit,
  linearFit,
  linearModel,
  modelNotes,
  shares,
} from "./fits.ts";
import { type LogitFit, logitFit } from "./logit.ts";
import type { FitOptions } from "./reference.ts";

/** The keys of `results.json` that are fitted; a fit is null where the data cannot carry it. */
export interface FitResults {
  /** One-way shares of variance. */
  eta_squared: EtaSquared;
  /** Linear regression with White's HC1 errors. */
  lpm_hc1: LinearFit | null;
  /** The same with HC3 errors. */
  lpm_hc3: LinearFit | null;
  /** The same with classical errors. */
  lpm_nonrobust: LinearFit | null;
  /** The same with errors clustered by run (CR1). */
  lpm_cluster_run: LinearFit | null;
  /** R2 lost without each factor. */
  incremental_r2: IncrementalShares | null;
  /** The order-free share of R2 of each factor. */
  lmg_r2: FactorShares | null;
  /** Logistic regression. */
  logit: LogitFit | null;
}

/** Fits of success on benchmark, model and harness; what cannot be fitted is null, and `notes` says why. */
export function fitResults(cells: readonly Cell[], options: FitOptions = {}): { fits: FitResults; notes: Note[] } {
  const notes: Note[] = [];
  const model = linearModel(cells, options);
  if (model === null) {
    notes.push({ key: "lpm_hc1", note: "no regression: the scored sessions have one outcome or none" });
  } else notes.push(...modelNotes(model, "lpm_hc1"), ...chosenNotes(model, options));
  const linear = (kind: Covariance, key: string): LinearFit | null => {
    if (model === null) return null;
    const { fit, notes: more } = linearFit(model, kind, key);
    notes.push(...more);
    return fit;
  };
  const fits = {
    eta_squared: etaSquaredOf(cells),
    lpm_hc1: linear("HC1", "lpm_hc1"),
    lpm_hc3: linear("HC3", "lpm_hc3"),
    lpm_nonrobust: linear("classical", "lpm_nonrobust"),
    lpm_cluster_run: linear("CR1", "lpm_cluster_run"),
  };
  const all = shares(cells);
  const logit = logitFit(cells, options);
  notes.push(...logit.notes);
  return {
    fits: {
      ...fits,
      incremental_r2: all?.incremental ?? null,
      lmg_r2: all?.lmg ?? null,
      logit: logit.fit,
    },
    notes,
  };
}

/** Which levels effects are told over where nobody said which. */
function chosenNotes(model: LinearModel, { reference = {} }: FitOptions): Note[] {
  const chosen = FACTORS.filter((factor) => reference[factor] === undefined)
    .map((factor) => `${factor}=${model.references[factor]?.level}`);
  return chosen.length === 0 ? [] : [{
    key: "lpm_hc1",
    note: `effects are told over the most frequent levels: ${chosen.join(", ")}`,
  }];
}
