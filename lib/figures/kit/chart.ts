import * as ObservablePlot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Block, Figure } from "./figure.ts";
import { frame } from "./frame.ts";
import { legendBlock } from "./legend.ts";
import { settle } from "./settle.ts";
import { legalXml } from "./text.ts";
import { FIGURE_WIDTH, FONT_FAMILY, INK, PADDING } from "./theme.ts";

/** A chart that Observable Plot drew: an SVG element, or an HTML `<figure>` around one where it has a legend or a title. */
export type Chart = ReturnType<(typeof ObservablePlot)["plot"]>;

/** Options of `Plot.plot`. */
export type PlotOptions = NonNullable<Parameters<(typeof ObservablePlot)["plot"]>[0]>;

/** What Plot draws as one mark. */
export type PlotMark = NonNullable<PlotOptions["marks"]>[number];

/** What {@link chart} draws: Plot's options, one mark, or several. */
export type ChartOptions = PlotOptions | PlotMark | readonly PlotMark[];

/**
 * Draws a chart with Observable Plot where there is no browser: `chart({ marks: [Plot.barY(rows, { x: "team", y: "n" })] })`,
 * or `chart(Plot.barY(…))`. Text is dark on a white ground, whatever theme is around it.
 *
 * ```ts
 * import { chart, chartFigure } from "agent-trace-lab/figures";
 *
 * const line = chart({ marks: [], width: 300, height: 100 });
 * console.log(chartFigure(line, { name: "nothing-yet" }).svg.length);
 * ```
 */
export function chart(options: ChartOptions): Chart {
  const { document } = parseHTML("<html><body></body></html>");
  const plain: PlotOptions = isMark(options) ? { marks: [options as PlotMark] } : options as PlotOptions;
  const style = typeof plain.style === "object" && plain.style !== null ? plain.style : {};
  return ObservablePlot.plot({
    ...plain,
    document: document as unknown as Document,
    style: typeof plain.style === "string" ? plain.style : {
      fontFamily: FONT_FAMILY,
      background: INK.ground,
      color: INK.text,
      ...style as Record<string, string>,
    },
  });
}

function isMark(options: ChartOptions): boolean {
  return typeof options === "function" || Array.isArray(options) ||
    typeof (options as { render?: unknown } | null)?.render === "function";
}

/**
 * Whether something is a chart that Plot drew.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { isChart, chart } from "agent-trace-lab/figures";
 * equal(isChart(chart({ marks: [] })), true);
 * equal(isChart("a chart"), false);
 * ```
 */
export function isChart(value: unknown): value is Chart {
  if (typeof value !== "object" || value === null) return false;
  const { tagName, outerHTML } = value as { tagName?: unknown; outerHTML?: unknown };
  return typeof tagName === "string" && typeof outerHTML === "string" && /^(svg|figure)$/i.test(tagName);
}

/** How {@link chartFigure} names a chart. */
export interface ChartFigureOptions {
  /** The figure's name. */
  name: string;
  /** The chart's own title, else its name in words, unless given. */
  title?: string;
}

/**
 * A chart as a figure that can be saved: one SVG document with the chart's title, subtitle and caption, and the legend of an
 * ordinal colour scale.
 *
 * @throws {TypeError} for something that holds no SVG
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { chartFigure, chart } from "agent-trace-lab/figures";
 * const { name, svg } = chartFigure(chart({ marks: [] }), { name: "nothing-yet" });
 * equal(name, "nothing-yet");
 * equal(svg.includes("nothing yet"), true); // its title
 * ```
 */
export function chartFigure(drawn: Chart, { name, title }: ChartFigureOptions): Figure {
  const svg = /^svg$/i.test(drawn.tagName) ? drawn as Element : Array.from(drawn.children).findLast(isSvg);
  if (!svg) throw new TypeError("a chart to save must hold an SVG; draw it with plot(…)");
  const said = (selector: string) => drawn.querySelector(selector)?.textContent?.trim() ?? "";
  const body = blockOf(svg, name);
  const heading = title ?? (said("h2") || name.replaceAll(/[-_]+/g, " "));
  const subtitle = said("h3"), caption = said("figcaption");
  return frame({
    name,
    title: heading,
    ...(subtitle ? { subtitle } : {}),
    description: svg.getAttribute("aria-label") ?? (caption || heading),
    legend: legendOf(drawn),
    body: [body],
    caption: caption ? [caption] : [],
    width: Math.max(FIGURE_WIDTH, body.width + 2 * PADDING),
  });
}

const isSvg = (node: Element) => /^svg$/i.test(node.tagName) && !/swatch|ramp/.test(node.getAttribute("class") ?? "");

function blockOf(svg: Element, name: string): Block {
  const copy = svg.cloneNode(true) as Element;
  for (const style of copy.querySelectorAll("style")) style.remove();
  for (const node of copy.querySelectorAll("*")) settle(node);
  // Plot numbers its clip paths over the whole process; two figures on one page would share them.
  const markup = legalXml(copy.innerHTML).replaceAll(/(\bid="|url\(#)plot-/g, `$1${name}-`);
  const size = (attribute: string) => Number(svg.getAttribute(attribute) ?? 0);
  return {
    markup: `<g fill="${INK.text}" font-size="10" text-anchor="middle">${markup}</g>`,
    width: size("width"),
    height: size("height"),
  };
}

function legendOf(drawn: Chart): Block | null {
  if (/^svg$/i.test(drawn.tagName) || typeof drawn.scale !== "function") return null;
  const color = drawn.scale("color");
  if (!color || color.type !== "ordinal" || !color.domain) return null;
  const items = [...color.domain].map((value) => ({
    mark: "square" as const,
    color: String(color.apply(value)),
    label: String(value),
  }));
  return legendBlock(items, color.label ?? "");
}
