import type { Block, Figure } from "./figure.ts";
import { legendBlock, type LegendItem } from "./legend.ts";
import { element, textAt, translate } from "./svg.ts";
import { escapeXml, textWidth, wrapText } from "./text.ts";
import { BODY_WIDTH, FIGURE_WIDTH, FONT_FAMILY, FONT_SIZE, INK, PADDING } from "./theme.ts";

/** What {@link frame} puts around the drawing. */
export interface FrameOptions {
  /** The figure's name. */
  name: string;
  /** The finding or the question, in one line. */
  title: string;
  /** How to read it. */
  subtitle?: string;
  /** For readers who cannot see the figure. */
  description: string;
  /** Between subtitle and drawing. */
  legend?: Block | readonly LegendItem[] | null;
  /** Drawn below each other. */
  body: readonly Block[];
  /** Sentences: source, n, cut-offs. */
  caption: readonly string[];
  /** What it is an alternative for. */
  alternative?: string;
  /** Pixels; the body must not be wider than this less the padding on both sides. */
  width?: number | undefined;
}

/** Shown where there is no row to draw. */
export function emptyBlock(message: string, width = BODY_WIDTH): Block {
  const lines = wrapText(message, width, 13).map((line, i) =>
    textAt(width / 2, 64 + i * 18, line, { "text-anchor": "middle", fill: INK.muted, "font-size": 13 })
  );
  return { markup: lines.join(""), width, height: 120 };
}

/**
 * Stacks title, subtitle, legend, drawing and caption into one SVG document. Text is measured and wrapped, so nothing
 * is wider than the figure; `<title>` and `<desc>` speak for it, under ids that start with its name.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { frame, plotBlock } from "agent-trace-lab/figures";
 * const body = [plotBlock({ width: 300, height: 100, marks: [] })];
 * const { svg } = frame({ name: "mine", title: "Mine", description: "Nothing yet", body, caption: [] });
 * equal(svg.startsWith("<svg"), true);
 * ```
 */
export function frame(options: FrameOptions): Figure {
  const { name, title, description, width = FIGURE_WIDTH } = options;
  const inner = width - 2 * PADDING;
  const parts: string[] = [];
  let y = PADDING;

  const lines = (text: string, fontSize: number, weight: 400 | 600, fill: string, leading: number) => {
    for (const line of wrapText(text, inner, fontSize, weight)) {
      y += leading;
      const measured = textWidth(line, fontSize, weight);
      const attributes = {
        "font-size": fontSize,
        "font-weight": weight === 600 ? 600 : undefined,
        fill,
        // Where Inter is not installed, a wider font would run out of the figure: a long line keeps its width.
        textLength: measured > 0.8 * inner ? measured : undefined,
        lengthAdjust: measured > 0.8 * inner ? "spacingAndGlyphs" : undefined,
      };
      parts.push(textAt(PADDING, y - leading * 0.25, line, attributes));
    }
  };
  const place = (block: Block) => {
    parts.push(translate(PADDING, y, block.markup));
    y += block.height;
  };

  lines(title, FONT_SIZE.title, 600, INK.text, 24);
  if (options.subtitle) lines(options.subtitle, FONT_SIZE.subtitle, 400, INK.muted, 19);
  y += 10;
  const top = y, head = parts.length;
  if (options.legend) {
    place("markup" in options.legend ? options.legend : legendBlock(options.legend, "", width - 2 * PADDING));
    y += 8;
  }
  options.body.forEach(place);
  const bare = bareSvg(translate(0, -top, parts.slice(head).join("")), width, Math.ceil(y - top));
  y += 8;
  lines(options.caption.join(" "), FONT_SIZE.caption, 400, INK.muted, 15);
  y += PADDING - 3;

  const height = Math.ceil(y);
  const ids = { title: `${name}-title`, desc: `${name}-desc` };
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": `${ids.title} ${ids.desc}`,
      "font-family": FONT_FAMILY,
      "font-size": FONT_SIZE.body,
      style: "max-width: 100%; height: auto",
    },
    element("title", { id: ids.title }, escapeXml(title)),
    element("desc", { id: ids.desc }, escapeXml(description)),
    element("rect", { width, height, fill: INK.ground }),
    ...parts,
  );
  return {
    name,
    title,
    description,
    subtitle: options.subtitle ?? "",
    caption: options.caption.join(" "),
    svg,
    bare,
    width,
    height,
    ...(options.alternative ? { alternative: options.alternative } : {}),
  };
}

/** A page has its own margins: what is cut off a bare drawing's sides. */
const INSET = PADDING - 3;

/** A drawing without a word on what it is: the page around it says that. */
function bareSvg(markup: string, width: number, height: number): string {
  return element(
    "svg",
    {
      width: width - 2 * INSET,
      height,
      viewBox: `${INSET} 0 ${width - 2 * INSET} ${height}`,
      role: "img",
      "font-size": FONT_SIZE.body,
    },
    markup,
  );
}

/** Blocks side by side and row by row, each in a slot as wide as the widest and as high as its row's highest. */
export function gridBlock(blocks: readonly Block[], columns: number, gap = 20): Block {
  const slot = Math.max(0, ...blocks.map((block) => block.width));
  const rows = Math.ceil(blocks.length / columns);
  let y = 0;
  const parts: string[] = [];
  for (let row = 0; row < rows; row++) {
    const line = blocks.slice(row * columns, (row + 1) * columns);
    line.forEach((block, column) => parts.push(translate(column * (slot + gap), y, block.markup)));
    y += Math.max(...line.map((block) => block.height)) + (row < rows - 1 ? gap : 0);
  }
  const across = Math.min(columns, blocks.length);
  return { markup: parts.join(""), width: across * slot + Math.max(0, across - 1) * gap, height: y };
}
