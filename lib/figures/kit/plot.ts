import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { PlotOptions } from "./chart.ts";
import type { Block } from "./figure.ts";
import { settle } from "./settle.ts";
import { legalXml } from "./text.ts";
import { FONT_SIZE, INK } from "./theme.ts";

/** Options of {@link plotBlock}: Plot's, with the size given. */
export type PlotBlockOptions = Omit<PlotOptions, "document" | "width" | "height" | "style" | "className"> & {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
};

/**
 * Draws marks with Observable Plot and returns them as a piece of SVG: no style sheet, no CSS variables, no ids, and
 * coordinates to a hundredth of a pixel, so that every machine draws the same bytes.
 *
 * @throws {Error} where Plot warns (it marks such a plot with a warning sign), because a warned-of figure is wrong, and
 * for marks with ids.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { plotBlock } from "agent-trace-lab/figures";
 * equal(plotBlock({ width: 300, height: 100, marks: [] }).width, 300);
 * ```
 */
export function plotBlock(options: PlotBlockOptions): Block {
  const { document } = parseHTML("<html><body></body></html>");
  const drawn = Plot.plot({
    ...options,
    document: document as unknown as Document,
    className: "plot",
    style: { fontSize: `${FONT_SIZE.body}px` },
  });
  if (drawn.tagName.toLowerCase() !== "svg") throw new Error("Plot returned HTML; draw the legend with legendBlock");
  const counted = drawn.querySelector("[id]");
  if (counted) {
    throw new Error(`a mark uses the id ${counted.id}, from a counter that other figures move; avoid clip and marker`);
  }
  for (const style of drawn.querySelectorAll("style")) style.remove();
  const warned = Array.from(drawn.children).some((node) =>
    node.tagName === "text" && node.textContent?.startsWith("\u26a0")
  );
  if (warned) throw new Error("Plot warned while drawing; see the console");
  for (const node of drawn.querySelectorAll("*")) settle(node);
  const { width, height } = options;
  const root = `fill="${INK.text}" font-size="${FONT_SIZE.body}" text-anchor="middle"`;
  return { markup: `<g ${root}>${legalXml(drawn.innerHTML)}</g>`, width, height };
}
