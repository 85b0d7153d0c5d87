import { textWidth } from "./text.ts";

/** A dot and the label that belongs to it, in pixels. */
export interface LabelledDot {
  x: number;
  y: number;
  radius: number;
  /** Empty for a dot without a label. */
  label: string;
  /** Whether the label is among those to keep where there is no room for all. */
  first?: boolean;
}

/** Where a label came to stand: its left end and baseline, and the line to its dot where it stands apart. */
export interface PlacedLabel {
  label: string;
  x: number;
  y: number;
  width: number;
  /** From the dot's edge to the label; null when the label touches its dot. */
  leader: { x1: number; y1: number; x2: number; y2: number } | null;
}

/** Edges of a rectangle, in pixels. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Candidate {
  box: Area;
  distance: number;
  /** Preference among directions, the lower the better. */
  rank: number;
}

/** Directions in the order readers like labels: right, left, above, below, then the corners. */
const DIRECTIONS = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]] as const;
const DISTANCES = [4, 12, 22, 34, 48, 64, 84];

/** A label this near to its dot needs no line to it. */
const NEAR = 4;

/** Dots that are considered for a label, the first and the largest: more labels would not find room. */
const MOST_LABELS = 80;

/** Rounds in which every label may move once more, now that the others have a place. */
const ROUNDS = 6;

/**
 * Puts each label beside its dot so that no label covers another, a dot or an obstacle, leaves the area, or stands nearer to
 * another dot: the nearest good one of eight directions, further out where all are taken, joined to its dot by a line
 * there. Labels are placed one by one and then moved while that helps. The same dots give the same places. A label that
 * would cover another one or leave the area is left out; larger dots, and those that are to be first, keep theirs, and the
 * first ones take any place then that covers no label and no dot.
 */
export function placeLabels(
  dots: readonly LabelledDot[],
  area: Area,
  fontSize: number,
  obstacles: readonly Area[] = [],
): PlacedLabel[] {
  const fixed = [...obstacles, ...dots.map(boxOf)];
  const named = dots.map((dot, index) => ({ dot, index })).filter(({ dot }) => dot.label);
  const bySize = named.toSorted((a, b) =>
    Number(b.dot.first ?? false) - Number(a.dot.first ?? false) || b.dot.radius - a.dot.radius
  ).slice(0, MOST_LABELS);
  const considered = new Set(bySize);
  const labelled = named.filter((one) => considered.has(one))
    .map((one) => ({ ...one, options: candidates(one.dot, fontSize) }));
  const chosen = new Map<number, Candidate>();
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (const { dot, index, options } of labelled) {
      const others = [...chosen].filter(([other]) => other !== index).map(([, { box }]) => padded(box));
      const taken = [...fixed, ...others];
      const cost = (one: Candidate) =>
        overlap(one.box, taken) + outside(one.box, area) * 50 + ambiguity(one, dot, dots) + one.distance * 2 + one.rank;
      const best = options.reduce((a, b) => cost(b) < cost(a) ? b : a);
      moved ||= chosen.get(index) !== best;
      chosen.set(index, best);
    }
    if (!moved) break;
  }
  const kept = new Map<number, Candidate>();
  const circles = dots.map(boxOf);
  const fits = ({ box }: Candidate) =>
    outside(box, area) < 1 && overlap(box, [...kept.values()].map((other) => other.box)) === 0;
  for (const { dot, index } of bySize) {
    const place = chosen.get(index);
    if (place && fits(place) && !(dot.first && overlap(place.box, circles) > 0)) kept.set(index, place);
  }
  // What lost its place, or would cover a dot, takes the best free one, if need be across an obstacle.
  for (const { dot, index, options } of labelled) {
    if (kept.has(index) || !dot.first) continue;
    const free = options.filter((one) => fits(one) && overlap(one.box, circles) === 0);
    const cost = (one: Candidate) =>
      overlap(one.box, obstacles) + ambiguity(one, dot, dots) + one.distance * 2 + one.rank;
    if (free.length) kept.set(index, free.reduce((a, b) => cost(b) < cost(a) ? b : a));
  }
  return labelled.flatMap(({ dot, index }) => {
    const place = kept.get(index);
    if (!place) return [];
    const { box, distance } = place;
    const leader = distance > NEAR ? leaderOf(dot, box) : null;
    return [{ label: dot.label, x: box.left, y: box.bottom - fontSize * 0.2, width: box.right - box.left, leader }];
  });
}

const boxOf = ({ x, y, radius }: LabelledDot): Area => ({
  left: x - radius,
  right: x + radius,
  top: y - radius,
  bottom: y + radius,
});

const padded = ({ left, right, top, bottom }: Area): Area => ({
  left: left - 2,
  right: right + 2,
  top: top - 1,
  bottom: bottom + 1,
});

function candidates(dot: LabelledDot, fontSize: number): Candidate[] {
  const width = textWidth(dot.label, fontSize);
  return DISTANCES.flatMap((distance) =>
    DIRECTIONS.map(([dx, dy], rank) => {
      const reach = (dot.radius + distance) * (dx && dy ? Math.SQRT1_2 : 1);
      const x = dot.x + dx * reach;
      const y = dot.y + dy * reach;
      const left = dx > 0 ? x : dx < 0 ? x - width : x - width / 2;
      const top = dy > 0 ? y : dy < 0 ? y - fontSize : y - fontSize / 2;
      return { box: { left, right: left + width, top, bottom: top + fontSize }, distance, rank };
    })
  );
}

function overlap(box: Area, taken: readonly Area[]): number {
  return taken.reduce((sum, other) => {
    const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
    const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
    return across > 0 && down > 0 ? sum + 200 + across * down : sum;
  }, 0);
}

/** A label that another dot is nearer to reads as the other's; a line to its own dot helps, though not wholly. */
function ambiguity({ box, distance }: Candidate, own: LabelledDot, dots: readonly LabelledDot[]): number {
  const reach = gap(box, own);
  const nearer = dots.some((dot) => dot !== own && gap(box, dot) < reach + 1);
  return (nearer ? (distance > NEAR ? 16 : 40) : 0) + (distance > NEAR && leaderCrosses(box, own, dots) ? 40 : 0);
}

/** Whether the line from a label to its dot would run through another dot. */
function leaderCrosses(box: Area, own: LabelledDot, dots: readonly LabelledDot[]): boolean {
  const { x1, y1, x2, y2 } = leaderOf(own, box);
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  return dots.some((dot) => {
    if (dot === own) return false;
    const along = ((dot.x - x1) * (x2 - x1) + (dot.y - y1) * (y2 - y1)) / length;
    const at = Math.min(length, Math.max(0, along)) / length;
    return Math.hypot(x1 + at * (x2 - x1) - dot.x, y1 + at * (y2 - y1) - dot.y) < dot.radius;
  });
}

/** Pixels between a label and the edge of a dot. */
function gap(box: Area, dot: LabelledDot): number {
  const x = Math.max(box.left - dot.x, 0, dot.x - box.right);
  const y = Math.max(box.top - dot.y, 0, dot.y - box.bottom);
  return Math.max(0, Math.hypot(x, y) - dot.radius);
}

function outside(box: Area, area: Area): number {
  return Math.max(0, area.left - box.left) + Math.max(0, box.right - area.right) +
    Math.max(0, area.top - box.top) + Math.max(0, box.bottom - area.bottom);
}

function leaderOf(dot: LabelledDot, box: Area) {
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
