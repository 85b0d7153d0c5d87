import { textWidth } from "./text.ts";

/** A dot and the label that belongs to it, in pixels. */
export interface LabelledDot {
  x: number;
  y: number;
  radius: number;
  /** Empty for a dot without a label. */
  label: string;
}

/** Where a label came to stand: its left end and baseline, and whether it is far enough from its dot to need a line. */
export interface PlacedLabel {
  label: string;
  x: number;
  y: number;
  width: number;
  /** From the dot's edge to the label; null when the label touches its dot. */
  leader: { x1: number; y1: number; x2: number; y2: number } | null;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Directions in the order readers like labels: right, left, above, below, then the corners. */
const DIRECTIONS = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]] as const;
const DISTANCES = [4, 12, 22, 34, 48, 64, 84];
const NEAR = 4;

/**
 * Puts each label beside its dot so that no label covers another, a dot, or an obstacle, or leaves the area: the nearest
 * free one of eight directions, further out where all are taken, joined to its dot by a line there. Dots in a crowd choose
 * first. The same dots give the same places. A label for which nothing is free stands where it covers least.
 */
export function placeLabels(
  dots: readonly LabelledDot[],
  area: Box,
  fontSize: number,
  obstacles: readonly Box[] = [],
): PlacedLabel[] {
  const height = fontSize;
  const taken: Box[] = [
    ...obstacles,
    ...dots.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius })),
  ];
  const crowd = (dot: LabelledDot) =>
    dots.reduce((sum, other) => sum + 1 / (20 + Math.hypot(dot.x - other.x, dot.y - other.y)), 0);
  const order = dots.map((dot, index) => ({ dot, index, crowd: crowd(dot) })).filter(({ dot }) => dot.label)
    .sort((a, b) => b.crowd - a.crowd || a.index - b.index);
  const placed = new Map<number, PlacedLabel>();
  for (const { dot, index } of order) {
    const width = textWidth(dot.label, fontSize);
    let best: { box: Box; cost: number; distance: number } | null = null;
    for (const distance of DISTANCES) {
      for (const [rank, [dx, dy]] of DIRECTIONS.entries()) {
        const box = boxAt(dot, width, height, dx, dy, distance);
        const cost = overlap(box, taken) + outside(box, area) * 50 + ambiguity(box, dot, dots) + distance * 2 + rank;
        if (!best || cost < best.cost) best = { box, cost, distance };
      }
    }
    if (!best) continue;
    const { box, distance } = best;
    taken.push({ left: box.left - 2, right: box.right + 2, top: box.top - 1, bottom: box.bottom + 1 });
    placed.set(index, {
      label: dot.label,
      x: box.left,
      y: box.bottom - fontSize * 0.2,
      width,
      leader: distance > NEAR ? leaderOf(dot, box) : null,
    });
  }
  return [...placed].sort(([a], [b]) => a - b).map(([, label]) => label);
}

function boxAt(dot: LabelledDot, width: number, height: number, dx: number, dy: number, distance: number): Box {
  const reach = dot.radius + distance;
  const slope = dx && dy ? Math.SQRT1_2 : 1;
  const x = dot.x + dx * reach * slope;
  const y = dot.y + dy * reach * slope;
  const left = dx > 0 ? x : dx < 0 ? x - width : x - width / 2;
  const top = dy > 0 ? y : dy < 0 ? y - height : y - height / 2;
  return { left, right: left + width, top, bottom: top + height };
}

function overlap(box: Box, taken: readonly Box[]): number {
  return taken.reduce((sum, other) => {
    const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
    const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
    return across > 0 && down > 0 ? sum + 200 + across * down : sum;
  }, 0);
}

/** A label that another dot is nearer to reads as the other's. */
function ambiguity(box: Box, own: LabelledDot, dots: readonly LabelledDot[]): number {
  const reach = gap(box, own) + 3;
  return dots.some((dot) => dot !== own && gap(box, dot) < reach) ? 60 : 0;
}

/** Pixels between a label and the edge of a dot. */
function gap(box: Box, dot: LabelledDot): number {
  const x = Math.max(box.left - dot.x, 0, dot.x - box.right);
  const y = Math.max(box.top - dot.y, 0, dot.y - box.bottom);
  return Math.max(0, Math.hypot(x, y) - dot.radius);
}

function outside(box: Box, area: Box): number {
  return Math.max(0, area.left - box.left) + Math.max(0, box.right - area.right) +
    Math.max(0, area.top - box.top) + Math.max(0, box.bottom - area.bottom);
}

function leaderOf(dot: LabelledDot, box: Box) {
  const x2 = Math.min(box.right, Math.max(box.left, dot.x));
  const y2 = Math.min(box.bottom, Math.max(box.top, dot.y));
  const length = Math.hypot(x2 - dot.x, y2 - dot.y) || 1;
  return {
    x1: dot.x + (x2 - dot.x) * dot.radius / length,
    y1: dot.y + (y2 - dot.y) * dot.radius / length,
    x2,
    y2,
  };
}
