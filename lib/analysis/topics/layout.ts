import { UMAP } from "umap-js";
import type { Random } from "../../stats/mod.ts";
import { cosineDistance } from "./embedding.ts";

/** A place in the plane; only nearness means something, neither axis does. */
export interface Place {
  x: number | null;
  y: number | null;
}

/** Most points that are laid out; of more, every so-manieth, and the others have no place. */
const MOST = 4000;

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
  if (points.length > MOST) {
    const every = Math.ceil(points.length / MOST);
    const drawn = layOut(points.filter((_, i) => i % every === 0), random);
    return points.map((_, i) => i % every === 0 ? drawn[i / every]! : { x: null, y: null });
  }
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(NEIGHBOURS, points.length - 1),
    minDist: MIN_DISTANCE,
    distanceFn: cosineDistance,
    random,
  });
  return umap.fit(points.map((point) => [...point])).map(([x = 0, y = 0]) => ({ x, y }));
}
