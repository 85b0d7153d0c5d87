import * as Plot from "@observablehq/plot";
import type { HarnessBox } from "../../analysis/mod.ts";
import { boxMarks, boxTitle } from "./box_marks.ts";
import type { Block } from "./figure.ts";
import { int, tokens, tokenTick } from "./format.ts";
import type { Naming } from "./names.ts";
import { byName } from "./order.ts";
import { ABOVE, bandPadding, bandWords, isNarrow } from "./narrow.ts";
import { plotBlock } from "./plot.ts";
import { fitName, widest } from "./text.ts";
import { FONT_SIZE, INK } from "./theme.ts";
import { valueAxisX } from "./value_axis.ts";

/** Size of {@link tokenBoxes}. */
export interface TokenBoxesOptions {
  width: number;
  rowHeight: number;
  /** Width of the labels, where several blocks shall line up; as wide as needed otherwise. */
  labelWidth?: number;
}

/** Box plots of tokens by harness, the largest median first, medians and n at the right. */
export function tokenBoxes(rows: readonly HarnessBox[], options: TokenBoxesOptions, names: Naming): Block {
  const { width } = options, narrow = isNarrow(width);
  const rowHeight = narrow ? ABOVE.rowHeight : options.rowHeight;
  const sorted = rows.toSorted((a, b) => b.median - a.median || byName(a.harness, b.harness));
  const labelWidth = options.labelWidth ??
    Math.min(150, widest(sorted.map((r) => names.harness(r.harness)), FONT_SIZE.body));
  const colors = names.colors("harness", sorted.map((row) => row.harness));
  const title = (row: HarnessBox) => boxTitle(names.harness(row.harness), row, tokens);
  const top = Math.max(1, ...sorted.map((row) => row.whisker_hi));
  const side = [
    { label: "median", dx: 56, text: (row: HarnessBox) => tokens(row.median) },
    { label: "n", dx: 100, text: (row: HarnessBox) => int(row.n) },
  ];
  return plotBlock({
    width,
    height: sorted.length * rowHeight + (narrow ? 30 : 50),
    marginTop: narrow ? 4 : 24,
    marginBottom: 26,
    marginLeft: narrow ? ABOVE.marginLeft : labelWidth + 12,
    marginRight: narrow ? ABOVE.marginRight : 106,
    x: { domain: [0, top * 1.02] },
    y: { domain: sorted.map((row) => row.harness), axis: null, ...bandPadding(narrow, 0.3) },
    marks: [
      ...valueAxisX(5, tokenTick),
      ...bandWords(sorted, {
        narrow,
        width,
        band: (row) => row.harness,
        label: (row) => names.harness(row.harness),
        value: (row) => `median ${tokens(row.median)} (n=${int(row.n)})`,
        title,
        left: (harness: string) => fitName(names.harness(harness), labelWidth, FONT_SIZE.body),
      }),
      ...boxMarks(sorted, {
        band: (row) => row.harness,
        fill: (row) => colors.get(row.harness) ?? INK.weak,
        title,
      }),
      ...(narrow ? [] : side).flatMap(({ label, dx, text }) => [
        Plot.text(sorted, {
          y: "harness",
          frameAnchor: "right",
          textAnchor: "end",
          dx,
          text,
          title,
          fontVariant: "tabular-nums",
        }),
        Plot.text([label], {
          frameAnchor: "top-right",
          textAnchor: "end",
          dx,
          dy: -18,
          fill: INK.muted,
          text: (d) => d,
        }),
      ]),
    ],
  });
}
