import * as Plot from "@observablehq/plot";
import type { ToolErrorBox, ToolErrorCell, ToolErrorSignal } from "../../analysis/mod.ts";
import { boxMarks, boxTitle } from "../kit/box_marks.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, facetsAbove, facetWords, isNarrow } from "../kit/narrow.ts";
import { byName } from "../kit/order.ts";
import { panelBlock } from "../kit/panel.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName, widest } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";
import { valueAxisX } from "../kit/value_axis.ts";

const LABEL_MAX = 240;

/** Said in the place of boxes that would all be lines at 0. */
const NOTHING =
  "Boxes are not drawn: under every harness three quarters of the sessions, failed or not, have no tool error.";

const cellLabel = ({ harness, benchmark }: ToolErrorCell, names: Naming) =>
  `${names.harness(harness)} on ${names.benchmark(benchmark)}`;

const OUTCOMES = ["failed", "successful"] as const;
const TICKS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
const colorOf = ({ outcome }: Pick<ToolErrorBox, "outcome">) =>
  outcome === "failed" ? VERDICT_COLORS.failed : VERDICT_COLORS.solved;

/** Tool errors of failed sessions beside those of successful ones: where the two look alike they are no sign of failing. */
export function drawToolErrors(signal: ToolErrorSignal, context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const { boxes, threshold, share_of_failures, share_of_successes } = signal;
  const labels = [
    ...boxes.map((box) => names.harness(box.harness)),
    ...signal.cells.map((cell) => cellLabel(cell, names)),
  ];
  const labelWidth = Math.min(LABEL_MAX, widest(labels, FONT_SIZE.body));
  const nothing = boxes.every((box) => box.whisker_hi === 0);
  const where = signal.cells.map((cell) => names.harness(cell.harness));
  const parts = [
    ...boxes.length && !nothing
      ? [panelBlock("Tool errors per session", "", chart(boxes, threshold, { width, labelWidth }, names))]
      : [],
    ...signal.cells.length
      ? [panelBlock(
        `Share of sessions with ${threshold} tool errors or more`,
        "where the mode occurs at all",
        shares(signal, { width, labelWidth }, names),
      )]
      : [],
  ];
  return frame({
    name: names.figure("tool-errors"),
    title: share_of_successes !== null && share_of_failures !== null
      ? `Where ${threshold} tool errors mark ${pct(share_of_failures)} of failures, they mark ${
        pct(share_of_successes)
      } of ${share_of_successes * 2 < share_of_failures ? "successes" : "successes too"}`
      : "Tool errors of failed and of successful sessions",
    subtitle: nothing
      ? `Sessions with ${threshold} tool results or more that report an error (the mode "tool-call errors"), by verdict.`
      : "Tool results that report an error, per session, by harness and verdict, on a symmetric logarithmic scale.",
    description: boxes.map((box) =>
      `${names.harness(box.harness)}, ${box.outcome}: median ${int(box.median)}, n ${int(box.n)}.`
    )
      .join(" ") || "Tool errors are not known.",
    legend: [
      { mark: "square", color: VERDICT_COLORS.failed, label: "failed" },
      { mark: "square", color: VERDICT_COLORS.solved, label: "successful" },
      ...nothing
        ? []
        : [{ mark: "dashed" as const, color: INK.accent, label: `${threshold} errors: the mode "tool-call errors"` }],
    ],
    width: context.width,
    body: parts.length ? parts : [
      emptyBlock(
        boxes.length ? "Hardly a session has a tool error." : "No session has a known count of tool errors.",
        width,
      ),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(boxes.reduce((sum, box) => sum + box.n, 0), "scored session")} with a known count.`,
      where.length
        ? `The mode occurs in ${plural(signal.cells.length, "cell")} (${
          [...new Set(where)].join(", ")
        }); shares are of those cells.`
        : "The mode does not occur.",
      nothing ? NOTHING : "Box: quartiles and median; whiskers: within 1.5 interquartile ranges. No cut-off.",
    ],
  });
}

interface Size {
  width: number;
  /** Of the labels at the left. */
  labelWidth: number;
}

/** Both outcomes on a phone. */
const FACET = OUTCOMES.length * ABOVE.rowHeight;

/** Bands of both outcomes in facets, their words at the left or above. */
function facets(
  domain: readonly string[],
  { width, labelWidth }: Size,
  { padding, ...wide }: { height: number; marginTop: number; marginBottom: number; padding: number },
) {
  const narrow = isNarrow(width);
  return {
    width,
    ...(narrow
      ? facetsAbove(domain, FACET, wide.marginBottom)
      : { ...wide, marginLeft: labelWidth + 14, marginRight: 170, fy: { domain: [...domain], axis: null, padding } }),
    y: { domain: [...OUTCOMES], axis: null, ...bandPadding(narrow, 0.2) },
  };
}

/** What each outcome is, right of it or above it. */
function outcomeWords<T extends { outcome: typeof OUTCOMES[number] }>(
  rows: readonly T[],
  { width, facet, value, title }: {
    width: number;
    facet: (row: T) => string;
    value: (row: T) => string;
    title?: (row: T) => string;
  },
): Plot.Markish[] {
  const band = (row: T) => row.outcome;
  if (isNarrow(width)) {
    return bandWords(rows, {
      narrow: true,
      width,
      band,
      facet,
      label: band,
      value,
      left: (outcome) => outcome,
      ...(title ? { title } : {}),
    });
  }
  return [Plot.text([...rows], {
    y: band,
    fy: facet,
    frameAnchor: "right",
    textAnchor: "start",
    dx: 12,
    text: (row: T) => `${row.outcome}: ${value(row)}`,
    fontSize: FONT_SIZE.small,
    fill: INK.muted,
    ...(title ? { title } : {}),
  })];
}

function chart(boxes: readonly ToolErrorBox[], threshold: number, size: Size, names: Naming): Block {
  const { width, labelWidth } = size, narrow = isNarrow(width);
  const harnesses = [...new Set(boxes.map((box) => box.harness))].sort((a, b) =>
    Math.max(...boxes.filter((x) => x.harness === b).map((x) => x.whisker_hi)) -
      Math.max(...boxes.filter((x) => x.harness === a).map((x) => x.whisker_hi)) || byName(a, b)
  );
  const top = Math.max(10, ...boxes.map((box) => box.whisker_hi));
  const ticks = TICKS.filter((tick) => tick <= top * 1.1);
  const title = (box: ToolErrorBox) => boxTitle(`${names.harness(box.harness)}, ${box.outcome}`, box, (v) => int(v));
  return plotBlock({
    ...facets(harnesses, size, { height: harnesses.length * 46 + 40, marginTop: 4, marginBottom: 32, padding: 0.2 }),
    x: { type: "symlog", domain: [0, top * 1.1], axis: null },
    marks: [
      Plot.gridX(ticks, { stroke: INK.grid, strokeOpacity: 1 }),
      Plot.text(ticks, {
        x: (t) => t,
        fy: () => harnesses.at(-1) ?? "",
        frameAnchor: "bottom",
        dy: 18,
        text: (t) => int(t),
        fill: INK.muted,
      }),
      ...facetWords(harnesses, {
        narrow,
        width,
        facet: (harness) => harness,
        label: names.harness,
        left: (harness) => fitName(names.harness(harness), labelWidth, FONT_SIZE.body),
      }),
      Plot.ruleX([threshold], { stroke: INK.accent, strokeDasharray: "4,3" }),
      ...boxMarks(boxes, { band: (box) => box.outcome, facet: (box) => box.harness, fill: colorOf, title }),
      ...outcomeWords(boxes, {
        width,
        facet: (box) => box.harness,
        value: (box) => `median ${int(box.median)}, n=${int(box.n)}`,
        title,
      }),
    ],
  });
}

/** The mode's share of failures beside the share of successes that would have been called so. */
function shares({ cells }: ToolErrorSignal, size: Size, names: Naming): Block {
  const { width, labelWidth } = size, narrow = isNarrow(width);
  const rows = cells.flatMap((cell) => {
    const label = cellLabel(cell, names);
    return [
      { label, outcome: "failed" as const, k: cell.failures, n: cell.of_failures },
      { label, outcome: "successful" as const, k: cell.successes, n: cell.of_successes },
    ].filter(({ n }) => n > 0);
  });
  type Row = typeof rows[number];
  const place = { fy: (row: Row) => row.label, y: (row: Row) => row.outcome };
  const value = (row: Row) => `${pct(row.k / row.n)} (${int(row.k)} of ${int(row.n)})`;
  const words = (row: Row) => `${row.outcome}: ${value(row)}`;
  const labels = [...new Set(rows.map((row) => row.label))];
  return plotBlock({
    ...facets(labels, size, { height: labels.length * 50 + 30, marginTop: 2, marginBottom: 26, padding: 0.15 }),
    x: { domain: [0, 1] },
    marks: [
      ...valueAxisX(5, pct),
      ...facetWords(labels, {
        narrow,
        width,
        facet: (label) => label,
        label: (label) => label,
        left: (label) => fitName(label, labelWidth, FONT_SIZE.body),
      }),
      Plot.barX(rows, { ...place, x: (row: Row) => row.k / row.n, fill: colorOf, title: words }),
      Plot.ruleX([0], { stroke: INK.faint }),
      ...outcomeWords(rows, { width, facet: (row) => row.label, value }),
    ],
  });
}
