import type { Cell } from "../../model/mod.ts";
import { judgedCounts } from "./official.ts";

/** Scored sessions and successes of a benchmark x harness x model, in the order of {@link headlineCells}. */
export interface HeadlineCell {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** Scored sessions. */
  n: number;
  /** Successes among them. */
  k: number;
}

/**
 * A conclusion as a function of the cells' successes, given their sizes: it holds where the function is above zero.
 * `linear` is a weighted sum of successes; `quadratic` compares two lengths, |along| > |against|, of successes projected
 * on a few directions; `pair` is any statement on two cells alone.
 */
export type HeadlineForm =
  | { kind: "linear"; weights: number[] }
  | { kind: "quadratic"; along: number[][]; against: number[][] }
  | { kind: "pair"; first: number; second: number; holds: (k1: number, k2: number) => boolean };

/** A conclusion asked of cells. */
export interface Headline {
  /** Its id. */
  id: string;
  /** The conclusion in a sentence. */
  title: string;
  /** What it is read from, in the field's terms. */
  measure: string;
  /** Null where the cells it speaks of are not there. */
  value: number | null;
  /** Whether it holds; null where it cannot be asked. */
  holds: boolean | null;
  /** Null where the cells it speaks of are not there. */
  form: HeadlineForm | null;
}

/** Scored cells, sorted by name; the order in which {@link HeadlineForm}s count. */
export function headlineCells(cells: readonly Cell[]): HeadlineCell[] {
  return judgedCounts(cells).filter((r) => r.n > 0).map(({ levels, n, k }) => ({
    benchmark: levels.benchmark ?? "",
    harness: levels.harness ?? "",
    model: levels.model ?? "",
    n,
    k,
  }));
}
