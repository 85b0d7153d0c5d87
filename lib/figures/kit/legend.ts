import type { Block } from "./figure.ts";
import { int } from "./format.ts";
import { byName } from "./order.ts";
import { type Shape, shapePath } from "./shapes.ts";
import { element, textAt, translate } from "./svg.ts";
import { fitName, textWidth } from "./text.ts";
import { BODY_WIDTH, FONT_SIZE, INK } from "./theme.ts";

/** One entry of a legend: what a mark looks like and what it stands for. */
export interface LegendItem {
  /** What it stands for. */
  label: string;
  /** What it looks like. */
  mark: "square" | "dot" | "ring" | "diamond" | "line" | "dashed" | "whisker";
  /** `#rrggbb`. */
  color: string;
  /** Radius of a dot in pixels. */
  radius?: number;
  /** Shape of a dot; a circle unless given. */
  shape?: Shape;
}

const ROW = 20;
const GAP = 18;

/**
 * Legend entries of coloured dots by name, of shapes where these are given; names that share the grey of the many are counted in
 * one entry.
 */
export function colorLegend(
  colors: ReadonlyMap<string, string>,
  label: (name: string) => string,
  others: string,
  shapes: ReadonlyMap<string, Shape> = new Map(),
): LegendItem[] {
  const own = [...colors].filter(([, color]) => color !== INK.faint).sort(([a], [b]) => byName(a, b));
  const grey = [...colors].filter(([, color]) => color === INK.faint);
  return [
    ...own.map(([name, color]): LegendItem => {
      const shape = shapes.get(name);
      return { mark: "dot", color, label: label(name), ...(shape ? { shape } : {}) };
    }),
    ...grey.length > 1
      ? [{ mark: "dot", color: INK.faint, label: `${int(grey.length)} other ${others}` } as const]
      : grey.map(([name, color]): LegendItem => ({ mark: "dot", color, label: label(name) })),
  ];
}

/** Entries in rows, wrapped at `width`; `lead` names what they encode. */
export function legendBlock(items: readonly LegendItem[], lead = "", width = BODY_WIDTH): Block {
  const parts: string[] = [];
  const fontSize = FONT_SIZE.body;
  let x = 0;
  let y = 0;
  let used = 0;
  if (lead) {
    parts.push(textAt(0, 14, lead, { "font-weight": 600, fill: INK.text }));
    x = textWidth(lead, fontSize, 600) + GAP * 0.7;
  }
  const start = x;
  for (const item of items) {
    const size = markSize(item);
    const label = fitName(item.label, width - start - size - 6, fontSize);
    const wide = size + 6 + textWidth(label, fontSize);
    if (x > start && x + wide > width) {
      x = start;
      y += ROW;
    }
    parts.push(
      translate(x, y + ROW / 2, markOf(item, size)),
      textAt(x + size + 6, y + 14, label, { fill: INK.text }),
    );
    used = Math.max(used, x + wide);
    x += wide + GAP;
  }
  return { markup: parts.join(""), width: used, height: items.length || lead ? y + ROW : 0 };
}

function markSize(item: LegendItem): number {
  // Corners reach further than the circle of the same area.
  const corners = (item.shape ?? "circle") === "circle" ? 0 : 4;
  if (item.mark === "dot" || item.mark === "ring") return 2 * (item.radius ?? 5) + corners;
  return item.mark === "square" || item.mark === "diamond" ? 12 : 24;
}

function markOf({ mark, color, radius = 5, shape = "circle" }: LegendItem, size: number): string {
  const middle = size / 2;
  const stroke = { stroke: color, "stroke-width": 1.5, fill: "none" };
  switch (mark) {
    case "square":
      return element("rect", { x: 0, y: -6, width: 12, height: 12, rx: 2, fill: color, stroke: edge(color) });
    case "dot":
      if (shape !== "circle") {
        return translate(middle, 0, element("path", { d: shapePath(shape, radius), fill: color, stroke: edge(color) }));
      }
      return element("circle", { cx: middle, r: radius, fill: color, stroke: edge(color) });
    case "ring":
      return element("circle", { cx: middle, r: radius, ...stroke });
    case "diamond":
      return element("path", { d: "M0,0L6,-6L12,0L6,6Z", ...stroke, fill: INK.ground });
    case "line":
      return element("path", { d: `M0,0L${size},0`, ...stroke, "stroke-width": 2 });
    case "dashed":
      return element("path", { d: `M0,0L${size},0`, ...stroke, "stroke-dasharray": "4,3" });
    case "whisker":
      return element("path", { d: `M0,0L${size},0M0,-4L0,4M${size},-4L${size},4`, ...stroke });
  }
}

/** A light colour gets a thin edge, so that it does not fade into the ground. */
export function edge(color: string): string | undefined {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.72 ? INK.faint : undefined;
}

/** Several legends side by side; below each other where they are wider than `width`. */
export function besideBlock(blocks: readonly Block[], gap = 36, width = BODY_WIDTH): Block {
  const across = blocks.reduce((sum, block) => sum + block.width, gap * (blocks.length - 1));
  if (across > width && width < BODY_WIDTH) {
    let y = 0;
    const stacked = blocks.map((block) => {
      const moved = translate(0, y, block.markup);
      y += block.height;
      return moved;
    });
    return { markup: stacked.join(""), width: Math.max(...blocks.map((block) => block.width)), height: y };
  }
  let x = 0;
  const parts = blocks.map((block) => {
    const moved = translate(x, 0, block.markup);
    x += block.width + gap;
    return moved;
  });
  return { markup: parts.join(""), width: x - gap, height: Math.max(0, ...blocks.map((block) => block.height)) };
}

/** A colour ramp with labels at its ends. */
export function rampBlock(id: string, colors: readonly string[], from: string, to: string, lead = ""): Block {
  const width = 160;
  const x = (lead ? textWidth(lead, FONT_SIZE.body, 600) + 12 : 0) + textWidth(from, FONT_SIZE.body) + 8;
  const stops = colors.map((color, i) =>
    element("stop", { offset: `${round1(100 * i / (colors.length - 1))}%`, "stop-color": color })
  );
  const gradient = element("linearGradient", { id }, ...stops);
  const markup = [
    lead ? textAt(0, 14, lead, { "font-weight": 600, fill: INK.text }) : "",
    textAt(x - 8, 14, from, { "text-anchor": "end", fill: INK.text }),
    element("defs", {}, gradient),
    element("rect", { x, y: 4, width, height: 12, fill: `url(#${id})`, stroke: INK.rule }),
    textAt(x + width + 8, 14, to, { fill: INK.text }),
  ].join("");
  return { markup, width: x + width + 8 + textWidth(to, FONT_SIZE.body), height: ROW };
}

const round1 = (n: number) => Math.round(n * 10) / 10;
