import { MIN_CELL_N, MIN_FRONTIER_N } from "../../analysis/cut_offs.ts";
import * as Plot from "@observablehq/plot";
import type { FrontierRow } from "../../analysis/mod.ts";
import type { Figure } from "../kit/figure.ts";
import { type AgentsContext, leftOutWords } from "../kit/left_out.ts";
import { int, pct, plural, usd } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { logAxisX, logDomain, logTicks, usdTick } from "../kit/log_axis.ts";
import { type Naming, naming } from "../kit/names.ts";
import type { Area } from "../kit/place_labels.ts";
import { planeOptions, type PlaneSize } from "../kit/plane.ts";
import { plotBlock } from "../kit/plot.ts";
import { type LabelledPlot, labelledPlot, radiusOf, sizeLegend, unnamedSentence } from "../kit/scatter_labels.ts";
import { INK } from "../kit/theme.ts";

const HEIGHT = 500;
const LARGEST = 22;

const areaOf = ({ width, height, above = 0 }: PlaneSize): Area => ({
  left: 52,
  right: width - 12,
  top: 10 + above,
  bottom: height - 46,
});

/** Open and closed weights differ in lightness, and closed ones have no rim. */
export const WEIGHTS = {
  open: { label: "open weights", color: "#e08a1e" },
  closed: { label: "closed weights", color: "#10416b" },
  unknown: { label: "weights not known", color: INK.weak },
} as const;

export const weightsOf = ({ open_weights }: FrontierRow) =>
  open_weights === null ? WEIGHTS.unknown : open_weights ? WEIGHTS.open : WEIGHTS.closed;

/** What quality costs: balanced success against USD per task, with the steps that nothing cheaper beats. */
export function drawCostQualityFrontier(rows: readonly FrontierRow[], context: AgentsContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const size = { width, height: isNarrow(width) ? 360 : HEIGHT, largest: isNarrow(width) ? 14 : LARGEST };
  const front = rows.filter((row) => row.on_frontier).toSorted((a, b) => a.usd_per_task - b.usd_per_task);
  const kinds = Object.values(WEIGHTS).filter((kind) => rows.some((row) => weightsOf(row) === kind));
  const most = Math.max(1, ...rows.map((row) => row.n));
  const best = front.at(-1);
  const drawn = rows.length ? plane(rows, front, most, names, size) : null;
  return frame({
    name: names.figure("cost-quality-frontier"),
    title: best
      ? `Nothing dearer than ${usd(best.usd_per_task)} a task does better than ${names.config(best.config)}`
      : "Balanced success against cost per task",
    subtitle:
      "Balanced success of each config against its mean cost per task, logarithmic. Steps: no config left of it is better.",
    description: `On the frontier, cheapest first: ${
      front.map((row) => `${names.config(row.config)} ${usd(row.usd_per_task)}, ${pct(row.macro)}`).join("; ") ||
      "nothing"
    }.`,
    legend: [
      ...kinds.map(({ label, color }) => ({ mark: "dot" as const, color, label })),
      { mark: "line", color: INK.accent, label: "Pareto frontier" },
      ...sizeLegend(most, size.largest),
    ],
    width: context.width,
    body: [drawn?.block ?? emptyBlock(`No config has ${MIN_FRONTIER_N} scored sessions and a price.`, width)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(rows.reduce((sum, row) => sum + row.n, 0), "scored session")} in ${
        plural(rows.length, "config")
      }; area = sessions.`,
      `Configs of ${MIN_FRONTIER_N} sessions and more with a price; suites count from ${MIN_CELL_N} sessions on. USD at the price table's rates.`,
      "A mean is over the suites that its config ran: configs of other suites are not alike.",
      ...leftOutWords(context),
      ...unnamedSentence(drawn?.unnamed ?? 0, (n) => plural(n, "config")),
    ],
  });
}

/** Configs by cost and success, with the steps that nothing cheaper beats; each dot's title begins with `of` where given. */
export function plane(
  rows: readonly FrontierRow[],
  front: readonly FrontierRow[],
  most: number,
  names: Naming,
  size: PlaneSize,
  of = "",
): LabelledPlot {
  const area = areaOf(size), { largest } = size;
  const domain = logDomain(rows.map((row) => row.usd_per_task));
  const [lo, hi] = domain.map(Math.log10) as [number, number];
  const at = (row: FrontierRow) => ({
    x: area.left + (Math.log10(row.usd_per_task) - lo) / (hi - lo) * (area.right - area.left),
    y: area.bottom - row.macro * (area.bottom - area.top),
    radius: radiusOf(row.n, most, largest),
  });
  // As many as do not run into one another.
  const across = (usd: number) => (Math.log10(usd) - lo) / (hi - lo) * (area.right - area.left);
  const ticks = logTicks(...domain).reduce<number[]>(
    (kept, tick) => kept.length && across(tick) - across(kept.at(-1)!) < 34 ? kept : [...kept, tick],
    [],
  );
  const last = front.at(-1);
  const steps = last ? [...front, { ...last, usd_per_task: domain[1] }] : [];
  const plot = plotBlock({
    ...planeOptions(size, area),
    x: { type: "log", domain, axis: null },
    y: { domain: [0, 1] },
    r: { type: "identity" },
    marks: [
      Plot.gridX(ticks, { stroke: INK.grid, strokeOpacity: 1 }),
      Plot.gridY({ ticks: 5, stroke: INK.grid, strokeOpacity: 1 }),
      logAxisX(ticks, usdTick),
      Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: (t: number) => pct(t), label: null, fill: INK.muted }),
      Plot.text(["USD per task"], { frameAnchor: "bottom", dy: 36, fill: INK.muted, text: (d) => d }),
      Plot.line(steps, { x: "usd_per_task", y: "macro", curve: "step-after", stroke: INK.accent, strokeWidth: 1.5 }),
      Plot.dot(rows, {
        x: "usd_per_task",
        y: "macro",
        r: (row) => at(row).radius,
        fill: (row) => weightsOf(row).color,
        stroke: (row) => row.on_frontier ? INK.accent : INK.ground,
        strokeWidth: (row) => row.on_frontier ? 2 : 1,
        title: (row) =>
          `${names.config(row.config)}${of}\n${usd(row.usd_per_task)} per task, ${of ? "" : "balanced "}${
            pct(row.macro, 1)
          }\nn = ${int(row.n)}, ${weightsOf(row).label}${row.on_frontier ? "\non the frontier" : ""}`,
      }),
    ],
  });
  const dots = rows.map((row) => ({ ...at(row), label: names.config(row.config), first: row.on_frontier }));
  return labelledPlot(plot, dots, { ...area, top: area.top - (size.above ?? 0) }, stepBoxes(front.map(at), area));
}

/** Where the frontier's steps run, as obstacles for labels. */
function stepBoxes(corners: readonly { x: number; y: number }[], area: Area): Area[] {
  return corners.flatMap(({ x, y }, i) => {
    const next = corners[i + 1];
    const across = { left: x, right: next?.x ?? area.right, top: y - 2, bottom: y + 2 };
    return next ? [across, { left: next.x - 2, right: next.x + 2, top: next.y, bottom: y }] : [across];
  });
}
