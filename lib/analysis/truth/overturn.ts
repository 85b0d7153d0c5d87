import type { Headline, HeadlineCell, HeadlineForm } from "./headline.ts";
import { searchLinear, searchPair, searchQuadratic } from "./overturn_search.ts";

/** Verdicts of one cell that would have to be wrong. */
export interface WrongVerdicts {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** Judged solved, in truth not. */
  false_successes: number;
  /** Judged unsolved, in truth solved. */
  false_failures: number;
}

/** The smallest misclassification that overturns a headline, with errors allowed in one place. */
export interface OverturnRow {
  /** Id of the headline. */
  headline: string;
  /** The headline in a sentence. */
  title: string;
  /** `anywhere`, or the harness in which all errors lie. */
  where: string;
  /** Scored sessions there. */
  n: number;
  /** No fewer wrong verdicts than this can overturn it; null where it is proven that none there can. */
  at_least: number | null;
  /** This many do, as `errors` shows; null where none were found. Equal to `at_least` where the search is exact. */
  at_most: number | null;
  /** at_most / n. */
  share: number | null;
  /**
   * If errors were not picked but struck evenly: the share of all judged successes there (of all judged failures) that
   * would have to be false; null where not even all of them would do, or where the headline is about two cells.
   */
  false_success_share: number | null;
  /** The same of judged failures. */
  false_failure_share: number | null;
  /** Which verdicts, by cell. */
  errors: WrongVerdicts[];
}

/**
 * For each headline that holds: the fewest verdicts that, if wrong, would overturn it, wherever they are and within each
 * harness alone. Exact for coefficients (the successes enter linearly) and for statements on two cells (every pair of
 * counts is tried); for shares of R2 a proven lower bound and a found upper bound. Headlines that do not hold, or cannot
 * be asked of these cells, have no row.
 */
export function overturn(cells: readonly HeadlineCell[], asked: readonly Headline[]): OverturnRow[] {
  const harnesses = [...new Set(cells.map((c) => c.harness))].sort();
  return asked.flatMap(({ id, title, holds, form }) => {
    if (!holds || !form) return [];
    return ["anywhere", ...harnesses].flatMap((where): OverturnRow[] => {
      const allowed = cells.map((c) => where === "anywhere" || c.harness === where);
      const inPair = form.kind === "pair" ? [form.first, form.second] : [];
      if (form.kind === "pair" && (where !== "anywhere")) return [];
      const n = cells.reduce(
        (sum, c, i) => sum + ((form.kind === "pair" ? inPair.includes(i) : allowed[i]) ? c.n : 0),
        0,
      );
      const { atLeast, atMost, changes } = search(form, cells, allowed);
      return [{
        headline: id,
        title,
        where: form.kind === "pair" ? "its two cells" : where,
        n,
        at_least: atLeast,
        at_most: atMost,
        share: atMost === null ? null : atMost / n,
        false_success_share: evenShare(form, cells, allowed, "successes"),
        false_failure_share: evenShare(form, cells, allowed, "failures"),
        errors: errorsOf(cells, changes),
      }];
    });
  });
}

function search(form: HeadlineForm, cells: readonly HeadlineCell[], allowed: readonly boolean[]) {
  switch (form.kind) {
    case "linear":
      return searchLinear(form.weights, cells, allowed);
    case "quadratic":
      return searchQuadratic(form.along, form.against, cells, allowed);
    case "pair":
      return searchPair(form, cells);
  }
}

function errorsOf(cells: readonly HeadlineCell[], changes: readonly number[]): WrongVerdicts[] {
  return cells.flatMap(({ benchmark, harness, model }, i) => {
    const change = changes[i] ?? 0;
    if (!change) return [];
    const [false_successes, false_failures] = change < 0 ? [-change, 0] : [0, change];
    return [{ benchmark, harness, model, false_successes, false_failures }];
  });
}

/** Above zero where a headline holds, for any counts of successes, whole or not. */
function margin(form: HeadlineForm, k: readonly number[]): number {
  const along = (directions: readonly (readonly number[])[]) =>
    directions.reduce((sum, d) => sum + d.reduce((s, v, i) => s + v * (k[i] ?? 0), 0) ** 2, 0);
  if (form.kind === "linear") return form.weights.reduce((sum, w, i) => sum + w * (k[i] ?? 0), 0);
  return form.kind === "quadratic" ? along(form.along) - along(form.against) : NaN;
}

/** The smallest even share of wrong verdicts of one kind, by scanning for the first change of sign, then bisection. */
function evenShare(
  form: HeadlineForm,
  cells: readonly HeadlineCell[],
  allowed: readonly boolean[],
  kind: "successes" | "failures",
): number | null {
  if (form.kind === "pair") return null;
  const at = (share: number) =>
    margin(
      form,
      cells.map((c, i) => !allowed[i] ? c.k : kind === "successes" ? c.k * (1 - share) : c.k + (c.n - c.k) * share),
    );
  const steps = 1000;
  // All of them wrong leaves nothing to compare: that is no overturning.
  for (let s = 1; s < steps; s++) {
    if (at(s / steps) > 0) continue;
    let [lo, hi] = [(s - 1) / steps, s / steps];
    for (let i = 0; i < 40; i++) {
      const mid = (lo + hi) / 2;
      if (at(mid) > 0) lo = mid;
      else hi = mid;
    }
    return hi;
  }
  return null;
}
