import type { Cell } from "../../model/mod.ts";
import {
  type CountRow,
  type Covariance,
  etaSquared,
  fitLinear,
  type LinearModel,
  linearTerms,
  sharesOfR2,
} from "../../stats/mod.ts";
import { countRows } from "../counts/count_rows.ts";
import { FACTORS } from "./factors.ts";
import { type FitOptions, specOf } from "./reference.ts";
import type { EtaSquared, FactorShares, IncrementalShares, LinearFit, Note } from "../types.ts";

/** The linear probability model of scored cells; null when nothing is scored or every outcome is the same. */
export function linearModel(cells: readonly Cell[], options: FitOptions = {}): LinearModel | null {
  const rows = countRows(cells);
  return varies(rows) ? fitLinear(rows, specOf(cells, options)) : null;
}

/** A model under one covariance, as `results.json` has it; terms without a standard error are named in `notes`. */
export function linearFit(model: LinearModel, kind: Covariance, key: string): { fit: LinearFit; notes: Note[] } {
  const { terms, withheld } = linearTerms(model, kind, { withhold: false });
  return {
    fit: {
      n: model.n,
      r_squared: model.rSquared,
      adj_r_squared: model.adjRSquared,
      terms: Object.fromEntries(
        Object.entries(terms).map(([name, t]) => [
          name,
          { estimate: t.estimate, std_error: t.stdError, lo: t.lo, hi: t.hi, p: t.pValue },
        ]),
      ),
    },
    notes: Object.entries(withheld).map(([term, why]) => ({ key, note: `${term} is left out: ${why}` })),
  };
}

/** R2 lost without each factor, and the order-free share; null as {@link linearModel}. */
export function shares(cells: readonly Cell[]): { incremental: IncrementalShares; lmg: FactorShares } | null {
  const rows = countRows(cells);
  if (!varies(rows)) return null;
  const { full, incremental, lmg } = sharesOfR2(rows, FACTORS);
  return { incremental: { ...byFactor(incremental), full }, lmg: byFactor(lmg) };
}

/** One-way eta squared of each factor and of the config; null when every outcome is the same. */
export function etaSquaredOf(cells: readonly Cell[]): EtaSquared {
  const rows = countRows(cells);
  const eta = (factor: string) => varies(rows) ? etaSquared(rows, factor) : null;
  return { harness: eta("harness"), model: eta("model"), benchmark: eta("benchmark"), config: eta("config") };
}

/** What a reader must know of the model: replaced references, terms the data cannot tell apart. */
export function modelNotes(model: LinearModel, key: string): Note[] {
  const references = Object.values(model.references).flatMap((r) => r.note === null ? [] : [r.note]);
  const dropped = model.dropped.map(({ term, reason, with: others }) =>
    reason === "empty"
      ? `${term} has no scored session and no coefficient`
      : `${term} cannot be told apart from ${others.join(", ")} and has no coefficient`
  );
  return [...references, ...dropped].map((note) => ({ key, note }));
}

/** Whether there are successes and failures to explain. */
export function varies(rows: readonly CountRow[]): boolean {
  const n = rows.reduce((a, r) => a + r.n, 0);
  const k = rows.reduce((a, r) => a + r.k, 0);
  return k > 0 && k < n;
}

function byFactor(values: Record<string, number>): FactorShares {
  const { benchmark = 0, model = 0, harness = 0 } = values;
  return { benchmark, model, harness };
}
