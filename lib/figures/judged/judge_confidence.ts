import * as Plot from "@observablehq/plot";
import type { JudgeConfidenceRow, ShareShownRow } from "../../analysis/mod.ts";
import { inkOn } from "../kit/color.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { legendBlock } from "../kit/legend.ts";
import { type Naming, naming } from "../kit/names.ts";
import { ABOVE, bandPadding, bandWords, bodyWidth, isNarrow } from "../kit/narrow.ts";
import { groupBy } from "../kit/order.ts";
import { plotBlock } from "../kit/plot.ts";
import { fitName, textWidth, widest } from "../kit/text.ts";
import { FONT_SIZE, INK } from "../kit/theme.ts";

/** From sure to unsure; lighter means less sure. */
const COLORS: Readonly<Record<string, string>> = {
  high: "#1c639c",
  medium: "#93bedb",
  low: "#e08a1e",
  unscored: INK.weak,
};

interface Segment extends JudgeConfidenceRow {
  x1: number;
  x2: number;
  total: number;
}

/**
 * How sure the judge said it was, per benchmark: bars stacked to 100%, with the share of each confidence that was held
 * solved in the tooltips. With `shown`, the median share of each trace that the judge saw stands beside its benchmark.
 */
export function drawJudgeConfidence(
  rows: readonly JudgeConfidenceRow[],
  context: FigureContext,
  shown: readonly ShareShownRow[] = [],
): Figure {
  const names = naming(context), width = bodyWidth(context);
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const high = rows.filter((row) => row.confidence === "high").reduce((sum, row) => sum + row.n, 0);
  const present = Object.keys(COLORS).filter((name) => rows.some((row) => row.confidence === name));
  return frame({
    name: names.figure("judge-confidence"),
    title: n ? `The judge calls itself sure of ${pct(high / n)} of its verdicts` : "What the judge says of itself",
    subtitle: "Sessions by the confidence that the judge stated, per benchmark.",
    description: `${plural(n, "session")}: ${
      present.map((name) =>
        `${name} ${int(rows.filter((row) => row.confidence === name).reduce((sum, row) => sum + row.n, 0))}`
      ).join(", ")
    }.`,
    legend: legendBlock(
      present.map((label) => ({ mark: "square", color: COLORS[label] ?? INK.weak, label })),
      "",
      width,
    ),
    width: context.width,
    body: [rows.length ? stacks(rows, shown, names, width) : emptyBlock("No session has a stated confidence.", width)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(n, "session")}, no cut-off.`,
      shown.length ? "At the right, the median share of a trace that the judge was shown." : "",
      "Stated confidence is not calibrated: how often a verdict is right only grades can say.",
    ].filter(Boolean),
  });
}

function stacks(
  rows: readonly JudgeConfidenceRow[],
  shown: readonly ShareShownRow[],
  names: Naming,
  width: number,
): Block {
  const narrow = isNarrow(width);
  const suites = names.groups("benchmark", groupBy(rows, (row) => row.benchmark));
  const labelWidth = Math.min(160, widest(suites.map(([name]) => names.benchmark(name)), FONT_SIZE.body));
  const marginLeft = narrow ? ABOVE.marginLeft : labelWidth + 10;
  const marginRight = narrow ? ABOVE.marginRight : shown.length ? 150 : 70;
  const inner = width - marginLeft - marginRight;
  const segments = suites.flatMap(([, own]) => {
    const total = own.reduce((sum, row) => sum + row.n, 0);
    let x = 0;
    return Object.keys(COLORS).flatMap((confidence): Segment[] => {
      const row = own.find((one) => one.confidence === confidence);
      if (!row || !row.n) return [];
      const x1 = x;
      x += row.n / total;
      return [{ ...row, x1, x2: x, total }];
    });
  });
  const fits = ({ x1, x2 }: Segment) => (x2 - x1) * inner > textWidth(pct(x2 - x1), FONT_SIZE.small) + 4;
  const color = (segment: Segment) => COLORS[segment.confidence] ?? INK.weak;
  const title = (s: Segment) =>
    `${names.benchmark(s.benchmark)}, ${s.confidence}: ${int(s.n)} of ${int(s.total)} (${pct(s.x2 - s.x1)})\n` +
    `held solved: ${int(s.successes)} (${pct(s.successes / s.n)})`;
  const value = ([benchmark, own]: [string, JudgeConfidenceRow[]]) => {
    const share = shown.find((row) => row.benchmark === benchmark);
    return `n=${int(own.reduce((sum, row) => sum + row.n, 0))}${share ? `, saw ${pct(share.median)}` : ""}`;
  };
  return plotBlock({
    width,
    height: suites.length * (narrow ? ABOVE.rowHeight : 30) + 4,
    marginTop: 2,
    marginBottom: 2,
    marginLeft,
    marginRight,
    x: { domain: [0, 1], axis: null },
    y: { domain: suites.map(([benchmark]) => benchmark), axis: null, ...bandPadding(narrow, 0.2) },
    marks: [
      ...bandWords(suites, {
        narrow,
        width,
        band: ([benchmark]) => benchmark,
        label: ([benchmark]) => names.benchmark(benchmark),
        value,
        left: (benchmark) => fitName(names.benchmark(benchmark), labelWidth, FONT_SIZE.body),
      }),
      Plot.barX(segments, {
        x1: "x1",
        x2: "x2",
        y: "benchmark",
        fill: color,
        stroke: INK.ground,
        strokeWidth: 1,
        title,
      }),
      Plot.text(segments.filter(fits), {
        x: ({ x1, x2 }) => (x1 + x2) / 2,
        y: "benchmark",
        text: ({ x1, x2 }) => pct(x2 - x1),
        fontSize: FONT_SIZE.small,
        fill: (segment) => inkOn(color(segment)),
        title,
      }),
      Plot.text(narrow ? [] : suites, {
        y: ([benchmark]) => benchmark,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        text: value,
        fill: INK.muted,
      }),
    ],
  });
}
