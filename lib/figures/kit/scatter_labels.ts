import type { Block } from "./figure.ts";
import { int } from "./format.ts";
import type { LegendItem } from "./legend.ts";
import { type Area, type LabelledDot, type PlacedLabel, placeLabels } from "./place_labels.ts";
import { element, textAt } from "./svg.ts";
import { fitName } from "./text.ts";
import { FONT_SIZE, HALO, INK } from "./theme.ts";
import { plural } from "../../model/plural.ts";

const LABEL_MAX = 220;

/** A scatter plot with its labels, and how many dots have none because there is no room. */
export interface LabelledPlot {
  block: Block;
  unnamed: number;
}

/** Labels a scatter plot's dots: placed so that none covers another, leader lines where they are far. */
export function labelledPlot(
  plot: Block,
  dots: readonly LabelledDot[],
  area: Area,
  obstacles: readonly Area[] = [],
): LabelledPlot {
  // On a phone a name takes half of the plot at most, and none lies on a dot.
  const phone = plot.width < 400, most = phone ? plot.width / 2 : LABEL_MAX;
  const fitted = dots.map((dot) => ({ ...dot, label: fitName(dot.label, most, FONT_SIZE.small) }));
  const placed = placeLabels(fitted, area, FONT_SIZE.small, obstacles)
    .filter((label) => !phone || !dots.some((dot) => covers(label, dot)));
  const markup = placed.map(({ label, x, y, leader }) =>
    (leader ? element("line", { ...leader, stroke: INK.text, "stroke-width": 0.7, "stroke-dasharray": "1.5,2" }) : "") +
    textAt(x, y, label, { "font-size": FONT_SIZE.small, fill: INK.text, ...HALO })
  ).join("");
  return {
    block: { ...plot, markup: plot.markup + markup },
    unnamed: dots.filter(({ label }) => label).length - placed.length,
  };
}

function covers({ x, y, width }: PlacedLabel, dot: LabelledDot): boolean {
  const across = Math.max(x - dot.x, 0, dot.x - x - width);
  const down = Math.max(y - FONT_SIZE.small * 0.8 - dot.y, 0, dot.y - y);
  return Math.hypot(across, down) < dot.radius;
}

/** A caption's sentence about dots without a name; none where all have one. */
export function unnamedSentence(unnamed: number, of: (n: number) => string): string[] {
  return unnamed ? [`${of(unnamed)} without a name, for which there is no room.`] : [];
}

/** Radius of a dot whose area stands for a count: `largest` pixels at the largest count. */
export function radiusOf(n: number, most: number, largest: number): number {
  return Math.max(3, largest * Math.sqrt(n / Math.max(1, most)));
}

/** Legend entries for dots whose area stands for sessions; the largest is drawn at its own size, up to a line's height. */
export function sizeLegend(most: number, largest: number): LegendItem[] {
  const steps = sizeSteps(most).map((n) => ({ n, radius: radiusOf(n, most, largest) })).filter(({ radius }) =>
    radius <= 11
  );
  return steps.map(({ n, radius }, i) => ({
    mark: "ring",
    color: INK.faint,
    radius,
    label: i < steps.length - 1
      ? int(n)
      : n < most
      ? `${plural(n, "session")}, ${int(most)} at most`
      : `${plural(n, "session")}`,
  }));
}

/** Round numbers: about a twentieth, a tenth, a fifth and all of the largest. */
function sizeSteps(most: number): number[] {
  const steps = [most / 20, most / 10, most / 5, most].map((n) => {
    const unit = 10 ** Math.floor(Math.log10(Math.max(1, n)));
    return Math.max(1, Math.round(n / unit) * unit);
  });
  return [...new Set(steps)];
}
