import { escapeXml } from "./text.ts";

/** Values of attributes; numbers are rounded to a hundredth, undefined ones left out. */
export type Attributes = Record<string, string | number | undefined>;

/** An SVG element as text. Children are markup already; use {@link textAt} for text. */
export function element(tag: string, attributes: Attributes, ...children: string[]): string {
  const list = Object.entries(attributes).filter(([, value]) => value !== undefined).map(([name, value]) =>
    ` ${name}="${typeof value === "number" ? round(value) : escapeXml(value ?? "")}"`
  ).join("");
  return children.length ? `<${tag}${list}>${children.join("")}</${tag}>` : `<${tag}${list} />`;
}

/** One line of text with its baseline at `y`. */
export function textAt(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeXml(text));
}

/** Markup moved to a place. */
export function translate(x: number, y: number, markup: string): string {
  return element("g", { transform: `translate(${round(x)},${round(y)})` }, markup);
}

/** To a hundredth of a pixel, and never minus zero. */
export function round(pixels: number): number {
  return Math.round(pixels * 100) / 100 + 0;
}
