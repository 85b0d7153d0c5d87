import type { Cell } from "../../model/mod.ts";
import { fitLinear, fitLogit, type ModelSpec } from "../../stats/mod.ts";
import { countRows } from "../counts/count_rows.ts";
import { shares, varies } from "./fits.ts";
import { type Factor, FACTORS } from "./factors.ts";
import { shareOf } from "./share.ts";
import { MIN_CELL_N } from "../success/reliability.ts";
import { tally } from "../counts/tally.ts";

/** The harness and model shares under one choice of data or model; null where the choice cannot be fitted. */
export interface SensitivityRow {
  /** What was chosen otherwise. */
  choice: string;
  /** Which kind of choice. */
  kind: "base" | "likelihood" | "left out" | "cells" | "interactions" | "order-free";
  /** What a level is left out of; null where none is. */
  factor: Factor | null;
  /** What is measured. */
  measure: "R2" | "McFadden R2";
  /** Scored sessions. */
  n: number;
  /** Share of the harness. */
  harness: number | null;
  /** Share of the model. */
  model: number | null;
  /** Share of the benchmark. */
  benchmark: number | null;
  /** Of all three together. */
  full: number | null;
  /** What a reader must know of it; null where there is nothing. */
  note: string | null;
}

/**
 * The harness and model shares under other choices: the order-free share, a logistic model (McFadden's R2), without
 * each benchmark, model and harness in turn, cells of n >= 5 only, and with all two-way interactions (a factor's share
 * is then everything that is lost without it and its products). A choice that leaves nothing to explain has null shares
 * and a note.
 *
 * @param base what the first row, the shares of all scored sessions, is called
 */
export function sensitivity(cells: readonly Cell[], base = "as they are"): SensitivityRow[] {
  const scored = cells.filter((c) => c.verdict !== null);
  return [
    incremental(scored, "base", base),
    orderFree(scored),
    logistic(scored),
    incremental(largeCells(scored), "cells", `cells of n >= ${MIN_CELL_N} only`),
    interacting(scored),
    ...FACTORS.flatMap((factor) => {
      const levels = tally(scored, [factor]).map((t) => t[factor]);
      return levels.length < 2 ? [] : levels.map((level) => {
        return { ...incremental(scored.filter((c) => c[factor] !== level), "left out", `without ${level}`), factor };
      });
    }),
  ];
}

type Kind = SensitivityRow["kind"];
type Measured = Record<Factor, number | null> & { full: number };

function incremental(cells: readonly Cell[], kind: Kind, choice: string): SensitivityRow {
  const thin = unvaried(cells), measured = shares(cells)?.incremental ?? null;
  const note = thin.length ? `only one ${thin.join(" and one ")} is left, which has no share` : null;
  const none = Object.fromEntries(thin.map((factor) => [factor, null]));
  return rowOf(cells, kind, choice, "R2", measured && { ...measured, ...none }, note);
}

function orderFree(cells: readonly Cell[]): SensitivityRow {
  const all = shares(cells);
  const measured = all && { ...all.lmg, full: all.incremental.full };
  return rowOf(cells, "order-free", "order-free share (LMG)", "R2", measured, null);
}

/** McFadden's R2, 1 - log-likelihood / that of the intercept alone, lost without each factor. */
function logistic(cells: readonly Cell[]): SensitivityRow {
  const rows = countRows(cells);
  const name = "logistic regression";
  if (!varies(rows)) return rowOf(cells, "likelihood", name, "McFadden R2", null, null);
  const fit = (names: readonly Factor[]) => fitLogit(rows, { factors: names.map((factor) => ({ name: factor })) });
  const all = fit(FACTORS);
  const without = (factor: Factor) => fit(FACTORS.filter((other) => other !== factor)).logLikelihood;
  const lost = (factor: Factor) => (all.logLikelihood - without(factor)) / -all.nullLogLikelihood;
  const separated = Object.keys(all.separated);
  const note = separated.length ? `perfect prediction in ${separated.join(", ")}` : null;
  return rowOf(cells, "likelihood", name, "McFadden R2", {
    benchmark: lost("benchmark"),
    model: lost("model"),
    harness: lost("harness"),
    full: 1 - all.logLikelihood / all.nullLogLikelihood,
  }, note);
}

function interacting(cells: readonly Cell[]): SensitivityRow {
  const rows = countRows(cells);
  const name = "with two-way interactions";
  if (!varies(rows)) return rowOf(cells, "interactions", name, "R2", null, null);
  const fit = (names: readonly Factor[]) => fitLinear(rows, withProducts(names));
  const all = fit(FACTORS);
  const lost = (factor: Factor) => all.rSquared - fit(FACTORS.filter((other) => other !== factor)).rSquared;
  const gone = all.dropped.length;
  const note = gone === 0
    ? null
    : `${gone} of ${gone + all.terms.length} terms have no data of their own${
      isOneRun(cells) ? ": run and interaction are one where a cell has one run" : ""
    }`;
  return rowOf(cells, "interactions", name, "R2", {
    benchmark: lost("benchmark"),
    model: lost("model"),
    harness: lost("harness"),
    full: all.rSquared,
  }, note);
}

function withProducts(names: readonly Factor[]): ModelSpec {
  const interactions = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
  return { factors: names.map((name) => ({ name })), interactions };
}

/** Whether what one benchmark, harness and model solved rests on one run of several sessions. */
function isOneRun(cells: readonly Cell[]): boolean {
  const runs = Map.groupBy(
    tally(cells, ["benchmark", "harness", "model", "run"]),
    (row) => JSON.stringify([row.benchmark, row.harness, row.model]),
  );
  return [...runs.values()].some((of) => of.length === 1 && of[0]!.n > 1);
}

function largeCells(cells: readonly Cell[]): Cell[] {
  const key = (c: { benchmark: string; harness: string; model: string }) =>
    JSON.stringify([c.benchmark, c.harness, c.model]);
  const large = new Set(tally(cells, ["benchmark", "harness", "model"]).filter((t) => t.n >= MIN_CELL_N).map(key));
  return cells.filter((c) => large.has(key(c)));
}

/** Factors of one level. */
function unvaried(cells: readonly Cell[]): Factor[] {
  return FACTORS.filter((factor) => tally(cells, [factor]).length === 1);
}

function rowOf(
  cells: readonly Cell[],
  kind: Kind,
  choice: string,
  measure: SensitivityRow["measure"],
  measured: Measured | null,
  note: string | null,
): SensitivityRow {
  return {
    choice,
    kind,
    factor: null,
    measure,
    n: cells.reduce((a, c) => a + c.sessions, 0),
    harness: shareOf(measured?.harness ?? null),
    model: shareOf(measured?.model ?? null),
    benchmark: shareOf(measured?.benchmark ?? null),
    full: shareOf(measured?.full ?? null),
    note: measured === null ? "every outcome is the same: nothing to explain" : note,
  };
}
