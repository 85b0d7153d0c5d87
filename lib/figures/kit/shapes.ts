import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  type SymbolType,
} from "d3-shape";
import { byName } from "./order.ts";

/** A shape that tells names apart where colours cannot, in grey or to who does not see them: a symbol of Plot by its name. */
export type Shape = "circle" | "square" | "triangle" | "diamond" | "cross" | "star";

const SYMBOLS: Record<Shape, SymbolType> = {
  circle: symbolCircle,
  square: symbolSquare,
  triangle: symbolTriangle,
  diamond: symbolDiamond,
  cross: symbolCross,
  star: symbolStar,
};

/** A shape of each name, by the order of names; the seventh begins anew. */
export function shapesOf(names: Iterable<string>): Map<string, Shape> {
  const shapes = Object.keys(SYMBOLS) as Shape[];
  return new Map([...new Set(names)].sort(byName).map((name, i) => [name, shapes[i % shapes.length]!]));
}

/** A shape of the area of a circle of this radius, as the data of a path. */
export function shapePath(shape: Shape, radius: number): string {
  return symbol(SYMBOLS[shape], Math.PI * radius ** 2).digits(2)() ?? "";
}
