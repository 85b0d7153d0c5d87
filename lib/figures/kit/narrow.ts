import * as Plot from "@observablehq/plot";
import type { FigureContext } from "./figure.ts";
import { PADDING } from "./frame.ts";
import { fitName, textWidth } from "./text.ts";
import { FIGURE_WIDTH, FONT_SIZE, INK } from "./theme.ts";

/** Width that a body block can take in a figure of a context. */
export function bodyWidth({ width = FIGURE_WIDTH }: Pick<FigureContext, "width">): number {
  return width - 2 * PADDING;
}

/** Whether so many pixels are a phone's: labels then stand above what they name, panels below each other. */
export function isNarrow(width: number): boolean {
  return width < 500;
}

/** Height of a band with its words above it, and the share of it that stays free. */
export const ABOVE = { rowHeight: 42, padding: 0.62, marginLeft: 6, marginRight: 14 } as const;

/** Words of a band. */
export interface WordsAbove<T> {
  width: number;
  /** The band. */
  band: (row: T) => string;
  /** Left, cut where the right leaves no room. */
  label: (row: T) => string;
  /** Right. */
  value: (row: T) => string;
  title?: (row: T) => string;
  /** The facet that a band is in, where there are any. */
  facet?: (row: T) => string;
  /** Of the band with its words; {@link ABOVE} unless given. */
  rowHeight?: number;
}

/** What each band is: at its left, or on a phone in one line above it with its numbers. */
export function bandWords<T>(
  rows: readonly T[],
  { narrow, left, ...words }: WordsAbove<T> & { narrow: boolean; left: (band: string) => string },
): Plot.Markish[] {
  if (narrow) return wordsAbove(rows, words);
  return [Plot.axisY({ anchor: "left", tickSize: 0, label: null, tickFormat: left })];
}

/** What a band is, and its numbers, in one line above it. */
function wordsAbove<T>(rows: readonly T[], options: WordsAbove<T>) {
  const { width, band, label, value, title, facet, rowHeight = ABOVE.rowHeight } = options;
  const place = { y: band, ...(facet ? { fy: facet } : {}), ...(title ? { title } : {}), dy: 9 - rowHeight / 2 };
  const room = (row: T) => width - ABOVE.marginLeft - ABOVE.marginRight - textWidth(value(row), FONT_SIZE.body) - 10;
  return [
    Plot.text([...rows], {
      ...place,
      frameAnchor: "left",
      textAnchor: "start",
      text: (row: T) => fitName(label(row), room(row), FONT_SIZE.body),
    }),
    Plot.text([...rows], {
      ...place,
      frameAnchor: "right",
      textAnchor: "end",
      text: value,
      fill: INK.muted,
      fontVariant: "tabular-nums",
    }),
  ];
}
