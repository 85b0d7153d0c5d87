import * as Plot from "@observablehq/plot";
import type { Guardrail, GuardrailBest } from "../../analysis/mod.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { fixed, int, pct, plural, share, tokens, tokenTick } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { familySuites } from "../kit/family.ts";
import { naming } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { noteLines, panelBlock } from "../kit/panel.ts";
import { type LabelledDot } from "../kit/place_labels.ts";
import { plotBlock } from "../kit/plot.ts";
import { valueAxisX } from "../kit/value_axis.ts";
import { labelledPlot } from "../kit/scatter_labels.ts";
import { INK } from "../kit/theme.ts";

const GAP = 32;

/** Pixels that keep marks at 0% and 100% off the labels of the axes. */
const INSET = 10;
const COLORS = { cap: "#0b62a4", floor: "#e08a1e" } as const;

/** What a token cap or a floor would catch, per task family: failures caught against successes stopped. */
export function drawGuardrail(rows: readonly Guardrail[], context: FigureContext): Figure {
  const names = naming(context), full = bodyWidth(context);
  const suites = (row: Guardrail) => names.order("benchmark", row.benchmarks).map(names.benchmark).join(", ");
  const single = rows.find((row) => row.single_cap)?.single_cap?.threshold;
  const columns = isNarrow(full) ? 1 : 2, width = (full - GAP * (columns - 1)) / columns;
  const worst = rows.flatMap((row) => row.single_cap ? [{ family: row.family, ...row.single_cap }] : [])
    .toSorted((a, b) => a.failures_caught - b.failures_caught)[0];
  return frame({
    name: names.figure("guardrail"),
    title: worst
      ? `One cap of ${tokenTick(worst.threshold)} tokens catches ${
        share(worst.failures_caught)
      } of ${worst.family} failures`
      : finding(rows),
    subtitle:
      "Share of failures caught against share of successes stopped as the threshold moves. On the diagonal it does nothing.",
    description: rows.map((row) =>
      `${row.family}: best cap ${bestWords(row.best_cap)}; best floor ${bestWords(row.best_floor)}.`
    ).join(" ") || "No scored sessions.",
    legend: [
      { mark: "line", color: COLORS.cap, label: "cap: stop above" },
      { mark: "line", color: COLORS.floor, label: "floor: flag what ends below" },
      { mark: "dot", color: INK.text, label: "best by Youden's J" },
      ...(single
        ? [{ mark: "diamond" as const, color: INK.accent, label: `the single cap, ${tokenTick(single)}` }]
        : []),
      { mark: "dashed", color: INK.faint, label: "no use" },
    ],
    width: context.width,
    body: [
      rows.length
        ? gridBlock(
          rows.map((row) =>
            panelBlock(
              `${row.family} (${plural(row.n_failed, "failure")}, ${int(row.n_successful)} successes)`,
              suites(row),
              curves(row, width),
              noteLines(rows.map(suites), width),
            )
          ),
          columns,
          GAP,
        )
        : emptyBlock("No scored sessions.", full),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${
        plural(rows.reduce((sum, row) => sum + row.n_failed + row.n_successful, 0), "scored session")
      }. No cut-off.`,
      ...rows.flatMap((row) =>
        [row.best_cap, row.best_floor].flatMap((best) => best ? [bestSentence(row.family, best)] : [])
      ),
    ],
  });
}

/** Below this much more of the failures caught than of the successes stopped, a rule is of no use. */
const USEFUL_J = 0.1;

/** The rule that is worth most on runs that it was not chosen on. */
function finding(rows: readonly Guardrail[]): string {
  const bests = rows.flatMap(({ family, best_cap, best_floor }) =>
    [best_cap, best_floor].flatMap((best) => best ? [{ ...best, family }] : [])
  );
  const best = bests.toSorted((a, b) => (b.validated_j ?? -1) - (a.validated_j ?? -1))[0];
  if (!best || best.validated_j === null) return "What a token cap or a floor would catch";
  const told = best.j_lo !== null && best.j_lo > 0 && (best.validated_j ?? 0) >= USEFUL_J;
  if (!told) return "On runs that they were not chosen on, no token cap and no floor tells failures from successes";
  return `On new runs the best rule, a ${best.kind} on ${familySuites(best.family)}, keeps J = ${
    two(best.validated_j)
  } of ${two(best.youden_j)}`;
}

function bestWords(best: GuardrailBest | null): string {
  return best
    ? `${tokens(best.threshold)} tokens catches ${pct(best.failures_caught)} and stops ${pct(best.successes_stopped)}`
    : "none";
}

const two = (value: number | null) => fixed(value, 2);

function bestSentence(family: string, best: GuardrailBest): string {
  const validated = best.validated_j === null
    ? "on other runs not known"
    : `on runs left out ${two(best.validated_j)} (95% ${two(best.j_lo)} to ${two(best.j_hi)}), an optimism ` +
      `of ${two(best.optimism)}`;
  return `Best ${best.kind}, ${family}: ${tokens(best.threshold)} tokens (95% ${
    rangeWords(best.threshold_lo, best.threshold_hi)
  }), J ${two(best.youden_j)} where it was chosen, ${validated}.`;
}

/** `2.4M to 3.5M tokens`; what is below a thousand does not look like thousands. */
const rangeWords = (lo: number, hi: number) =>
  lo < 1000 && hi >= 1000 ? `${tokens(lo)} tokens to ${tokens(hi)}` : `${tokens(lo)} to ${tokens(hi)} tokens`;

/** Points of each kind that a pointer can tell from one another, each a few pixels from the one before. */
function apart<T extends { kind: string }>(points: readonly T[], at: (point: T) => { x: number; y: number }): T[] {
  const last = new Map<string, { x: number; y: number }>();
  return points.filter((point) => {
    const here = at(point), before = last.get(point.kind);
    if (before && Math.hypot(here.x - before.x, here.y - before.y) < 6) return false;
    last.set(point.kind, here);
    return true;
  });
}

function curves(row: Guardrail, width: number): Block {
  const area = { left: 40, right: width - 8, top: 22, bottom: 344 };
  const at = (point: { failures_caught: number; successes_stopped: number }) => ({
    x: area.left + INSET + point.successes_stopped * (area.right - area.left - 2 * INSET),
    y: area.bottom - INSET - point.failures_caught * (area.bottom - area.top - 2 * INSET),
  });
  const ends = [{ threshold: NaN, failures_caught: 0, successes_stopped: 0 }, {
    threshold: NaN,
    failures_caught: 1,
    successes_stopped: 1,
  }];
  const lines = (["cap", "floor"] as const).flatMap((kind) =>
    [...row[kind], ...ends].map((point) => ({ ...point, kind }))
      .toSorted((a, b) => a.successes_stopped - b.successes_stopped || a.failures_caught - b.failures_caught)
  );
  const points = lines.filter((point) => !Number.isNaN(point.threshold));
  const best = [row.best_cap, row.best_floor].filter((one) => one !== null);
  const title = (point: { threshold: number; failures_caught: number; successes_stopped: number }) =>
    `${tokens(point.threshold)} tokens\n${pct(point.failures_caught, 1)} of failures caught\n${
      pct(point.successes_stopped, 1)
    } of successes stopped`;
  const plot = plotBlock({
    width,
    height: 386,
    marginLeft: area.left,
    marginRight: width - area.right,
    marginTop: area.top,
    marginBottom: 386 - area.bottom,
    x: { domain: [0, 1], inset: INSET },
    y: { domain: [0, 1], inset: INSET },
    marks: [
      Plot.gridY([0, 0.25, 0.5, 0.75, 1], { stroke: INK.grid, strokeOpacity: 1 }),
      ...valueAxisX([0, 0.25, 0.5, 0.75, 1], pct),
      Plot.axisY([0, 0.25, 0.5, 0.75, 1], {
        tickSize: 0,
        tickFormat: (t: number) => pct(t),
        label: null,
        fill: INK.muted,
      }),
      Plot.text(["successes stopped"], { frameAnchor: "bottom", dy: 34, fill: INK.muted, text: (d) => d }),
      Plot.text(["failures caught"], {
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: -area.left,
        dy: -14,
        fill: INK.muted,
        text: (d) => d,
      }),
      Plot.line([[0, 0], [1, 1]], { stroke: INK.faint, strokeDasharray: "4,3" }),
      Plot.line(lines, {
        x: "successes_stopped",
        y: "failures_caught",
        z: "kind",
        stroke: (point: typeof lines[number]) => COLORS[point.kind],
        strokeWidth: 2,
      }),
      // Nothing to see, something to point at.
      Plot.dot(apart(points, at), {
        x: "successes_stopped",
        y: "failures_caught",
        r: 4,
        fill: INK.ground,
        fillOpacity: 0,
        title,
      }),
      Plot.dot(best, {
        x: "successes_stopped",
        y: "failures_caught",
        r: 6,
        fill: (point: GuardrailBest) => COLORS[point.kind],
        stroke: INK.text,
        strokeWidth: 1.5,
        title,
      }),
      Plot.dot(row.single_cap ? [row.single_cap] : [], {
        x: "successes_stopped",
        y: "failures_caught",
        symbol: "diamond",
        r: 7,
        fill: INK.ground,
        stroke: INK.accent,
        strokeWidth: 2,
        title,
      }),
    ],
  });
  const labelled = [
    ...best.map((point) => ({ ...point, label: `${point.kind} ${tokens(point.threshold)}` })),
    ...(row.single_cap
      ? [{ ...row.single_cap, label: `single cap: ${pct(row.single_cap.failures_caught)} caught` }]
      : []),
  ].map((point): LabelledDot => ({
    ...at(point),
    radius: 7,
    label: point.label,
  }));
  const curve = points.map((point) => {
    const { x, y } = at(point);
    return { left: x - 1.5, right: x + 1.5, top: y - 1.5, bottom: y + 1.5 };
  });
  return labelledPlot(plot, labelled, area, curve).block;
}
