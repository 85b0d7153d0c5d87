import * as Plot from "@observablehq/plot";
import type { CostIntervalRow } from "../../analysis/mod.ts";
import { rampColor } from "./color.ts";
import type { Block } from "./figure.ts";
import { int, pct, usd } from "./format.ts";
import { logAxisX, logDomain, logTicks, usdTick } from "./log_axis.ts";
import type { Naming } from "./names.ts";
import { byName } from "./order.ts";
import { ABOVE, bandPadding, bandWords, isNarrow } from "./narrow.ts";
import { plotBlock } from "./plot.ts";
import { fitName, textWidth, widest } from "./text.ts";
import { FONT_SIZE, INK } from "./theme.ts";

/** Size of {@link costDots}, and the axis where several shall share it. */
export interface CostDotsOptions {
  width: number;
  maxLabel: number;
  rowHeight: number;
  /** USD at the ends of the axis. */
  domain: [number, number];
  /** Widths of labels and values, where several blocks shall line up; as wide as needed otherwise. */
  labelWidth?: number;
  valueWidth?: number;
}

type Priced = CostIntervalRow & { usd_per_success: number };

/** Rows with a cost per success, cheapest first; without a success there is none. */
export function pricedRows(rows: readonly CostIntervalRow[]): Priced[] {
  return rows.filter((row): row is Priced => row.usd_per_success !== null)
    .toSorted((a, b) => a.usd_per_success - b.usd_per_success || byName(a.config, b.config));
}

/** The axis that holds every dot and every finite end of an interval. */
export function costDomain(rows: readonly CostIntervalRow[]): [number, number] {
  return logDomain(rows.flatMap((row) => [row.usd_per_success, row.lo, row.hi]).filter((v) => v !== null));
}

/** The interval in words; an end that is infinite is no upper bound. */
export function costInterval({ lo, hi }: Pick<CostIntervalRow, "lo" | "hi">): string {
  return lo === null ? "no bounds" : `${usd(lo)} to ${hi === null ? "no upper bound" : usd(hi)}`;
}

/** What stands at the end of a row: `$64.82 · 16%`. */
export function costValue({ usd_per_success, rate }: CostIntervalRow): string {
  return usd_per_success === null ? "no success" : `${usdOf(usd_per_success)} · ${pct(rate)}`;
}

/** USD to so many digits that what a title makes of two of them can be checked. */
function usdOf(amount: number): string {
  return amount >= 0.01 && amount < 1 ? `$${amount.toPrecision(3)}` : usd(amount);
}

/** Dots of USD per solved task on a logarithmic axis, which has no zero for bars to begin at, coloured by success, with intervals. */
export function costDots(rows: readonly CostIntervalRow[], options: CostDotsOptions, names: Naming): Block {
  const { width, maxLabel, domain } = options, narrow = isNarrow(width);
  const rowHeight = narrow ? ABOVE.rowHeight : options.rowHeight;
  const priced = pricedRows(rows);
  const none = rows.filter((row) => row.usd_per_success === null).toSorted((a, b) => byName(a.config, b.config));
  const sorted = [...priced, ...none];
  const labels = new Map(
    sorted.map((row) => [row.config, fitName(names.config(row.config), maxLabel, FONT_SIZE.body)]),
  );
  const value = costValue;
  const title = (row: CostIntervalRow) =>
    `${names.config(row.config)}\n${value(row)} (${int(row.k)} of ${int(row.n)})\n95% ${costInterval(row)}, ${
      row.method === "bca" ? "BCa" : "percentile"
    } bootstrap by session\n${usd(row.usd_per_task)} per task`;
  const ticks = logTicks(...domain, width > 500 ? [1, 3] : [1]);
  const unbounded = priced.filter((row) => row.lo !== null && row.hi === null);
  const marginLeft = narrow ? ABOVE.marginLeft : (options.labelWidth ?? widest(labels.values(), FONT_SIZE.body)) + 12;
  const marginRight = narrow
    ? ABOVE.marginRight
    : (options.valueWidth ?? widest(sorted.map(value), FONT_SIZE.body)) + 20;
  const tickGap = (width - marginLeft - marginRight) / Math.max(1, ticks.length - 1);
  const shown = tickGap < textWidth("$1,000", FONT_SIZE.body) + 6 ? ticks.filter((_, i) => i % 2 === 0) : ticks;
  return plotBlock({
    width,
    height: sorted.length * rowHeight + 26,
    marginTop: 2,
    marginBottom: 24,
    marginLeft,
    marginRight,
    x: { type: "log", domain, axis: null },
    y: { domain: sorted.map((row) => row.config), axis: null, ...bandPadding(narrow, 0.25) },
    marks: [
      Plot.gridX(shown, { stroke: INK.grid, strokeOpacity: 1 }),
      logAxisX(shown, usdTick),
      ...bandWords(sorted, {
        narrow,
        width,
        band: (row) => row.config,
        label: (row) => names.config(row.config),
        value,
        title,
        left: (config: string) => labels.get(config) ?? config,
      }),
      ...intervalMarks(priced, unbounded, domain[1], title, narrow ? 4 : 6),
      Plot.dot(priced, {
        x: "usd_per_success",
        y: "config",
        r: narrow ? 5 : 6,
        fill: (row) => rampColor(row.rate),
        stroke: INK.text,
        strokeWidth: 0.8,
        title,
      }),
      ...narrow ? [] : [Plot.text(sorted, {
        y: "config",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 16,
        text: value,
        fill: (row) => row.usd_per_success === null ? INK.muted : INK.text,
        fontVariant: "tabular-nums",
        title,
      })],
    ],
  });
}

function intervalMarks(
  rows: readonly Priced[],
  unbounded: readonly Priced[],
  edge: number,
  title: (row: CostIntervalRow) => string,
  inset: number,
) {
  const known = rows.filter((row) => row.lo !== null);
  const hi = (row: Priced) => row.hi ?? edge;
  const cap = { y: "config", insetTop: inset, insetBottom: inset, stroke: INK.text, strokeWidth: 1.2 } as const;
  return [
    Plot.ruleY(known, { y: "config", x1: "lo", x2: hi, stroke: INK.text, strokeWidth: 1.2, title }),
    Plot.tickX(known, { ...cap, x: "lo" }),
    Plot.tickX(known.filter((row) => row.hi !== null), { ...cap, x: hi }),
    Plot.text(unbounded, { y: "config", frameAnchor: "right", textAnchor: "start", dx: -2, text: () => "→", title }),
  ];
}
