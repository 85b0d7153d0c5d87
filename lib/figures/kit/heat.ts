import * as Plot from "@observablehq/plot";
import type { Block } from "./figure.ts";
import { isNarrow } from "./narrow.ts";
import { plotBlock } from "./plot.ts";
import { fitName, textWidth, widest } from "./text.ts";
import { BODY_WIDTH, FONT_SIZE, INK, RATE_RAMP } from "./theme.ts";
import { int } from "./format.ts";
import type { LegendItem } from "./legend.ts";

/** One cell of a heat table, ready to draw. */
export interface HeatCell {
  /** Its row's name. */
  row: string;
  /** Its column's name. */
  column: string;
  /** Lines of its label. */
  text: string;
  /** What of it is said where columns are too narrow for it; nothing unless told. */
  short?: string;
  /** Ground. */
  fill: string;
  /** Colour of its text. */
  ink: string;
  /** Tooltip. */
  title: string;
  /** Whether it has a border that stands out; none unless told. */
  marked?: boolean;
}

/** A column of figures right of a heat table. */
export interface SideColumn {
  /** Heading. */
  label: string;
  /** What stands in a row. */
  text: (row: string) => string;
  /** Tooltip; the text unless given. */
  title?: (row: string) => string;
}

/** What {@link heatBlock} draws. `rows` and `columns` are in drawing order. */
export interface HeatOptions {
  /** Names of rows, from top. */
  rows: readonly string[];
  /** Names of columns, from left. */
  columns: readonly string[];
  /** What a row is called. */
  rowLabel: (row: string) => string;
  /** What a column is called. */
  columnLabel: (column: string) => string;
  /** Cells in any order. */
  cells: readonly HeatCell[];
  /** Columns of figures at the right. */
  side?: readonly SideColumn[];
  /** Pixels; a usual body's unless given. */
  width?: number;
  /** Pixels. */
  rowHeight?: number;
  /** Drawn in cells that have no row of data. */
  absent?: string;
}

/** Below this many sessions a rate says too little: the cell is grey. */
export const MIN_CELL = 5;

/** Grounds and ink of a cell below a cut-off, and of one without data. */
export const WEAK_CELL = { fill: "#e9ebee", ink: INK.muted } as const;

/** Legend of a table of counts: grey only where a count is below the cut-off, a shade only where one is drawn. */
export function countLegend(counts: readonly number[], shade: (n: number) => string): LegendItem[] {
  const most = Math.max(0, ...counts);
  return [
    ...counts.some((n) => n < MIN_CELL)
      ? [{ mark: "square" as const, color: WEAK_CELL.fill, label: `under ${MIN_CELL} sessions` }]
      : [],
    ...most >= MIN_CELL ? [{ mark: "square" as const, color: shade(MIN_CELL), label: int(MIN_CELL) }] : [],
    ...most > MIN_CELL ? [{ mark: "square" as const, color: RATE_RAMP[5], label: `${int(most)} (log scale)` }] : [],
  ];
}

/** What a caption says of grey and of empty cells, where there are such among so many places. */
export function cellWords(counts: readonly number[], places: number): string[] {
  return [
    counts.some((n) => n < MIN_CELL) ? `Cells under ${MIN_CELL} sessions in grey.` : "",
    counts.length < places ? "– means none." : "",
  ].filter(Boolean);
}

const HEADER = 30;
const HEADER_MAX = 130;
const SIDE_WIDTH = 66;
const LABEL_MAX = 250;

/** A table of coloured cells with row labels at the left, column labels above, and figures at the right. */
export function heatBlock(options: HeatOptions): Block {
  const { rows, columns, cells, side = [], width = BODY_WIDTH } = options, narrow = isNarrow(width);
  // On a phone a row's name and figures stand above its cells.
  const rowHeight = (options.rowHeight ?? 25) + (narrow ? 17 : 0);
  const rowLabels = new Map(rows.map((row) => [row, fitName(options.rowLabel(row), LABEL_MAX, FONT_SIZE.body)]));
  const marginLeft = narrow ? 0 : widest(rowLabels.values(), FONT_SIZE.body) + 12;
  const marginRight = narrow ? 0 : side.length * SIDE_WIDTH;
  const columnWidth = (width - marginLeft - marginRight) / Math.max(1, columns.length);
  // Names that do not fit side by side stand upright.
  const upright = columns.some((c) => textWidth(options.columnLabel(c), FONT_SIZE.body) > columnWidth - 2);
  const labelRoom = upright ? HEADER_MAX - 12 : columnWidth - 2;
  const columnLabels = new Map(
    columns.map((column) => [column, fitName(options.columnLabel(column), labelRoom, FONT_SIZE.body)]),
  );
  const header = upright ? Math.max(HEADER, widest(columnLabels.values(), FONT_SIZE.body) + 12) : HEADER;
  const fits = (texts: readonly string[]) =>
    widest(texts.flatMap((text) => text.split("\n")), FONT_SIZE.body) <= columnWidth - 2;
  const shorts = cells.map(({ short = "" }) => short);
  const texts = fits(cells.map(({ text }) => text)) ? cells.map(({ text }) => text) : fits(shorts) ? shorts : [];
  const present = new Set(cells.map((cell) => JSON.stringify([cell.row, cell.column])));
  const missing = rows.flatMap((row) => columns.map((column) => ({ row, column })))
    .filter(({ row, column }) => !present.has(JSON.stringify([row, column])));
  const above = (row: string) => side.map(({ label, text }) => `${label} ${text(row)}`).join(", ");
  const words = { y: (row: string) => row, dy: 8 - rowHeight / 2 };
  const names = narrow
    ? [
      Plot.text(rows, {
        ...words,
        frameAnchor: "left",
        textAnchor: "start",
        text: (row) =>
          fitName(options.rowLabel(row), width - textWidth(above(row), FONT_SIZE.small) - 10, FONT_SIZE.body),
      }),
      Plot.text(rows, {
        ...words,
        frameAnchor: "right",
        textAnchor: "end",
        text: above,
        fontSize: FONT_SIZE.small,
        fill: INK.muted,
      }),
    ]
    : [
      Plot.axisY({ anchor: "left", label: null, tickSize: 0, tickFormat: (row: string) => rowLabels.get(row) ?? row }),
    ];
  const sideMarks = (narrow ? [] : side).flatMap(({ label, text, title }, i) => {
    const dx = (i + 1) * SIDE_WIDTH - 4;
    const place = { frameAnchor: "right", textAnchor: "end", dx } as const;
    return [
      Plot.text(rows, { ...place, y: (row) => row, text, title: title ?? text, fontVariant: "tabular-nums" }),
      Plot.text([label], { ...place, frameAnchor: "top-right", dy: -17.5, text: (d) => d, fill: INK.muted }),
    ];
  });
  return plotBlock({
    width,
    height: header + rows.length * rowHeight,
    marginTop: header,
    marginBottom: 0,
    marginLeft,
    marginRight,
    x: { domain: columns, axis: null, padding: 0 },
    y: { domain: rows, axis: null, padding: 0 },
    marks: [
      ...names,
      Plot.axisX({
        anchor: "top",
        label: null,
        tickSize: 0,
        tickFormat: (column: string) => columnLabels.get(column) ?? column,
        fill: INK.muted,
        ...(upright ? { tickRotate: -90 } : {}),
        // So many columns that their names would meet.
        ...(columnWidth < FONT_SIZE.body ? { fontSize: Math.max(6, Math.floor(columnWidth)) } : {}),
      }),
      Plot.cell(cells, {
        x: "column",
        y: "row",
        fill: "fill",
        inset: 1,
        ...(narrow ? { insetTop: 18 } : {}),
        rx: 2,
        title: "title",
      }),
      Plot.cell(cells.filter(({ marked }) => marked), {
        x: "column",
        y: "row",
        fill: "none",
        stroke: INK.accent,
        strokeWidth: 2.5,
        inset: 2,
        ...(narrow ? { insetTop: 19 } : {}),
        rx: 2,
        title: "title",
      }),
      Plot.text(cells, {
        x: "column",
        y: "row",
        dy: narrow ? 8 : 0,
        text: (_, i) => texts[i] ?? "",
        fill: "ink",
        title: "title",
        lineHeight: 1.15,
        fontVariant: "tabular-nums",
      }),
      Plot.text(missing, {
        x: "column",
        y: "row",
        dy: narrow ? 8 : 0,
        text: () => options.absent ?? "–",
        fill: INK.weak,
      }),
      ...sideMarks,
    ],
  });
}
