import { type Random, randomIndex } from "../../stats/mod.ts";
import { cosineDistance } from "./embedding.ts";
import { hdbscan } from "./hdbscan.ts";

/** A place is dense where so many texts are near, itself included. */
const MIN_POINTS = 5;

/** Most points that are clustered by all their distances; of more, so many are drawn and the others join them. */
export const MOST_CLUSTERED = 4000;

/** Where there are no two dense places, points as near as this to the middle of all are one. */
const ONE_CLUSTER = 0.5;

/** Of the drawn points of a cluster so many are at least as near to its middle as a point that joins must be. */
const JOINS = 0.95;

/**
 * Dense places among points by cosine distance ({@link hdbscan}): a cluster a point, the largest 0, -1 for none. Beyond
 * {@link MOST_CLUSTERED} points that many are drawn and clustered, and another one joins the nearest cluster's middle where
 * it lies as near as the cluster's own do.
 *
 * @param single all points may be one cluster: what seeds leave over may have one thing in common
 */
export function clustersOf(
  points: readonly Float64Array[],
  { minSize, single, random }: { minSize: number; single: boolean; random: Random },
): number[] {
  if (points.length <= MOST_CLUSTERED) return dense(points, minSize, single);
  const drawn = new Set<number>();
  while (drawn.size < MOST_CLUSTERED) drawn.add(randomIndex(random, points.length));
  const numbers = [...drawn].sort((a, b) => a - b);
  const sample = numbers.map((i) => points[i]!);
  const labels = dense(sample, Math.max(MIN_POINTS, Math.round(minSize * MOST_CLUSTERED / points.length)), single);
  const clusters = Math.max(-1, ...labels) + 1;
  const middles = Array.from({ length: clusters }, (_, cluster) => {
    const own = sample.filter((_, i) => labels[i] === cluster);
    const middle = middleOf(own);
    const distances = own.map((point) => cosineDistance(point, middle)).sort((a, b) => a - b);
    return { middle, within: distances[Math.ceil(JOINS * distances.length) - 1] ?? 0 };
  });
  const known = new Map(numbers.map((i, at) => [i, labels[at]!]));
  return points.map((point, i) => known.get(i) ?? nearest(point, middles));
}

function dense(points: readonly Float64Array[], minSize: number, single: boolean): number[] {
  const distance = (a: number, b: number) => cosineDistance(points[a]!, points[b]!);
  const minPoints = Math.min(MIN_POINTS, minSize);
  const { labels, clusters } = hdbscan(points.length, distance, { minSize, minPoints });
  if (clusters > 0 || !single) return labels;
  const middle = middleOf(points);
  const near = points.map((point) => cosineDistance(point, middle) <= ONE_CLUSTER);
  return near.map((within) => within && near.filter(Boolean).length >= minSize ? 0 : -1);
}

function nearest(point: Float64Array, middles: readonly { middle: Float64Array; within: number }[]): number {
  let [found, least] = [-1, Infinity];
  middles.forEach(({ middle, within }, cluster) => {
    const distance = cosineDistance(point, middle);
    if (distance <= within && distance < least) [found, least] = [cluster, distance];
  });
  return found;
}

/** Mean direction of points of length 1, again of length 1. */
export function middleOf(points: readonly Float64Array[], weights?: readonly number[]): Float64Array {
  const sum = new Float64Array(points[0]?.length ?? 0);
  points.forEach((point, i) => {
    for (let j = 0; j < sum.length; j++) sum[j]! += (weights?.[i] ?? 1) * point[j]!;
  });
  const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  return length > 0 ? sum.map((value) => value / length) : sum;
}
