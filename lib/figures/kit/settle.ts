import { round } from "./svg.ts";
import { INK } from "./theme.ts";

const GEOMETRY = ["d", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points"];

/** Rounds an element's geometry to a hundredth of a pixel and replaces what only a browser's style sheet would resolve. */
export function settle(node: Element): void {
  for (const { name, value } of Array.from(node.attributes)) {
    if (GEOMETRY.includes(name)) node.setAttribute(name, roundNumbers(value));
    else if (value === "currentColor") node.setAttribute(name, INK.text);
    else if (value === "var(--plot-background)") node.setAttribute(name, INK.ground);
    else if (name === "class") node.removeAttribute(name);
  }
}

function roundNumbers(value: string): string {
  return value.replace(/-?\d*\.\d+(e[-+]?\d+)?/gi, (number) => String(round(Number(number))));
}
