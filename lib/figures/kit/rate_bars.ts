import * as Plot from "@observablehq/plot";
import type { Rate } from "../../analysis/mod.ts";
import type { Block } from "./figure.ts";
import { int, pct } from "./format.ts";
import { ABOVE, bandPadding, bandWords, isNarrow } from "./narrow.ts";
import { plotBlock } from "./plot.ts";
import { fitName, widest } from "./text.ts";
import { FONT_SIZE, INK } from "./theme.ts";
import { whiskerX } from "./whisker.ts";

/** One bar: a rate with its interval. */
export type RateBar = Rate & { label: string; color: string };

/** Size of a block of bars. */
export interface RateBarsOptions {
  width: number;
  /** Widest that a label may be, in pixels. */
  maxLabel?: number;
  /** Width of the labels, where several blocks shall line up; as wide as needed otherwise. */
  labelWidth?: number;
  /** Width of the values at the right, where several blocks shall line up. */
  valueWidth?: number;
  rowHeight?: number;
  /** Width of the whole figure, where the block is a part of it: a phone's has labels above the bars. */
  full?: number;
}

/** A rate with its 95% interval as a tooltip says it. */
export function rateTitle(label: string, { n, k, rate, lo, hi }: Rate): string {
  return `${label}: ${pct(rate, 1)} (${int(k)} of ${int(n)}, 95% ${pct(lo, 1)} to ${pct(hi, 1)})`;
}

/** What stands at the right of a bar. */
export function rateValue({ rate, n }: Pick<Rate, "rate" | "n">): string {
  return `${pct(rate)} (n=${int(n)})`;
}

/** Horizontal bars of success with whiskers, the rate and n at the right. */
export function rateBars(bars: readonly RateBar[], options: RateBarsOptions): Block {
  const { width, maxLabel = 150, rowHeight = 24 } = options;
  const narrow = options.full !== undefined && isNarrow(options.full);
  const keyed = bars.map((bar, i) => ({ ...bar, key: String(i) }));
  const labels = keyed.map((bar) => fitName(bar.label, maxLabel, FONT_SIZE.body));
  const values = keyed.map(rateValue);
  const title = (bar: RateBar) => rateTitle(bar.label, bar);
  return plotBlock({
    width,
    height: bars.length * (narrow ? ABOVE.rowHeight : rowHeight) + 24,
    marginTop: 2,
    marginBottom: 22,
    marginLeft: narrow ? ABOVE.marginLeft : (options.labelWidth ?? widest(labels, FONT_SIZE.body)) + 10,
    marginRight: narrow ? ABOVE.marginRight : (options.valueWidth ?? widest(values, FONT_SIZE.body)) + 14,
    x: { domain: [0, 1] },
    y: { domain: keyed.map((bar) => bar.key), axis: null, ...bandPadding(narrow, 0.25) },
    marks: [
      Plot.gridX([0.5, 1], { stroke: INK.grid, strokeOpacity: 1 }),
      Plot.axisX([0, 0.5, 1], { tickSize: 0, tickFormat: (t: number) => pct(t), label: null, fill: INK.muted }),
      ...bandWords(keyed, {
        narrow,
        width,
        band: (bar) => bar.key,
        label: (bar) => bar.label,
        value: rateValue,
        title,
        left: (key: string) => labels[Number(key)] ?? "",
      }),
      Plot.barX(keyed, { x: "rate", y: "key", fill: "color", title }),
      ...whiskerX(keyed, { band: (bar) => bar.key, lo: (bar) => bar.lo, hi: (bar) => bar.hi, inset: 4, onBar: true }),
      Plot.ruleX([0], { stroke: INK.faint }),
      ...narrow ? [] : [Plot.text(keyed, {
        y: "key",
        frameAnchor: "right",
        textAnchor: "start",
        dx: 10,
        text: (bar) => values[Number(bar.key)] ?? "",
        title,
        fontVariant: "tabular-nums",
      })],
    ],
  });
}
