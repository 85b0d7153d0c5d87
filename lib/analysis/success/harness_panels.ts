import type { Cell } from "../../model/mod.ts";
import { type CellRow, cellRows } from "../counts/cell_rows.ts";
import { fisherExact, holm, mantelHaenszel, type StratifiedRates, wilson, Z95 } from "../../stats/mod.ts";
import { groupBy } from "../counts/tally.ts";
import type { HarnessRate } from "../counts/totals.ts";

/** How far the mean tokens of harnesses lie apart, for a model on a benchmark. */
export interface TokenSpreadRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The model family. */
  model: string;
  /** Largest over smallest mean tokens among the harnesses. */
  ratio: number;
}

/** One harness of a report card. */
export interface ReportCardBar extends HarnessRate {
  /** Successes over sessions of all shared benchmarks in one pot: a harness that was tried more on an easy one gains by it. */
  pooled_rate: number;
}

/** One model's harnesses on the benchmarks that all of them ran. */
export interface ReportCardRow {
  /** The model family. */
  model: string;
  /** Benchmarks that all of them ran. */
  shared: string[];
  /** Best less worst rate. */
  gap: number;
  /** One row a harness. */
  bars: ReportCardBar[];
}

/** The harnesses at the ends of a report card, compared within the benchmarks that they share. */
export interface ReportCardTest {
  /** The model family. */
  model: string;
  /** The harness with the highest balanced rate. */
  best: string;
  /** The one with the lowest. */
  worst: string;
  /** Best less worst within benchmarks (Mantel and Haenszel). */
  difference: { estimate: number; lo: number; hi: number };
  /** Of no difference, corrected for all pairs of harnesses of all models (Holm). */
  p_holm: number;
  /** Pairs of this model's harnesses whose order by the pooled rate is the opposite of that within benchmarks. */
  turned: { first: string; second: string; simpson: NonNullable<StratifiedRates["simpson"]> | "order" }[];
}

/** One model's harnesses on one benchmark. */
export interface HarnessPanelRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The model family. */
  model: string;
  /** Best less worst rate. */
  gap: number;
  /** One row a harness. */
  bars: HarnessRate[];
}

/** The harnesses at the ends of a panel, compared. */
export interface HarnessPanelTest {
  /** The suite of tasks. */
  benchmark: string;
  /** The model family. */
  model: string;
  /** Of no difference between best and worst (Fisher), corrected for all pairs of harnesses of all panels (Holm). */
  p_holm: number;
}

/** Scored sessions a cell must have to be compared with another harness on the same benchmark. */
export const MIN_PANEL_N = 5;
/** Scored sessions in such cells that a harness must have to qualify for a model's report card. */
export const MIN_CARD_N = 10;
/** Scored sessions a cell must have for its mean tokens to be compared. */
export const MIN_SPREAD_N = 10;

/** Harnesses side by side for each (benchmark, model) with at least two of n >= 5; gap = best - worst rate. */
export function harnessPanels(cells: readonly Cell[]): HarnessPanelRow[] {
  return pairs(cells, MIN_PANEL_N).map(({ benchmark, model, rows }) => {
    const bars = rows.map(({ harness, n, k, rate, lo, hi }) => ({ harness, n, k, rate, lo, hi }));
    return { benchmark, model, gap: gapOf(bars), bars };
  });
}

/** Whether best and worst harness of each panel differ, corrected for every pair that could have been asked. */
export function harnessPanelTests(panels: readonly HarnessPanelRow[]): HarnessPanelTest[] {
  const compared = panels.map(({ benchmark, model, bars }) => {
    const ranked = bars.toSorted((a, b) => b.rate - a.rate || (a.harness < b.harness ? -1 : 1));
    const ends = [ranked[0], ranked.at(-1)];
    const pairs = ranked.flatMap((first, i) => ranked.slice(i + 1).map((second) => [first, second] as const));
    return { benchmark, model, pairs, of: pairs.findIndex(([a, b]) => a === ends[0] && b === ends[1]) };
  });
  const p = holm(
    compared.flatMap(({ pairs }) => pairs.map(([a, b]) => fisherExact({ k1: a.k, n1: a.n, k2: b.k, n2: b.n }).pValue)),
  );
  let at = 0;
  return compared.map(({ benchmark, model, pairs, of }) => {
    const p_holm = p[at + of]!;
    at += pairs.length;
    return { benchmark, model, p_holm };
  });
}

/**
 * Harnesses side by side per model, over the benchmarks that every qualifying harness of that model ran with n >= 5. A
 * harness qualifies with at least 10 sessions in such cells; two must. Models whose harnesses share none are left out.
 * `rate` is the mean of the harness's rates on these benchmarks, each counting the same, with a 95% interval for new sessions
 * of the same cells; `pooled_rate` is that of all its sessions there.
 */
export function reportCard(cells: readonly Cell[]): ReportCardRow[] {
  return cards(cells).map(({ model, shared, harnesses }) => {
    const bars = harnesses.map(({ harness, on }): ReportCardBar => {
      const [n, k] = [sum(on, "n"), sum(on, "k")];
      return { harness, n, k, ...balancedRate(on), pooled_rate: k / n };
    });
    return { model, shared, gap: gapOf(bars), bars };
  });
}

/**
 * Whether the harnesses at the ends of each report card differ within the benchmarks that they share, corrected for every
 * pair that could have been asked, and which pairs pooling puts in the wrong order.
 */
export function reportCardTests(cells: readonly Cell[]): ReportCardTest[] {
  const compared = cards(cells).map(({ model, harnesses }) => {
    const ranked = harnesses.map(({ harness, on }) => ({
      harness,
      on,
      ...balancedRate(on),
      pooled: sum(on, "k") / sum(on, "n"),
    }))
      .sort((a, b) => b.rate - a.rate || (a.harness < b.harness ? -1 : 1));
    const pairs = ranked.flatMap((first, i) =>
      ranked.slice(i + 1).map((second) => ({ first, second, found: within(first.on, second.on) }))
    );
    return { model, ranked, pairs };
  });
  const p = holm(compared.flatMap(({ pairs }) => pairs.map(({ found }) => found.difference.pValue)));
  let at = 0;
  return compared.map(({ model, ranked, pairs }) => {
    const start = at;
    at += pairs.length;
    // Pairs stand with the best harness first; its last pair is with the worst.
    const ends = ranked.length - 2, { estimate, lo, hi } = pairs[ends]!.found.difference;
    return {
      model,
      best: ranked[0]!.harness,
      worst: ranked.at(-1)!.harness,
      difference: { estimate, lo, hi },
      p_holm: p[start + ends]!,
      turned: pairs.flatMap(({ first, second, found }) => {
        const order = Math.sign(first.pooled - second.pooled) * Math.sign(found.difference.estimate) < 0;
        if (!order) return [];
        return [{ first: first.harness, second: second.harness, simpson: found.simpson ?? "order" as const }];
      }),
    };
  });
}

function within(first: readonly CellRow[], second: readonly CellRow[]): StratifiedRates {
  return mantelHaenszel(first.flatMap((a) => {
    const b = second.find((c) => c.benchmark === a.benchmark);
    return b ? [{ k1: a.k, n1: a.n, k2: b.k, n2: b.n }] : [];
  }));
}

/** Each model with harnesses that qualify, and their cells on the benchmarks that all of them ran. */
function cards(cells: readonly Cell[]) {
  const rows = cellRows(cells).filter((c) => c.n >= MIN_PANEL_N);
  return [...groupBy(rows, (c) => c.model)].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([model, of]) => {
    const harnesses = [...groupBy(of, (c) => c.harness)].filter(([, own]) => sum(own, "n") >= MIN_CARD_N);
    const shared = [...new Set(of.map((c) => c.benchmark))].sort()
      .filter((b) => harnesses.every(([, own]) => own.some((c) => c.benchmark === b)));
    if (harnesses.length < 2 || shared.length === 0) return [];
    return [{
      model,
      shared,
      harnesses: harnesses.map(([harness, own]) => ({ harness, on: own.filter((c) => shared.includes(c.benchmark)) })),
    }];
  });
}

/** Mean of rates that count the same, its Wilson bounds added in squares; of one rate, Wilson's own. */
function balancedRate(rows: readonly CellRow[]): { rate: number; lo: number; hi: number } {
  const m = rows.length, rate = rows.reduce((total, c) => total + c.rate, 0) / m;
  const each = rows.map(({ k, n }) => wilson(k, n, Z95));
  const reach = (of: (w: typeof each[number]) => number) => Math.hypot(...each.map(of)) / m;
  return { rate, lo: rate - reach((w) => w.estimate - w.lo), hi: rate + reach((w) => w.hi - w.estimate) };
}

/** Largest over smallest mean tokens among the harnesses (n >= 10, two at least) of one (benchmark, model). */
export function harnessTokenSpread(cells: readonly Cell[]): TokenSpreadRow[] {
  return pairs(cells, MIN_SPREAD_N).flatMap(({ benchmark, model, rows }) => {
    const tokens = rows.flatMap((r) => r.tokens ?? []);
    if (tokens.length < 2) return [];
    const smallest = Math.min(...tokens);
    return smallest > 0 ? [{ benchmark, model, ratio: Math.max(...tokens) / smallest }] : [];
  });
}

function pairs(cells: readonly Cell[], minN: number): { benchmark: string; model: string; rows: CellRow[] }[] {
  const rows = cellRows(cells).filter((c) => c.n >= minN);
  return [...groupBy(rows, (c) => JSON.stringify([c.benchmark, c.model])).values()].flatMap((group) => {
    const first = group[0];
    return first && group.length > 1 ? [{ benchmark: first.benchmark, model: first.model, rows: group }] : [];
  });
}

function gapOf(bars: readonly HarnessRate[]): number {
  const rates = bars.map((b) => b.rate);
  return Math.max(...rates) - Math.min(...rates);
}

const sum = (rows: readonly CellRow[], key: "n" | "k") => rows.reduce((a, r) => a + r[key], 0);
