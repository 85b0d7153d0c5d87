import type { Cell } from "../../model/mod.ts";
import type { Covariance } from "../../stats/mod.ts";
import { etaSquaredOf, linearFit, linearModel, modelNotes, shares } from "./fits.ts";
import { logitFit } from "./logit.ts";
import type { FitOptions } from "./reference.ts";
import type { LinearFit, Note, Results } from "../types.ts";

/** The keys of `results.json` that are fitted. */
export type FitResults = Pick<
  Results,
  | "eta_squared"
  | "lpm_hc1"
  | "lpm_hc3"
  | "lpm_nonrobust"
  | "lpm_cluster_run"
  | "incremental_r2"
  | "lmg_r2"
  | "logit"
>;

/** Fits of success on benchmark, model and harness; what cannot be fitted is null, and `notes` says why. */
export function fitResults(cells: readonly Cell[], options: FitOptions = {}): { fits: FitResults; notes: Note[] } {
  const notes: Note[] = [];
  const model = linearModel(cells, options);
  if (model === null) {
    notes.push({ key: "lpm_hc1", note: "no regression: the scored sessions have one outcome or none" });
  } else notes.push(...modelNotes(model, "lpm_hc1"));
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
