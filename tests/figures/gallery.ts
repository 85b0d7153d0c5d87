/** Small plots, one a mark or a situation: what each part of a figure looks like where it is hard to draw. @module */
import { wilson } from "../../lib/stats/mod.ts";
import type { Block, Figure } from "../../lib/figures/kit/figure.ts";
import { frame, gridBlock } from "../../lib/figures/kit/frame.ts";
import { heatBlock, WEAK_CELL } from "../../lib/figures/kit/heat.ts";
import { besideBlock, colorLegend, legendBlock, rampBlock } from "../../lib/figures/kit/legend.ts";
import { naming } from "../../lib/figures/kit/names.ts";
import { panelBlock } from "../../lib/figures/kit/panel.ts";
import { plotBlock } from "../../lib/figures/kit/plot.ts";
import { costDomain, costDots } from "../../lib/figures/kit/cost_dots.ts";
import { type RateBar, rateBars } from "../../lib/figures/kit/rate_bars.ts";
import { labelledPlot, sizeLegend } from "../../lib/figures/kit/scatter_labels.ts";
import { shapesOf } from "../../lib/figures/kit/shapes.ts";
import { INK, PADDING, PALETTE, RATE_RAMP } from "../../lib/figures/kit/theme.ts";
import { tokenBoxes } from "../../lib/figures/kit/token_boxes.ts";

const WIDTH = 460;
const names = naming({});

const bar = (label: string, k: number, n: number, color: string = PALETTE[0]!): RateBar => {
  const { estimate: rate, lo, hi } = wilson(k, n);
  return { label, k, n, rate, lo, hi, color };
};

const box = (harness: string, scale: number, n = 30) => ({
  harness,
  n,
  q1: 2 * scale,
  median: 3 * scale,
  q3: 5 * scale,
  whisker_lo: scale,
  whisker_hi: 9 * scale,
});

const cost = (config: string, usd: number | null, lo: number | null, hi: number | null, rate: number, n = 30) => ({
  benchmark: null,
  config,
  n,
  k: Math.round(rate * n),
  rate,
  usd_per_task: (usd ?? 0.1) * Math.max(rate, 0.01),
  usd_per_success: usd,
  usd_total: null,
  lo,
  hi,
  method: "bca" as const,
});

const scatter = (dots: readonly { x: number; y: number; radius: number; label: string }[]): Block => {
  const area = { left: 10, right: WIDTH - 10, top: 10, bottom: 190 };
  const plot = plotBlock({
    width: WIDTH,
    height: 200,
    margin: 0,
    axis: null,
    x: { domain: [0, WIDTH], range: [0, WIDTH] },
    y: { domain: [200, 0], range: [200, 0] },
    marks: [],
  });
  const circles = dots.map(({ x, y, radius }) => `<circle cx="${x}" cy="${y}" r="${radius}" fill="${PALETTE[0]}"/>`);
  return labelledPlot({ ...plot, markup: plot.markup + circles.join("") }, dots, area).block;
};

const heat = (rows: readonly string[], columns: readonly string[], value: (r: number, c: number) => number | null) =>
  heatBlock({
    rows,
    columns,
    rowLabel: (row) => row,
    columnLabel: (column) => column,
    width: WIDTH,
    absent: "–",
    cells: rows.flatMap((row, r) =>
      columns.flatMap((column, c) => {
        const rate = value(r, c);
        if (rate === null) return [];
        const weak = rate < 0.05;
        const text = `${Math.round(100 * rate)}%`;
        return [{
          row,
          column,
          text,
          fill: weak ? WEAK_CELL.fill : RATE_RAMP[Math.round(rate * (RATE_RAMP.length - 1))]!,
          ink: weak ? WEAK_CELL.ink : rate > 0.6 ? "#ffffff" : INK.text,
          title: `${row}, ${column}: ${text}`,
          marked: rate > 0.95,
        }];
      })
    ),
  });

/** Each plot by the mark or the situation that it shows. */
const PLOTS: Readonly<Record<string, () => Block | { legend: Block; body: Block }>> = {
  "rates with whiskers": () =>
    rateBars([bar("ladder", 45, 60), bar("loop", 30, 60, PALETTE[1]), bar("plan", 12, 60, PALETTE[2])], {
      width: WIDTH,
    }),
  "rates of none and all: no whisker leaves 0 to 100%": () =>
    rateBars([bar("never", 0, 20), bar("always", 20, 20), bar("once of one", 1, 1), bar("none of one", 0, 1)], {
      width: WIDTH,
    }),
  "a single bar": () => rateBars([bar("alone", 3, 7)], { width: WIDTH }),
  "names that are too long are cut and told apart": () =>
    rateBars(
      ["alpha", "beta"].map((end) => bar(`a harness whose name goes on and on until nobody reads it ${end}`, 5, 9)),
      { width: WIDTH },
    ),
  "names in other scripts": () =>
    rateBars([bar("エージェント", 5, 9), bar("وكيل", 6, 9), bar("агент", 4, 9), bar("🤖 bot", 3, 9)], { width: WIDTH }),
  "names that are markup": () => rateBars([bar(`<b>"bold"</b> & 'co'`, 5, 9), bar("a < b", 6, 9)], { width: WIDTH }),
  "rates on a phone: words above the bars": () =>
    rateBars([bar("ladder · finch-2", 45, 60), bar("loop · finch-2", 30, 60)], { width: 328, full: 328 }),
  "boxes over three decades": () =>
    tokenBoxes(
      [box("small", 1e3), box("middle", 4e4), box("large", 9e5)],
      { width: WIDTH, domain: [800, 1e7] } as never,
      names,
    ),
  "a heat table with weak, absent and marked cells": () =>
    heat(
      ["ladder", "loop", "plan"],
      ["invoices", "tickets", "mail"],
      (r, c) => [[0.02, 0.5, 0.98], [null, 0.3, 0.7], [0.61, null, 0.12]][r]![c]!,
    ),
  "a heat table of one cell": () => heat(["ladder"], ["invoices"], () => 0.5),
  "a heat table of many columns": () =>
    heat(["a", "b"], Array.from({ length: 12 }, (_, i) => `suite ${i + 1}`), (r, c) => (r + c) / 14),
  "costs with intervals, without an upper bound, without a success": () => {
    const rows = [
      cost("ladder · finch-2", 0.021, 0.018, 0.025, 0.9),
      cost("loop · finch-2", 0.4, 0.2, null, 0.2),
      cost("plan · finch-2", 84.3, 40, 190, 0.26),
      cost("none · finch-2", null, null, null, 0),
    ] as never[];
    return costDots(rows, { width: WIDTH, maxLabel: 150, rowHeight: 23, domain: costDomain(rows) }, names);
  },
  "labels that would meet": () =>
    scatter([
      { x: 200, y: 100, radius: 8, label: "first of three" },
      { x: 206, y: 104, radius: 6, label: "second of three" },
      { x: 210, y: 96, radius: 5, label: "third of three" },
      { x: 440, y: 20, radius: 6, label: "at the edge" },
    ]),
  "a legend that wraps": () =>
    legendBlock(
      Array.from(
        { length: 9 },
        (_, i) => ({ mark: "square" as const, color: PALETTE[i % PALETTE.length]!, label: `entry number ${i + 1}` }),
      ),
      "",
      WIDTH,
    ),
  "every mark of a legend": () =>
    legendBlock(
      (["square", "dot", "ring", "diamond", "line", "dashed", "whisker"] as const).map((mark) => ({
        mark,
        color: INK.text,
        label: mark,
      })),
      "marks",
      WIDTH,
    ),
  "names by colour and by shape": () => {
    const all = ["a", "b", "c", "d", "e", "f"].map((end) => `suite ${end}`);
    return legendBlock(
      colorLegend(new Map(all.map((name, i) => [name, PALETTE[i]!])), (name) => name, "suites", shapesOf(all)),
      "",
      WIDTH,
    );
  },
  "many names: the grey ones are counted": () =>
    legendBlock(
      colorLegend(new Map([["one", PALETTE[0]!], ["two", INK.faint], ["three", INK.faint]]), (name) => name, "models"),
      "",
      WIDTH,
    ),
  "areas that stand for counts": () => legendBlock(sizeLegend(413, 20), "", WIDTH),
  "a ramp of colours": () =>
    besideBlock([rampBlock("gallery-a-ramp-of-colours-ramp", RATE_RAMP, "0%", "100% solved", "success")], 36, WIDTH),
  "panels side by side with notes": () =>
    gridBlock(
      ["invoices", "a suite with a long name that is cut"].map((title) =>
        panelBlock(
          title,
          "2 rivals of 3 cannot be told from the best, and this note goes on",
          rateBars([bar("ladder", 5, 9), bar("loop", 4, 9)], { width: 220 }),
        )
      ),
      2,
      20,
    ),
};

/** The gallery's figures, in order. */
export function gallery(): Figure[] {
  return Object.entries(PLOTS).map(([situation, draw]) => {
    const drawn = draw();
    const { legend, body } = "body" in drawn ? drawn : { legend: null, body: drawn };
    return frame({
      name: `gallery-${situation.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replace(/-$/, "")}`,
      title: situation[0]!.toUpperCase() + situation.slice(1),
      description: `A small plot of invented numbers: ${situation}.`,
      legend,
      body: [body],
      caption: ["Source: invented numbers."],
      width: Math.max(WIDTH, body.width) + 2 * PADDING,
    });
  });
}
