import { MIN_CELL_N, MIN_CONFIG_N } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { ReliabilityRow } from "../../analysis/mod.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural, points } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { byName } from "../kit/order.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName, widest } from "../kit/text.ts";
import { BAR, FONT_SIZE, INK } from "../kit/theme.ts";
import { whiskerX } from "../kit/whisker.ts";
import { WILSON_LABEL } from "../kit/short.ts";
import { valueAxisX } from "../kit/value_axis.ts";

/** From so many suites on, a balanced average is drawn in full colour. */
const MIN_SUITES = 3;

const ROW_HEIGHT = 27;
const SIDE = [
  { label: "pooled", dx: 50, text: (row: ReliabilityRow) => pct(row.micro) },
  { label: "balanced", dx: 116, text: (row: ReliabilityRow) => pct(row.macro) },
  { label: "n", dx: 164, text: (row: ReliabilityRow) => int(row.n) },
  { label: "suites", dx: 216, text: (row: ReliabilityRow) => int(row.n_benchmarks) },
] as const;

/** Simpson's paradox at work: each config's pooled rate as a bar, its balanced average as a diamond. */
export function drawPooledVsBalanced(rows: readonly ReliabilityRow[], context: FigureContext): Figure {
  const names = naming(context), full = bodyWidth(context);
  const sorted = rows.toSorted((a, b) => b.macro - a.macro || byName(a.config, b.config));
  const widestGap = sorted.filter((row) => row.n_benchmarks > 1)
    .toSorted((a, b) => Math.abs(b.mix_gap) - Math.abs(a.mix_gap))[0];
  const grey = (row: ReliabilityRow) => row.n_benchmarks < MIN_SUITES;
  const moved = widestGap ? Math.round(100 * Math.abs(widestGap.mix_gap)) : 0;
  const finding = widestGap && moved
    ? `${names.config(widestGap.config)} ${widestGap.mix_gap > 0 ? "loses" : "gains"} ${
      plural(moved, "point")
    } once every suite counts the same`
    : widestGap && "No config gains or loses a point once every suite counts the same";
  return frame({
    name: names.figure("pooled-vs-balanced"),
    title: finding ??
      (sorted.length
        ? `No config has two suites of ${MIN_CELL_N} sessions, which balancing takes`
        : "Pooled and balanced success by config"),
    subtitle: "Pooled success rate of each config, and the mean of its rates per suite. Sorted by the balanced one.",
    description: sorted.length
      ? `Bars of pooled success with 95% intervals and diamonds of balanced success for ${
        plural(sorted.length, "config")
      }. Highest balanced: ${
        sorted.slice(0, 3).map((row) => `${names.config(row.config)} ${pct(row.macro)}`).join(", ")
      }.`
      : "No config has enough sessions.",
    legend: [
      { mark: "square", color: BAR, label: "pooled rate" },
      { mark: "square", color: INK.weak, label: `pooled rate, under ${MIN_SUITES} suites` },
      { mark: "whisker", color: INK.text, label: WILSON_LABEL },
      { mark: "diamond", color: INK.accent, label: "balanced: mean of suite rates" },
    ],
    width: context.width,
    body: [
      sorted.length
        ? bars(sorted, grey, names, full)
        : emptyBlock(`No config has ${MIN_CONFIG_N} scored sessions.`, full),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(rows.reduce((sum, row) => sum + row.n, 0), "scored session")}.`,
      `Configs of ${MIN_CONFIG_N} sessions and more; suites count from ${MIN_CELL_N} sessions on.`,
    ],
  });
}

function bars(rows: readonly ReliabilityRow[], grey: (row: ReliabilityRow) => boolean, names: Naming, full: number) {
  const narrow = isNarrow(full);
  const labels = new Map(rows.map((row) => [row.config, fitName(names.config(row.config), 230, FONT_SIZE.body)]));
  const title = (row: ReliabilityRow) =>
    `${names.config(row.config)}\npooled ${pct(row.micro, 1)} (${int(row.k)} of ${int(row.n)}, 95% ${
      pct(row.lo, 1)
    } to ${pct(row.hi, 1)})\nbalanced ${pct(row.macro, 1)} over ${
      plural(row.n_benchmarks, "suite")
    }\npooled − balanced ${points(row.mix_gap, 1)}`;
  return plotBlock({
    width: full,
    height: (narrow ? 4 : 30) + rows.length * (narrow ? ABOVE.rowHeight : ROW_HEIGHT) + 34,
    marginTop: narrow ? 4 : 30,
    marginBottom: 34,
    marginLeft: narrow ? ABOVE.marginLeft : widest(labels.values(), FONT_SIZE.body) + 12,
    marginRight: narrow ? ABOVE.marginRight : 222,
    x: { domain: [0, 1] },
    y: { domain: rows.map((row) => row.config), axis: null, ...bandPadding(narrow, 0.28) },
    marks: [
      ...valueAxisX(5, pct),
      ...bandWords(rows, {
        narrow,
        width: full,
        band: (row) => row.config,
        label: (row) => names.config(row.config),
        value: (row) => `${pct(row.micro)} → ${pct(row.macro)}, n = ${int(row.n)}`,
        title,
        left: (c: string) => labels.get(c) ?? c,
      }),
      Plot.barX(rows, {
        x: "micro",
        y: "config",
        fill: (row) => grey(row) ? INK.weak : BAR,
        title,
      }),
      ...whiskerX(rows, {
        band: (row) => row.config,
        lo: (row) => row.lo,
        hi: (row) => row.hi,
        inset: narrow ? 3 : 5,
        onBar: true,
      }),
      Plot.ruleX([0], { stroke: INK.faint }),
      Plot.dot(rows, {
        x: "macro",
        y: "config",
        symbol: "diamond",
        r: 6,
        fill: INK.ground,
        stroke: INK.accent,
        strokeWidth: 2,
        title,
      }),
      ...(narrow ? [] : SIDE).flatMap(({ label, dx, text }) => [
        Plot.text(rows, {
          y: "config",
          frameAnchor: "right",
          textAnchor: "end",
          dx,
          text,
          fill: (row) => grey(row) ? INK.muted : INK.text,
          fontVariant: "tabular-nums",
        }),
        Plot.text([label], { frameAnchor: "top-right", textAnchor: "end", dx, dy: -18, fill: INK.muted }),
      ]),
    ],
  });
}
