import { byName } from "./order.ts";

/** A shape that tells names apart where colours cannot: in grey, and for who does not see them. */
export type Shape = "circle" | "square" | "triangle" | "diamond" | "cross" | "dart";

const SHAPES: readonly Shape[] = ["circle", "square", "triangle", "diamond", "cross", "dart"];

/** Corners of each shape of area 1 around the origin. */
const CORNERS: Readonly<Record<Exclude<Shape, "circle">, readonly (readonly [x: number, y: number])[]>> = {
  square: regular(4, Math.PI / 4),
  triangle: regular(3, -Math.PI / 2),
  diamond: regular(4, 0),
  cross: cross(),
  dart: regular(3, Math.PI / 2),
};

function regular(corners: number, from: number): [number, number][] {
  const step = 2 * Math.PI / corners, reach = Math.sqrt(2 / (corners * Math.sin(step)));
  return Array.from(
    { length: corners },
    (_, i) => [reach * Math.cos(from + i * step), reach * Math.sin(from + i * step)],
  );
}

function cross(): [number, number][] {
  const [near, far] = [Math.sqrt(1 / 5) / 2, 3 * Math.sqrt(1 / 5) / 2];
  const arm: [number, number][] = [[near, -far], [near, -near], [far, -near]];
  const turned = (turns: number) =>
    arm.map(([x, y]): [number, number] =>
      turns === 0 ? [x, y] : turns === 1 ? [-y, x] : turns === 2 ? [-x, -y] : [y, -x]
    );
  return [0, 1, 2, 3].flatMap(turned);
}

/** A shape of each name, by the order of names; the seventh begins anew. */
export function shapesOf(names: Iterable<string>): Map<string, Shape> {
  return new Map([...new Set(names)].sort(byName).map((name, i) => [name, SHAPES[i % SHAPES.length]!]));
}

/** A shape of the area of a circle of this radius, as the data of a path. */
export function shapePath(shape: Shape, radius: number): string {
  if (shape === "circle") {
    return `M${radius},0A${radius},${radius},0,1,1,${-radius},0A${radius},${radius},0,1,1,${radius},0Z`;
  }
  const scale = radius * Math.sqrt(Math.PI);
  return `M${CORNERS[shape].map(([x, y]) => `${round(x * scale)},${round(y * scale)}`).join("L")}Z`;
}

/** What draws a path, such as d3's. */
interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  closePath(): void;
}

/** A shape as a symbol of Plot, whose size is an area. */
export function plotSymbol(shape: Shape): { draw(pen: Pen, area: number): void } {
  return {
    draw(pen, area) {
      if (shape === "circle") {
        const radius = Math.sqrt(area / Math.PI);
        pen.moveTo(radius, 0);
        pen.arc(0, 0, radius, 0, 2 * Math.PI);
        return;
      }
      const scale = Math.sqrt(area);
      CORNERS[shape].forEach(([x, y], i) =>
        i === 0 ? pen.moveTo(x * scale, y * scale) : pen.lineTo(x * scale, y * scale)
      );
      pen.closePath();
    },
  };
}

const round = (n: number) => Math.round(n * 100) / 100;
