import type { Cell, Dataset } from "../model/mod.ts";
import { cellsOf } from "../analysis/counts/cells.ts";
import { isLongerThanRead, SHORT_CALLS } from "./audit.ts";
import { duplicateCells, withoutCells } from "../analysis/truth/duplicates.ts";
import { headlineCells } from "../analysis/truth/headline.ts";
import { headlines } from "./headlines.ts";

/** A headline on a part of the sessions. */
export interface HeadlineVariantRow {
  /** Id of the headline. */
  headline: string;
  /** The headline in a sentence. */
  title: string;
  /** What it is read from, in the field's terms. */
  measure: string;
  /** Which sessions were left out. */
  variant: string;
  /** Scored sessions left. */
  n: number;
  /** Null where the cells it speaks of are gone. */
  value: number | null;
  /** Whether it holds; null where it cannot be asked. */
  holds: boolean | null;
}

/** A choice of sessions, named. */
export interface Variant {
  /** Which sessions were left out. */
  variant: string;
  /** What is left. */
  cells: readonly Cell[];
}

/**
 * What the audit would leave out, one choice at a time and all together: sessions of `gpt-4.1` (likely the simulated
 * customer's calls), sessions recorded twice (where that can be known), the harness whose own prompt was graded; and, where
 * sessions are at hand, very short ones and those longer than what the judge read.
 */
export function auditVariants(dataset: Dataset): Variant[] {
  const cells = cellsOf(dataset), copies = duplicateCells(dataset);
  const customers = (c: Cell) => c.model === "gpt-4.1";
  const subPrompt = (c: Cell) => c.harness === "tool_calling_with_shortlisting";
  const once = copies && withoutCells(cells, copies);
  const sessions = dataset.held === "all" ? dataset.sessions : null;
  const brief = sessions && cellsOf(sessions.filter((s) => s.calls > SHORT_CALLS));
  const read = sessions && cellsOf(sessions.filter((s) => !isLongerThanRead(s)));
  return [
    { variant: "all sessions", cells },
    { variant: "without gpt-4.1", cells: cells.filter((c) => !customers(c)) },
    ...(once ? [{ variant: "each recording once", cells: once }] : []),
    { variant: "without shortlisting", cells: cells.filter((c) => !subPrompt(c)) },
    ...(brief ? [{ variant: "without very short", cells: brief }] : []),
    ...(read ? [{ variant: "without longer than read", cells: read }] : []),
    {
      variant: once ? "without the first three" : "without gpt-4.1, shortlisting",
      cells: (once ?? cells).filter((c) => !customers(c) && !subPrompt(c)),
    },
  ];
}

/** Every headline on every variant. */
export function headlineVariants(variants: readonly Variant[]): HeadlineVariantRow[] {
  return variants.flatMap(({ variant, cells }) => {
    const scored = headlineCells(cells);
    const n = scored.reduce((sum, c) => sum + c.n, 0);
    return headlines(scored).map(({ id, title, measure, value, holds }) => ({
      headline: id,
      title,
      measure,
      variant,
      n,
      value,
      holds,
    }));
  });
}
