import * as Plot from "@observablehq/plot";
import type { FailedCostRow } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural, times, usd } from "../kit/format.ts";
import { BODY_WIDTH, emptyBlock, frame } from "../kit/frame.ts";
import { legendBlock } from "../kit/legend.ts";
import { logAxisX, logDomain } from "../kit/log_axis.ts";
import { naming } from "../kit/names.ts";
import { plotBlock } from "../kit/plot.ts";
import { widest } from "../kit/text.ts";
import { FONT_SIZE, INK, VERDICT_COLORS } from "../kit/theme.ts";

/** What the figure needs beside its rows. */
export interface FailedCostContext extends FigureContext {
  /** A range of the ratio to hold the rows against, drawn as a band. */
  band?: { lo: number; hi: number; label: string };
}

const BAND = "#f7e7cf";
const POOLED = "all pooled";
const COLORS = { dearer: VERDICT_COLORS.failed, cheaper: VERDICT_COLORS.solved, undecided: INK.faint } as const;

/** Whether failures cost more or less than chance between sessions can explain. */
const styleOf = ({ lo, hi }: FailedCostRow) => lo > 1 ? "dearer" : hi < 1 ? "cheaper" : "undecided";

/** What a failed session costs compared with a successful one, per benchmark. */
export function drawFailedVsSuccessful(rows: readonly FailedCostRow[], context: FailedCostContext): Figure {
  const names = naming(context);
  const nameOf = (row: FailedCostRow) => row.benchmark === null ? POOLED : names.benchmark(row.benchmark);
  const suites = rows.filter((row) => row.benchmark !== null);
  const pooled = rows.find((row) => row.benchmark === null);
  const count = (style: keyof typeof COLORS) => suites.filter((row) => styleOf(row) === style).length;
  return frame({
    name: names.figure("failed-vs-successful"),
    title: pooled && suites.length === 1
      ? `A failure costs ${times(pooled.ratio, 1)} a success`
      : pooled && suites.length
      ? `Pooled, a failure costs ${times(pooled.ratio, 1)} a success; on ${count("cheaper")} of ${
        plural(suites.length, "suite")
      } it costs less, on ${count("dearer")} more`
      : "What a failure costs compared with a success",
    subtitle:
      "Mean cost of a failed over that of a successful session, logarithmic, with 95% intervals (bootstrap by session).",
    description: rows.map((row) => `${nameOf(row)}: ${times(row.ratio)}.`).join(" ") ||
      "No benchmark has failed and successful sessions with a price.",
    legend: legendBlock([
      { mark: "dot", color: INK.text, label: "pooled" },
      { mark: "dot", color: COLORS.dearer, label: "failures dearer" },
      { mark: "dot", color: COLORS.cheaper, label: "cheaper" },
      { mark: "dot", color: COLORS.undecided, label: "undecided" },
      { mark: "dashed", color: INK.text, label: "parity" },
      ...(context.band ? [{ mark: "square" as const, color: BAND, label: context.band.label }] : []),
    ]),
    body: [
      rows.length
        ? ratios(rows, context, nameOf)
        : emptyBlock("No benchmark has failed and successful sessions with a price."),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${int((pooled?.n_failed ?? 0) + (pooled?.n_successful ?? 0))} scored sessions with a price.`,
      "Undecided: the interval holds 1. No cut-off. USD at the price table's rates.",
    ],
  });
}

function ratios(
  rows: readonly FailedCostRow[],
  { band }: FailedCostContext,
  nameOf: (row: FailedCostRow) => string,
): Block {
  const domain = logDomain([...rows.flatMap((row) => [row.lo, row.hi]), 0.5, 2]);
  const ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter((t) =>
    t >= domain[0] && t <= domain[1]
  );
  const color = (row: FailedCostRow) => row.benchmark === null ? INK.text : COLORS[styleOf(row)];
  const title = (row: FailedCostRow) =>
    `${nameOf(row)}: ${times(row.ratio)} (95% ${times(row.lo)} to ${times(row.hi)})\nfailed ${usd(row.usd_failed)}, n=${
      int(row.n_failed)
    }\nsuccessful ${usd(row.usd_successful)}, n=${int(row.n_successful)}`;
  const side = [
    { label: "ratio", dx: 56, text: (row: FailedCostRow) => times(row.ratio) },
    { label: "failed", dx: 118, text: (row: FailedCostRow) => usd(row.usd_failed) },
    { label: "solved", dx: 178, text: (row: FailedCostRow) => usd(row.usd_successful) },
    { label: "failures", dx: 242, text: (row: FailedCostRow) => pct(row.n_failed / (row.n_failed + row.n_successful)) },
  ];
  return plotBlock({
    width: BODY_WIDTH,
    height: rows.length * 34 + 60,
    marginTop: 28,
    marginBottom: 30,
    marginLeft: widest(rows.map(nameOf), FONT_SIZE.body) + 14,
    marginRight: 248,
    x: { type: "log", domain, axis: null },
    y: { domain: rows.map(nameOf), axis: null },
    marks: [
      Plot.rect(band ? [band] : [], {
        x1: "lo",
        x2: "hi",
        fill: BAND,
        title: (b) => `${b.label}: ${times(b.lo)} to ${times(b.hi)}`,
      }),
      Plot.gridX(ticks, { stroke: INK.grid, strokeOpacity: 1 }),
      logAxisX(ticks, (t) => `${t}×`),
      Plot.axisY({ anchor: "left", tickSize: 0, label: null }),
      Plot.ruleX([1], { stroke: INK.text, strokeDasharray: "4,3" }),
      Plot.ruleY(rows, { y: nameOf, x1: "lo", x2: "hi", stroke: color, strokeWidth: 2, title }),
      Plot.dot(rows, { y: nameOf, x: "ratio", r: 6, fill: color, stroke: INK.ground, title }),
      ...side.flatMap(({ label, dx, text }) => [
        Plot.text(rows, {
          y: nameOf,
          frameAnchor: "right",
          textAnchor: "end",
          dx,
          text,
          fontVariant: "tabular-nums",
          title,
        }),
        Plot.text([label], {
          frameAnchor: "top-right",
          textAnchor: "end",
          dx,
          dy: -18,
          fill: INK.muted,
          text: (d) => d,
        }),
      ]),
    ],
  });
}
