import * as Plot from "@observablehq/plot";
import type { FigureContext } from "./figure.ts";
import { fitName, type FontWeight, textWidth } from "./text.ts";
import { FIGURE_WIDTH, FONT_SIZE, INK, PADDING } from "./theme.ts";

/** Width that a body block can take in a figure of a context. */
export function bodyWidth({ width = FIGURE_WIDTH }: Pick<FigureContext, "width">): number {
  return width - 2 * PADDING;
}

/** Whether so many pixels are a phone's: labels then stand above what they name, panels below each other. */
export function isNarrow(width: number): boolean {
  return width < 500;
}

/** Height of a band with its words above it, and the share of it that stays free. */
export const ABOVE = { rowHeight: 42, padding: 0.64, marginLeft: 6, marginRight: 14 } as const;

/** What of its step a band leaves free: so much, or on a phone the share of the words above it. */
export function bandPadding(narrow: boolean, padding: number) {
  return narrow ? { paddingInner: ABOVE.padding, paddingOuter: ABOVE.padding / 2 } : { padding };
}

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
  if (!narrow) return [Plot.axisY({ anchor: "left", tickSize: 0, label: null, tickFormat: left })];
  const { band, facet, rowHeight = ABOVE.rowHeight } = words;
  return wordsAbove(rows, words, {
    edge: "",
    weight: 400,
    // The words keep off a line at the left edge.
    inset: 3,
    place: { y: band, ...(facet ? { fy: facet } : {}), dy: 6 - rowHeight / 2 },
  });
}

/** Pixels that the words above a facet take. */
const FACET_WORDS = 22;

/** Size of a plot on a phone whose facets are so many pixels high, each with its words above it. */
export function facetsAbove(domain: readonly string[], inner: number, marginBottom: number) {
  const { marginLeft, marginRight } = ABOVE, step = inner + FACET_WORDS;
  return {
    height: domain.length * step + marginBottom,
    marginTop: FACET_WORDS,
    marginBottom,
    marginLeft,
    marginRight,
    // A single facet leaves nothing free.
    fy: { domain: [...domain], axis: null, padding: domain.length > 1 ? FACET_WORDS / step : 0 },
  };
}

/** What each facet is: at its left, or on a phone in one line above it with its numbers. */
export function facetWords<T>(
  rows: readonly T[],
  { narrow, left, facet, value = () => "", ...words }: Pick<WordsAbove<T>, "width" | "label"> & {
    narrow: boolean;
    facet: (row: T) => string;
    /** Right; nothing unless given. */
    value?: (row: T) => string;
    left: (facet: string) => string;
  },
): Plot.Markish[] {
  if (!narrow) return [Plot.axisFy({ anchor: "left", label: null, tickSize: 0, tickFormat: left })];
  return wordsAbove(rows, { ...words, value }, { edge: "top-", weight: 600, inset: 0, place: { fy: facet, dy: -18 } });
}

/** What something is, and its numbers, in one line above it. */
function wordsAbove<T>(
  rows: readonly T[],
  { width, label, value, title }: Pick<WordsAbove<T>, "width" | "label" | "value" | "title">,
  { edge, weight, inset, place }: { edge: "" | "top-"; weight: FontWeight; inset: number; place: Plot.TextOptions },
): Plot.Markish[] {
  const shared = { ...place, ...(title ? { title } : {}) };
  // Digits of one width are as wide as the widest.
  const taken = (row: T) => textWidth(value(row).replace(/\d/g, "0"), FONT_SIZE.body);
  const room = (row: T) => width - ABOVE.marginLeft - ABOVE.marginRight - inset - taken(row) - 12;
  return [
    Plot.text([...rows], {
      ...shared,
      frameAnchor: `${edge}left`,
      textAnchor: "start",
      dx: inset,
      text: (row: T) => fitName(label(row), room(row), FONT_SIZE.body, weight),
      ...(weight === 600 ? { fontWeight: 600 } : {}),
    }),
    Plot.text([...rows], {
      ...shared,
      frameAnchor: `${edge}right`,
      textAnchor: "end",
      text: value,
      fill: INK.muted,
      // A line that crosses the words, such as that of parity, ends before them.
      stroke: INK.ground,
      fontVariant: "tabular-nums",
    }),
  ];
}
