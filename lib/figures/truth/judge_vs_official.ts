import { MIN_JUDGED } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { OfficialAgreement, OfficialGap } from "../../analysis/mod.ts";
import type { Figure, OfficialContext } from "../kit/figure.ts";
import { fixed, int, pct, plural, points } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { colorLegend } from "../kit/legend.ts";
import { officialWords } from "../kit/official.ts";
import { type Naming, naming } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import type { Area } from "../kit/place_labels.ts";
import { planeOptions, type PlaneSize } from "../kit/plane.ts";
import { type LabelledPlot, labelledPlot, radiusOf, sizeLegend, unnamedSentence } from "../kit/scatter_labels.ts";
import { type Shape, shapesOf } from "../kit/shapes.ts";
import { INK } from "../kit/theme.ts";

const NAMED = 10;

const sizeOf = (width: number): PlaneSize =>
  isNarrow(width) ? { width, height: 460, largest: 12 } : { width, height: 620, largest: 20 };
const areaOf = ({ width, height }: PlaneSize): Area => ({ left: 56, right: width - 16, top: 24, bottom: height - 50 });

/** The judge's success rate against the official one, a dot a cell; on the diagonal the two agree. */
export function drawJudgeVsOfficial(
  gaps: readonly OfficialGap[],
  agreement: readonly OfficialAgreement[],
  context: OfficialContext,
): Figure {
  const names = naming(context), width = bodyWidth(context), size = sizeOf(width);
  const [all] = agreement;
  const colors = names.colors("benchmark", gaps.map((g) => g.benchmark));
  const shapes = shapesOf(gaps.map((g) => g.benchmark));
  const most = Math.max(1, ...gaps.map((g) => g.judged.n));
  const worst = gaps.toSorted((a, b) => Math.abs(b.gap) - Math.abs(a.gap)).slice(0, NAMED);
  const rank = fixed(all?.spearman?.estimate, 2);
  const differing = gaps.filter((g) => g.differs).length;
  const drawn = gaps.length ? plane(gaps, worst, { colors, shapes, most }, names, size) : null;
  return frame({
    name: names.figure("judge-vs-official"),
    title: all
      ? `Judged and official success differ by ${
        int(100 * all.mean_absolute_gap)
      } points in the mean cell; rank correlation ${rank}`
      : "Judged against official success",
    subtitle:
      "Each dot is one benchmark, harness and model. Above the diagonal the judge is more generous than the grade.",
    description: worst.map((g) =>
      `${names.benchmark(g.benchmark)}, ${names.config(g.config)}: judged ${pct(g.judged.rate)}, official ${
        pct(g.official.rate)
      }.`
    ).join(" ") || "No cell was both judged and officially graded.",
    legend: [
      ...colorLegend(colors, names.benchmark, "suites", shapes),
      ...sizeLegend(most, size.largest),
    ],
    width: context.width,
    body: [
      drawn?.block ?? emptyBlock("No cell was both judged and officially graded.", width),
    ],
    caption: [
      `Source: ${context.source}${officialWords(context)}.`,
      `${plural(gaps.length, "cell")} judged ${MIN_JUDGED} times and more, n = ${
        int(gaps.reduce((sum, g) =>
          sum + g.judged.n, 0))
      } judged and ${
        plural(gaps.reduce((sum, g) => sum + g.official.n, 0), "officially graded session")
      }, other runs of the ` +
      `same cells; area = judged sessions. Named: the ${NAMED} widest gaps. Bars: Wilson 95% of both rates of these.`,
      `${plural(differing, "cell differs", "cells differ")} by more than chance in both samples (Fisher, Holm, 5%).`,
      ...unnamedSentence(drawn?.unnamed ?? 0, (n) => `${int(n)} of these`),
    ],
  });
}

function plane(
  gaps: readonly OfficialGap[],
  worst: readonly OfficialGap[],
  { colors, shapes, most }: {
    colors: ReadonlyMap<string, string>;
    shapes: ReadonlyMap<string, Shape>;
    most: number;
  },
  names: Naming,
  size: PlaneSize,
): LabelledPlot {
  const { largest } = size, area = areaOf(size);
  const at = (g: OfficialGap) => ({
    x: area.left + g.official.rate * (area.right - area.left),
    y: area.bottom - g.judged.rate * (area.bottom - area.top),
    radius: radiusOf(g.judged.n, most, largest),
  });
  const bar = { stroke: INK.weak, strokeWidth: 1 };
  const ordered = gaps.toSorted((a, b) => b.judged.n - a.judged.n);
  const plot = plotBlock({
    ...planeOptions(size, area),
    x: { domain: [0, 1], range: [area.left, area.right] },
    y: { domain: [0, 1], range: [area.bottom, area.top] },
    r: { type: "identity" },
    marks: [
      Plot.gridX({ ticks: 5, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.gridY({ ticks: 5, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.axisX({ ticks: 5, tickSize: 0, tickFormat: (t: number) => pct(t), label: null, fill: INK.muted }),
      Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: (t: number) => pct(t), label: null, fill: INK.muted }),
      Plot.text(["official success"], { frameAnchor: "bottom", dy: 38, fill: INK.muted, text: (d) => d }),
      Plot.text(["judged success"], {
        frameAnchor: "left",
        rotate: -90,
        dx: -46,
        textAnchor: "middle",
        fill: INK.muted,
        text: (d) => d,
      }),
      Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: INK.muted, strokeDasharray: "5,4" }),
      Plot.ruleX([...worst], { x: (g) => g.official.rate, y1: (g) => g.judged.lo, y2: (g) => g.judged.hi, ...bar }),
      Plot.ruleY([...worst], { y: (g) => g.judged.rate, x1: (g) => g.official.lo, x2: (g) => g.official.hi, ...bar }),
      Plot.dot(ordered, {
        x: (g) => g.official.rate,
        y: (g) => g.judged.rate,
        r: (g) => at(g).radius,
        symbol: (g: OfficialGap) => shapes.get(g.benchmark) ?? "circle",
        fill: (g) => colors.get(g.benchmark) ?? INK.faint,
        fillOpacity: 0.85,
        stroke: INK.ground,
        title: (g) =>
          `${names.benchmark(g.benchmark)}, ${names.config(g.config)}\njudged ${
            pct(g.judged.rate, 1)
          } (${g.judged.k} of ${g.judged.n})\nofficial ${
            pct(g.official.rate, 1)
          } (${g.official.k} of ${g.official.n})\ngap ${points(g.gap, 1)}, from ${points(g.gap_lo, 1)} to ${
            points(g.gap_hi, 1)
          }`,
      }),
    ],
  });
  const named = new Set(worst);
  const dots = gaps.map((g) => ({
    ...at(g),
    label: named.has(g) ? names.config(g.config) : "",
  }));
  // Labels keep off the bars; a line is given the height of a thin box.
  const x = (rate: number) => area.left + rate * (area.right - area.left);
  const y = (rate: number) => area.bottom - rate * (area.bottom - area.top);
  const bars = worst.flatMap((g) => [
    { left: x(g.official.lo), right: x(g.official.hi), top: at(g).y - 2, bottom: at(g).y + 2 },
    { left: at(g).x - 2, right: at(g).x + 2, top: y(g.judged.hi), bottom: y(g.judged.lo) },
  ]);
  return labelledPlot(plot, dots, area, bars);
}
