/**
 * Where the texts of an SVG lie, worked out from its markup with the widths of Inter: enough to tell that two overlap or
 * that one leaves the figure.
 *
 * @module
 */
import { DOMParser } from "linkedom";
import { type FontWeight, textWidth } from "../../lib/figures/kit/text.ts";

/** A line of text and its box in the figure's pixels; turned text gets the box around it. */
export interface PlacedText {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

type Matrix = [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Height of capitals and depth of descenders of Inter, in ems: what the eye sees of a line. */
const ASCENT = 0.75;
const DESCENT = 0.2;

interface Inherited {
  matrix: Matrix;
  fontSize: number;
  weight: FontWeight;
  anchor: string;
}

/** Every line of text that an SVG shows. */
export function placedTexts(svg: string): PlacedText[] {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement as unknown as Element;
  return visit(root, { matrix: IDENTITY, fontSize: 12, weight: 400, anchor: "start" });
}

/** Texts that overlap each other or leave the figure, as sentences; empty when the layout is clean. */
export function layoutFaults(figure: { svg: string; width: number; height: number }): string[] {
  const texts = placedTexts(figure.svg);
  const faults = texts.filter((t) => t.left < 0 || t.top < 0 || t.right > figure.width || t.bottom > figure.height)
    .map((t) => `"${t.text}" leaves the figure at ${Math.round(t.left)},${Math.round(t.top)}`);
  texts.forEach((a, i) => {
    for (const b of texts.slice(i + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      // A pixel of tolerance: widths are without kerning, which only narrows.
      if (across > 1 && down > 1) faults.push(`"${a.text}" overlaps "${b.text}"`);
    }
  });
  return faults;
}

function visit(node: Element, parent: Inherited): PlacedText[] {
  if (["title", "desc", "defs"].includes(node.tagName.toLowerCase())) return [];
  const own: Inherited = {
    matrix: multiply(parent.matrix, transformOf(node.getAttribute("transform"))),
    fontSize: number(node.getAttribute("font-size")) ?? parent.fontSize,
    weight: (number(node.getAttribute("font-weight")) ?? parent.weight) >= 600 ? 600 : 400,
    anchor: node.getAttribute("text-anchor") ?? parent.anchor,
  };
  if (node.tagName.toLowerCase() !== "text") {
    return Array.from(node.children).flatMap((child) => visit(child, own));
  }
  const spans = Array.from(node.children).filter((child) => child.tagName.toLowerCase() === "tspan");
  const x = length(node.getAttribute("x"), own.fontSize);
  const y = length(node.getAttribute("y"), own.fontSize) + length(node.getAttribute("dy"), own.fontSize);
  if (!spans.length) {
    const text = Array.from(node.childNodes).filter((n) => n.nodeType === 3).map((n) => n.textContent).join("");
    return box(text, x, y, own);
  }
  let line = y;
  return spans.flatMap((span) => {
    if (span.getAttribute("y") !== null) line = length(span.getAttribute("y"), own.fontSize);
    line += length(span.getAttribute("dy"), own.fontSize);
    return box(span.textContent ?? "", length(span.getAttribute("x"), own.fontSize), line, own);
  });
}

function box(text: string, x: number, y: number, { matrix, fontSize, weight, anchor }: Inherited): PlacedText[] {
  if (!text.trim()) return [];
  const width = textWidth(text, fontSize, weight);
  const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  const corners = [left, left + width].flatMap((cx) =>
    [y - ASCENT * fontSize, y + DESCENT * fontSize].map((cy) => apply(matrix, cx, cy))
  );
  const xs = corners.map(([cx]) => cx);
  const ys = corners.map(([, cy]) => cy);
  return [{
    text,
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  }];
}

function transformOf(text: string | null): Matrix {
  let matrix = IDENTITY;
  for (const [, kind, list] of (text ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a = 0, b = 0] = (list ?? "").split(/[\s,]+/).map(Number);
    if (kind === "translate") matrix = multiply(matrix, [1, 0, 0, 1, a, b]);
    else if (kind === "rotate") {
      const [cos, sin] = [Math.cos(a * Math.PI / 180), Math.sin(a * Math.PI / 180)];
      matrix = multiply(matrix, [cos, sin, -sin, cos, 0, 0]);
    } else throw new Error(`a transform that this does not know: ${kind}`);
  }
  return matrix;
}

function multiply([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

const apply = ([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] => [
  a * x + c * y + e,
  b * x + d * y + f,
];

const number = (text: string | null) => text === null || Number.isNaN(parseFloat(text)) ? null : parseFloat(text);
const length = (text: string | null, fontSize: number) =>
  (number(text) ?? 0) * (text?.trim().endsWith("em") ? fontSize : 1);
