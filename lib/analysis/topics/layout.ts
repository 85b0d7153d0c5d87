import { UMAP } from "umap-js";
import type { Random } from "../../stats/mod.ts";
import { cosineDistance } from "./embedding.ts";

/** A place in the plane; only nearness means something, neither axis does. */
export interface Place {
  x: number;
  y: number;
}

/** How many neighbours a point keeps near itself, and how close points of a crowd may come. */
const NEIGHBOURS = 15;
const MIN_DISTANCE = 0.5;

/**
 * Lays points out in two dimensions so that near ones stay near (UMAP), for looking at; clusters are not made from it.
 * Points of which nothing is known (the origin) come anywhere.
 *
 * @see McInnes, Healy, Melville (2018), arXiv:1802.03426
 */
export function layOut(points: readonly Float64Array[], random: Random): Place[] {
  if (points.length <= 2) return points.map((_, i) => ({ x: i, y: 0 }));
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(NEIGHBOURS, points.length - 1),
    minDist: MIN_DISTANCE,
    distanceFn: cosineDistance,
    random,
  });
  return umap.fit(points.map((point) => [...point])).map(([x = 0, y = 0]) => ({ x, y }));
}
