import * as Plot from "@observablehq/plot";
import type { Plan } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { int, pct, plural } from "../kit/format.ts";
import { frame } from "../kit/frame.ts";
import { legendBlock } from "../kit/legend.ts";
import { naming } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { INK, VERDICT_COLORS } from "../kit/theme.ts";

const HEIGHT = 280;
const KINDS = [
  { key: "unpaired", label: "each config on tasks of its own", color: VERDICT_COLORS.failed },
  { key: "paired", label: "both on the same tasks", color: VERDICT_COLORS.solved },
] as const;

interface Point {
  tasks: number;
  difference: number;
  kind: typeof KINDS[number];
}

/** How many tasks it takes to tell two configs apart: the smallest difference found, by tasks. */
export function drawPlan(plan: Plan, context: FigureContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const [first, second] = plan.configs.map(names.config) as [string, string];
  const [once] = plan.rows;
  const points = `${Number((100 * plan.difference).toFixed(1))} points`;
  const drawn = KINDS.flatMap((kind) =>
    plan.curve.flatMap(({ tasks, [kind.key]: difference }): Point[] =>
      difference === null ? [] : [{ tasks, difference, kind }]
    )
  );
  const kinds = KINDS.filter((kind) => drawn.some((point) => point.kind === kind));
  const sizes = [
    once?.unpaired == null ? null : `${plural(once.unpaired, "task")} each`,
    once?.paired == null ? null : `${int(once.paired)} that both try`,
  ].filter((text) => text !== null);
  return frame({
    name: names.figure("plan"),
    title: sizes.length
      ? `To tell two configs apart by ${points} takes ${sizes.join(", or ")}`
      : `No number of tasks tells two configs apart by ${points}: runs differ by too much`,
    subtitle: `${first} and ${second}, both near ${
      pct(plan.rate)
    }: the smallest difference that so many tasks find, each tried once.`,
    description: drawn.map((p) =>
      `${plural(p.tasks, "task")}, ${p.kind.label}: ${(100 * p.difference).toFixed(1)} points.`
    ).join(" ") ||
      "No difference that is possible is found.",
    legend: legendBlock(
      [
        ...kinds.map(({ label, color }) => ({ mark: "line" as const, color, label })),
        { mark: "dashed", color: INK.faint, label: points },
      ],
      "",
      width,
    ),
    width: context.width,
    body: [curve(drawn, plan.difference, width)],
    caption: [
      `Source: ${context.source}.`,
      `Power ${pct(plan.power)}, two-sided at 5%, for new tasks like these.`,
      plan.tasks === null
        ? "These sessions name no task that both tried, so what pairing saves is not known."
        : `What pairing saves is from ${plural(plan.tasks, "task")} that both tried.`,
      once && once.runs > 1
        ? `In at least ${plural(once.runs, "run")} each: with fewer no number of tasks is enough.`
        : "",
    ].filter((text) =>
      text !== ""
    ),
  });
}

function curve(points: readonly Point[], difference: number, width: number): Block {
  // Each number of tasks is twice the one before, so equal steps are a logarithmic scale.
  const domain = [...new Set(points.map((p) => p.tasks))].sort((a, b) => a - b);
  return plotBlock({
    width,
    height: HEIGHT,
    marginTop: 10,
    marginBottom: 44,
    marginLeft: 56,
    marginRight: 24,
    x: { type: "point", domain, padding: 0.2 },
    y: { domain: [0, Math.max(2 * difference, ...points.map((p) => p.difference))] },
    marks: [
      Plot.gridY({ ticks: 5, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.axisX(isNarrow(width) ? domain.filter((_, i) => i % 2 === 0) : domain, {
        tickSize: 0,
        tickFormat: (t: number) => int(t),
        label: null,
        fill: INK.muted,
      }),
      Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: (t: number) => int(100 * t), label: null, fill: INK.muted }),
      Plot.ruleY([difference], { stroke: INK.faint, strokeDasharray: "4,3" }),
      Plot.text(["tasks"], { frameAnchor: "bottom", dy: 36, fill: INK.muted, text: (d: string) => d }),
      Plot.text(["smallest difference found, points"], {
        frameAnchor: "left",
        rotate: -90,
        dx: -42,
        textAnchor: "middle",
        fill: INK.muted,
        text: (d: string) => d,
      }),
      Plot.line(points, {
        x: "tasks",
        y: "difference",
        z: (p: Point) => p.kind.key,
        stroke: (p: Point) => p.kind.color,
        strokeWidth: 2,
      }),
      Plot.dot(points, {
        x: "tasks",
        y: "difference",
        r: 3.5,
        fill: (p: Point) => p.kind.color,
        title: (p: Point) => `${plural(p.tasks, "task")}, ${p.kind.label}\n${(100 * p.difference).toFixed(1)} points`,
      }),
    ],
  });
}
