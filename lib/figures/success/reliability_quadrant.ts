import { MIN_CELL_N, MIN_CONFIG_N } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { Quadrant, QuadrantRow } from "../../analysis/mod.ts";
import type { Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { colorLegend } from "../kit/legend.ts";
import { type Naming, naming, splitConfig } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { type LabelledPlot, labelledPlot, radiusOf, sizeLegend, unnamedSentence } from "../kit/scatter_labels.ts";
import type { Area } from "../kit/place_labels.ts";
import { planeOptions, type PlaneSize } from "../kit/plane.ts";
import { textWidth } from "../kit/text.ts";
import { FONT_SIZE, INK } from "../kit/theme.ts";

/** A config that solves less than this is no one to depend on, wherever the middle lies. */
const HALF = 0.5;

const sizeOf = (width: number): PlaneSize =>
  isNarrow(width) ? { width, height: 360, largest: 15 } : { width, height: 500, largest: 24 };
const areaOf = ({ width, height }: PlaneSize): Area => ({ left: 52, right: width - 12, top: 12, bottom: height - 46 });

/** Dependable against erratic: balanced success, and how much it differs between a config's suites. */
export function drawReliabilityQuadrant(quadrant: Quadrant, context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context), size = sizeOf(width);
  const { rows } = quadrant;
  const colors = names.colors("harness", rows.map((row) => splitConfig(row.config).harness));
  const most = Math.max(1, ...rows.map((row) => row.n));
  const dependable = rows.filter((row) => row.corner === "dependable");
  const drawn = rows.length ? plane(quadrant, colors, most, names, size) : null;
  return frame({
    name: names.figure("reliability-quadrant"),
    title: rows.length ? finding(dependable) : "Dependable against erratic configs",
    subtitle: "Balanced success of each config, and the standard deviation of its rates across suites.",
    description: rows.map((row) =>
      `${names.config(row.config)}: balanced ${pct(row.macro)}, deviation ${
        int(100 * row.cross_task_std)
      } points, ${row.corner}.`
    ).join(" ") || "No config has two suites.",
    legend: [
      ...colorLegend(colors, names.harness, "harnesses"),
      ...sizeLegend(most, size.largest),
    ],
    width: context.width,
    body: [drawn?.block ?? emptyBlock(`No config has two suites of ${MIN_CELL_N} scored sessions.`, width)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        plural(rows.reduce((sum, row) => sum + row.n, 0), "scored session")
      }; area = sessions.`,
      `Configs of ${MIN_CONFIG_N} sessions and more with two suites or more of ${MIN_CELL_N} sessions; dashed: medians.`,
      ...unnamedSentence(drawn?.unnamed ?? 0, (n) => plural(n, "config")),
    ],
  });
}

function finding(dependable: readonly QuadrantRow[]): string {
  if (!dependable.length) return "No config is both as good and as steady as the middle one";
  if (dependable.some((row) => row.macro < HALF)) {
    return `${
      plural(dependable.length, "config is", "configs are")
    } as good and as steady as the middle one, or better`;
  }
  const few = dependable.filter((row) => row.n_benchmarks === 2).length;
  const start = plural(dependable.length, "config is", "configs are") + " dependable";
  if (few === 0) return start;
  if (dependable.length === 1) return `${start}, on two suites only`;
  return `${start}, ${few === dependable.length ? "all" : few} of them on two suites only`;
}

function plane(
  { rows, median_macro, median_std }: Quadrant,
  colors: ReadonlyMap<string, string>,
  most: number,
  names: Naming,
  size: PlaneSize,
): LabelledPlot {
  const { largest } = size, area = areaOf(size);
  const x = { domain: [0, 1], range: [area.left, area.right] } as const;
  const top = Math.max(0.1, Math.ceil(10 * Math.max(...rows.map((row) => row.cross_task_std))) / 10);
  const y = { domain: [0, top], range: [area.bottom, area.top] } as const;
  const at = (row: QuadrantRow) => ({
    x: area.left + row.macro * (area.right - area.left),
    y: area.bottom - row.cross_task_std / top * (area.bottom - area.top),
    radius: radiusOf(row.n, most, largest),
  });
  const corners = [
    { text: "erratic and weak", anchor: "start", x: area.left + 6, y: area.top + 14 },
    { text: "erratic but good", anchor: "end", x: area.right - 4, y: area.top + 14 },
    { text: "steady but weak", anchor: "start", x: area.left + 6, y: area.bottom - 8 },
    { text: "dependable", anchor: "end", x: area.right - 4, y: area.bottom - 8 },
  ] as const;
  const plot = plotBlock({
    ...planeOptions(size, area),
    x: { ...x, domain: [...x.domain], range: [...x.range] },
    y: { ...y, domain: [...y.domain], range: [...y.range] },
    r: { type: "identity" },
    marks: [
      Plot.gridX({ ticks: 5, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.gridY({ ticks: 5, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.axisX({ ticks: 5, tickSize: 0, tickFormat: (t: number) => pct(t), label: null, fill: INK.muted }),
      Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: (t: number) => int(100 * t), label: null, fill: INK.muted }),
      Plot.ruleX(median_macro === null ? [] : [median_macro], { stroke: INK.faint, strokeDasharray: "4,3" }),
      Plot.ruleY(median_std === null ? [] : [median_std], { stroke: INK.faint, strokeDasharray: "4,3" }),
      Plot.text(["balanced success"], { frameAnchor: "bottom", dy: 36, fill: INK.muted, text: (d) => d }),
      Plot.text(["standard deviation across suites, points"], {
        frameAnchor: "left",
        rotate: -90,
        dx: -40,
        textAnchor: "middle",
        fill: INK.muted,
        text: (d) => d,
      }),
      Plot.text(corners, {
        x: (corner) => (corner.x - area.left) / (area.right - area.left),
        y: (corner) => top * (area.bottom - corner.y) / (area.bottom - area.top),
        text: "text",
        textAnchor: "start",
        filter: (corner) => corner.anchor === "start",
        fontWeight: 600,
        fill: INK.faint,
      }),
      Plot.text(corners, {
        x: (corner) => (corner.x - area.left) / (area.right - area.left),
        y: (corner) => top * (area.bottom - corner.y) / (area.bottom - area.top),
        text: "text",
        textAnchor: "end",
        filter: (corner) => corner.anchor === "end",
        fontWeight: 600,
        fill: INK.faint,
      }),
      Plot.dot(rows, {
        x: "macro",
        y: "cross_task_std",
        r: (row) => at(row).radius,
        fill: (row) => colors.get(splitConfig(row.config).harness) ?? INK.faint,
        fillOpacity: 0.85,
        stroke: INK.ground,
        title: (row) =>
          `${names.config(row.config)}\nbalanced ${pct(row.macro, 1)} over ${
            plural(row.n_benchmarks, "suite")
          }\ndeviation ${(100 * row.cross_task_std).toFixed(1)} points\nn = ${int(row.n)}, ${row.corner}`,
      }),
    ],
  });
  const obstacles = corners.map((corner) => {
    const wide = textWidth(corner.text, FONT_SIZE.body, 600);
    const left = corner.anchor === "start" ? corner.x : corner.x - wide;
    return { left, right: left + wide, top: corner.y - 9, bottom: corner.y + 9 };
  });
  const dots = rows.map((row) => ({ ...at(row), label: names.config(row.config) }));
  return labelledPlot(plot, dots, area, obstacles);
}
