import type { Cell, OfficialRate } from "../../model/mod.ts";
import { type CountRow, fitLinear, holm, type LinearTerms, linearTerms, type ModelSpec } from "../../stats/mod.ts";
import { type FitOptions, specOf } from "../explain/reference.ts";
import { varies } from "../explain/fits.ts";
import { FACTORS } from "../explain/factors.ts";
import { comparableSuites, type SuiteComparability } from "./comparable.ts";
import { judgedCounts, MIN_STEPS, officialCounts, ownOfficialRates, sharedCells, sharedCounts } from "./official.ts";

/** Whose verdicts, on which cells; in the order in which they are shown. */
export const COEFFICIENT_SETS = [
  "judged, all cells",
  "judged, shared cells",
  "official, shared cells",
  "official, active cells",
] as const;

/** All suites, or only those where judged and graded sessions are work of the same size. */
export const COEFFICIENT_SUITES = ["all suites", "comparable suites"] as const;

/** A harness's adjusted effect on success by one set of verdicts. */
export interface CoefficientRow {
  /** The harness. */
  harness: string;
  /** Whose verdicts, on which cells. */
  verdicts: typeof COEFFICIENT_SETS[number];
  /** On which suites. */
  suites: typeof COEFFICIENT_SUITES[number];
  /** Sessions. */
  n: number;
  /** Cells of benchmark, harness and model. */
  cells: number;
  /** Share of successes over the reference harness, benchmark and model held fixed. */
  estimate: number;
  /** 95% for new sessions of these very cells (HC1); null where the outcomes do not vary. */
  these_cells: { lo: number; hi: number } | null;
  /** 95% for new cells of these levels (CR2 by cell); null where the harness or its reference has too few. */
  new_cells: { lo: number; hi: number; p: number } | null;
}

/** An interval of a difference, and its p corrected for the harnesses asked (Holm). */
export interface TurnInterval {
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end. */
  hi: number;
  /** Of no difference. */
  p_holm: number;
}

/** Judged less official coefficient of a harness on the cells that both have. */
export interface CoefficientTurn {
  /** The harness. */
  harness: string;
  /** On which suites. */
  suites: typeof COEFFICIENT_SUITES[number];
  /** Judged less official, as a share of sessions. */
  difference: number;
  /** For new sessions of these very cells (HC1). */
  these_cells: TurnInterval | null;
  /** For new cells, the two sides paired by cell (CR2); null where the harness or its reference has too few. */
  new_cells: TurnInterval | null;
}

/** What each harness adds, by whose verdicts. */
export interface Coefficients {
  /** The harness that the others are compared with. */
  reference: string;
  /** A row a harness, set of verdicts and choice of suites. */
  rows: CoefficientRow[];
  /** Whether the coefficient depends on who grades. */
  turns: CoefficientTurn[];
  /** Which suites can be held against grades like for like. */
  suites: SuiteComparability[];
}

/**
 * The regression of success on benchmark, model and harness by the judge's verdicts and by official grades: on all cells, on
 * those that both have, on those where an agent started, each with and without suites whose judged and graded sessions are
 * not the same work. Two intervals: for these cells (their sessions could have been others), and for new cells of the same
 * levels, where interaction of harness, model and benchmark counts as well. Null where nothing is graded, or success does not
 * vary.
 *
 * @param options the harness to compare with; the most frequent one unless given
 */
export function coefficients(
  cells: readonly Cell[],
  rates: readonly OfficialRate[],
  options: FitOptions = {},
): Coefficients | null {
  const own = ownOfficialRates(rates), shared = sharedCells(cells, rates);
  if (!shared.length) return null;
  const spec = specOf(cells.filter((c) => c.verdict !== null), options);
  const reference = harnessOf(spec) ?? "";
  const suites = comparableSuites(cells, rates);
  const like = new Set(suites.filter((s) => s.comparable).map((s) => s.benchmark));
  const sets: Record<typeof COEFFICIENT_SETS[number], CountRow[]> = {
    "judged, all cells": judgedCounts(cells).filter((r) => r.n > 0),
    "judged, shared cells": sharedCounts(shared, "judged"),
    "official, shared cells": sharedCounts(shared, "official"),
    "official, active cells": officialCounts(own.filter((r) => r.steps > MIN_STEPS)),
  };
  const choices = COEFFICIENT_SUITES.filter((choice) =>
    choice === "all suites" || like.size < suites.length && like.size
  );
  const chosen = (rows: readonly CountRow[], choice: typeof COEFFICIENT_SUITES[number]) =>
    choice === "all suites" ? rows : rows.filter((r) => like.has(r.levels.benchmark ?? ""));
  return {
    reference,
    rows: choices.flatMap((choice) =>
      COEFFICIENT_SETS.flatMap((verdicts) => rowsOf(chosen(sets[verdicts], choice), spec, { verdicts, suites: choice }))
    ),
    turns: choices.flatMap((choice) =>
      turnsOf(
        chosen(sets["judged, shared cells"], choice),
        chosen(sets["official, shared cells"], choice),
        spec,
        choice,
      )
    ),
    suites,
  };
}

const HARNESS = "harness=";

function rowsOf(
  rows: readonly CountRow[],
  spec: ModelSpec,
  what: Pick<CoefficientRow, "verdicts" | "suites">,
): CoefficientRow[] {
  if (!varies(rows)) return [];
  const model = fitLinear(rows, spec);
  // Where the reference is not among these cells, the levels would be compared with another.
  if (model.references.harness?.level !== harnessOf(spec)) return [];
  const sessions = linearTerms(model, "HC1").terms, clustered = linearTerms(model, "CR2").terms;
  return model.terms.filter((term) => term.startsWith(HARNESS)).map((term): CoefficientRow => {
    const [these, fresh] = [sessions[term], clustered[term]];
    return {
      harness: term.slice(HARNESS.length),
      ...what,
      n: model.n,
      cells: model.clusters.size,
      estimate: model.coefficients[term]!,
      these_cells: these ? { lo: these.lo, hi: these.hi } : null,
      new_cells: fresh ? { lo: fresh.lo, hi: fresh.hi, p: fresh.pValue } : null,
    };
  });
}

const GRADER = "grader=judge";

/** Both sides in one regression that lets everything depend on the grader: its products are the differences, by cell. */
function turnsOf(
  judged: readonly CountRow[],
  graded: readonly CountRow[],
  spec: ModelSpec,
  suites: CoefficientTurn["suites"],
): CoefficientTurn[] {
  if (!varies(judged) || !varies(graded)) return [];
  const side = (rows: readonly CountRow[], grader: string) =>
    rows.map((r) => ({ ...r, levels: { ...r.levels, grader } }));
  const model = fitLinear([...side(judged, "judge"), ...side(graded, "grades")], {
    factors: [{ name: "grader", reference: "grades" }, ...spec.factors],
    interactions: FACTORS.map((factor) => ["grader", factor] as const),
  });
  if (model.references.harness?.level !== harnessOf(spec)) return [];
  const found = model.terms.filter((term) => term.startsWith(`${GRADER}:${HARNESS}`));
  const these = turnIntervals(found, linearTerms(model, "HC1")),
    fresh = turnIntervals(found, linearTerms(model, "CR2"));
  return found.map((term, i): CoefficientTurn => ({
    harness: term.slice(GRADER.length + 1 + HARNESS.length),
    suites,
    difference: model.coefficients[term]!,
    these_cells: these[i]!,
    new_cells: fresh[i]!,
  }));
}

function turnIntervals(names: readonly string[], { terms }: LinearTerms): (TurnInterval | null)[] {
  const known = names.filter((name) => terms[name]);
  const p = holm(known.map((name) => terms[name]!.pValue));
  return names.map((name) => {
    const term = terms[name];
    return term ? { lo: term.lo, hi: term.hi, p_holm: p[known.indexOf(name)]! } : null;
  });
}

const harnessOf = (spec: ModelSpec) => spec.factors.find((f) => f.name === "harness")?.reference;
