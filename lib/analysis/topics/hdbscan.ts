/** A clustering by density. */
export interface DensityClusters {
  /** Cluster of each point, 0 to `clusters` - 1 from the largest; -1 where it belongs to none. */
  labels: number[];
  clusters: number;
}

/** What {@link hdbscan} may find. */
export interface DensityOptions {
  /** Fewest points of a cluster. */
  minSize: number;
  /** A point is in a dense place when so many points, itself included, are near; `minSize` by default. */
  minPoints?: number;
  /** `mass` keeps the branches that persist most, large ones above all; `leaf` the finest ones. */
  select?: "mass" | "leaf";
  /** All points may be one cluster; false by default. */
  single?: boolean;
}

/** One merge of the single-linkage tree: nodes below `n` are points, node `n + i` is the i-th merge. */
interface Merge {
  left: number;
  right: number;
  distance: number;
  size: number;
}

/** A branch that holds `minSize` points or more between two densities (1 / distance). */
interface Branch {
  parent: number | null;
  children: number[];
  /** Density at which it appears. */
  birth: number;
  /** Sum over its points of the density at which each leaves less that at which the branch appears. */
  mass: number;
  points: number[];
}

/**
 * Clusters without their number being set: points are joined in order of mutual reachability (the largest of their
 * distance and their distances to their `minPoints`-th neighbours), branches of fewer than `minSize` points are taken as
 * points that fall off, and those branches are kept that persist over the widest range of densities. Points outside
 * the kept branches are in no cluster. Needs n^2 distances, and memory for n.
 *
 * @param distance of two points by number; symmetric
 * @see Campello, Moulavi, Sander (2013), PAKDD, 160-172; Campello et al. (2015), ACM TKDD 10, 5
 */
export function hdbscan(
  n: number,
  distance: (a: number, b: number) => number,
  options: DensityOptions,
): DensityClusters {
  const { minSize, minPoints = minSize, select = "mass", single = false } = options;
  if (n < Math.max(2, minSize)) return { labels: Array.from({ length: n }, () => -1), clusters: 0 };
  const core = coreDistances(n, distance, minPoints);
  const merges = singleLinkage(n, (a, b) => Math.max(distance(a, b), core[a]!, core[b]!));
  const branches = condense(n, merges, minSize);
  const kept = select === "leaf" ? leaves(branches, single) : persistent(branches, single);
  return labelled(n, branches, kept);
}

function coreDistances(n: number, distance: (a: number, b: number) => number, minPoints: number): Float64Array {
  const rank = Math.min(minPoints, n) - 1;
  const row = new Float64Array(n);
  return Float64Array.from({ length: n }, (_, a) => {
    for (let b = 0; b < n; b++) row[b] = a === b ? 0 : distance(a, b);
    return row.toSorted()[rank]!;
  });
}

/** Prim's minimum spanning tree, its edges joined from the shortest on. */
function singleLinkage(n: number, distance: (a: number, b: number) => number): Merge[] {
  const near = new Float64Array(n).fill(Infinity);
  const from = new Int32Array(n);
  const inTree = new Uint8Array(n);
  const edges: { a: number; b: number; distance: number }[] = [];
  let last = 0;
  inTree[0] = 1;
  for (let step = 1; step < n; step++) {
    let next = -1;
    for (let b = 0; b < n; b++) {
      if (inTree[b]) continue;
      const d = distance(last, b);
      if (d < near[b]!) [near[b], from[b]] = [d, last];
      if (next < 0 || near[b]! < near[next]!) next = b;
    }
    edges.push({ a: from[next]!, b: next, distance: near[next]! });
    inTree[next] = 1;
    last = next;
  }
  edges.sort((a, b) => a.distance - b.distance || a.b - b.b);
  const root = Int32Array.from({ length: 2 * n - 1 }, (_, i) => i);
  const find = (node: number) => {
    while (root[node] !== node) node = root[node] = root[root[node]!]!;
    return node;
  };
  const merges: Merge[] = [];
  const sizeOf = (node: number) => node < n ? 1 : merges[node - n]!.size;
  for (const { a, b, distance } of edges) {
    const [left, right] = [find(a), find(b)];
    root[left] = root[right] = n + merges.length;
    merges.push({ left, right, distance, size: sizeOf(left) + sizeOf(right) });
  }
  return merges;
}

/** The tree with only those splits that leave two branches of `minSize` points or more; branch 0 holds all points. */
function condense(n: number, merges: readonly Merge[], minSize: number): Branch[] {
  const branches: Branch[] = [{ parent: null, children: [], birth: 0, mass: 0, points: [] }];
  const sizeOf = (node: number) => node < n ? 1 : merges[node - n]!.size;
  const pointsOf = (node: number): number[] => {
    const [found, open] = [[] as number[], [node]];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at < n) found.push(at);
      else open.push(merges[at - n]!.right, merges[at - n]!.left);
    }
    return found;
  };
  const leave = (branch: Branch, node: number, density: number) => {
    const points = pointsOf(node);
    branch.mass += points.length * (density - branch.birth);
    branch.points.push(...points);
  };
  const open = [{ node: n + merges.length - 1, branch: 0 }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, branch: number } = at;
    const branch = branches[number]!;
    const { left, right, distance } = merges[node - n]!;
    const density = 1 / Math.max(distance, Number.EPSILON);
    const large = [left, right].filter((child) => sizeOf(child) >= minSize && child >= n);
    if (large.length === 2) {
      for (const child of large) {
        branch.mass += sizeOf(child) * (density - branch.birth);
        branch.children.push(branches.length);
        open.push({ node: child, branch: branches.length });
        branches.push({ parent: number, children: [], birth: density, mass: 0, points: [] });
      }
      continue;
    }
    for (const child of [left, right]) {
      if (large.includes(child)) open.push({ node: child, branch: number });
      else leave(branch, child, density);
    }
  }
  return branches;
}

/** Excess of mass: a branch is kept where it outweighs the best of what is below it. */
function persistent(branches: readonly Branch[], single: boolean): number[] {
  const best = branches.map(({ mass }) => mass);
  const below: number[][] = branches.map((_, i) => [i]);
  // Children come after their parents, so from the last on all below a branch is settled.
  for (let i = branches.length - 1; i >= 0; i--) {
    const { children } = branches[i]!;
    if (children.length === 0) continue;
    const sum = children.reduce((total, child) => total + best[child]!, 0);
    if (sum > best[i]! || (i === 0 && !single)) {
      best[i] = sum;
      below[i] = children.flatMap((child) => below[child]!);
    }
  }
  return branches.length === 1 && !single ? [] : below[0]!;
}

function leaves(branches: readonly Branch[], single: boolean): number[] {
  return branches.flatMap(({ children }, i) => children.length || (i === 0 && !single) ? [] : [i]);
}

function labelled(n: number, branches: readonly Branch[], kept: readonly number[]): DensityClusters {
  const all = (i: number): number[] => [...branches[i]!.points, ...branches[i]!.children.flatMap(all)];
  const members = kept.map((i) => all(i).sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!);
  const labels: number[] = Array.from({ length: n }, () => -1);
  members.forEach((points, cluster) => {
    for (const point of points) labels[point] = cluster;
  });
  return { labels, clusters: members.length };
}
