import { deepEqual, equal, ok } from "node:assert/strict";
import { hdbscan } from "../../../lib/analysis/topics/hdbscan.ts";
import { adjustedRand, type Random, seededRandom } from "../../../lib/stats/mod.ts";

type Point = [number, number];

const euclid = (points: readonly Point[]) => (a: number, b: number) =>
  Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1]);

function blob(random: Random, n: number, [x, y]: Point, spread: number): Point[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: n }, () => [x + spread * normal(), y + spread * normal()]);
}

function ring(random: Random, n: number, radius: number): Point[] {
  return Array.from({ length: n }, (_, i) => {
    const [angle, r] = [2 * Math.PI * i / n, radius + 0.05 * random()];
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

const shapes: [string, Point[][]][] = [
  [
    "three crowds",
    (() => {
      const random = seededRandom(1);
      return [blob(random, 60, [0, 0], 0.4), blob(random, 50, [8, 0], 0.4), blob(random, 40, [0, 8], 0.4)];
    })(),
  ],
  [
    "crowds of unlike density",
    (() => {
      const random = seededRandom(2);
      return [blob(random, 120, [0, 0], 0.1), blob(random, 60, [10, 0], 1)];
    })(),
  ],
  [
    "a ring around a crowd",
    (() => {
      const random = seededRandom(3);
      return [ring(random, 200, 5), blob(random, 60, [0, 0], 0.3)];
    })(),
  ],
];

for (const [name, groups] of shapes) {
  Deno.test(`density clusters find ${name}`, () => {
    const points = groups.flat();
    const truth = groups.flatMap((group, g) => group.map(() => g));
    const { labels, clusters } = hdbscan(points.length, euclid(points), { minSize: 20, minPoints: 5 });
    equal(clusters, groups.length);
    const inside = labels.map((label, i) => ({ label, truth: truth[i]! })).filter(({ label }) => label >= 0);
    equal(adjustedRand(inside.map((p) => p.label), inside.map((p) => p.truth)), 1);
    ok(inside.length > 0.85 * points.length, `${inside.length} of ${points.length} are clustered`);
  });
}

Deno.test("points far from all others are in no cluster", () => {
  const random = seededRandom(4);
  const far: Point[] = [[50, 50], [-50, 50], [50, -50]];
  const points = [...blob(random, 40, [0, 0], 0.5), ...blob(random, 40, [10, 0], 0.5), ...far];
  const { labels } = hdbscan(points.length, euclid(points), { minSize: 10, minPoints: 5 });
  deepEqual(labels.slice(-3), [-1, -1, -1]);
});

Deno.test("clusters are numbered from the largest, and do not depend on the order of points", () => {
  const random = seededRandom(5);
  const points = [...blob(random, 30, [0, 0], 0.5), ...blob(random, 60, [10, 0], 0.5)];
  const { labels } = hdbscan(points.length, euclid(points), { minSize: 10, minPoints: 4 });
  const sizes = [0, 1].map((cluster) => labels.filter((label) => label === cluster).length);
  ok(sizes[0]! > sizes[1]!);
  const turned = hdbscan(points.length, euclid(points.toReversed()), { minSize: 10, minPoints: 4 }).labels.toReversed();
  deepEqual(turned, labels);
});

Deno.test("one crowd is one cluster only where that is allowed", () => {
  const points = blob(seededRandom(6), 50, [0, 0], 0.5);
  equal(hdbscan(50, euclid(points), { minSize: 20, minPoints: 5 }).clusters, 0);
  equal(hdbscan(50, euclid(points), { minSize: 20, minPoints: 5, single: true }).clusters, 1);
});

Deno.test("leaves are the finest clusters, mass the ones that persist", () => {
  const random = seededRandom(7);
  const points = [
    ...blob(random, 40, [0, 0], 0.3),
    ...blob(random, 40, [2, 0], 0.3),
    ...blob(random, 40, [40, 0], 0.3),
  ];
  const found = (select: "mass" | "leaf") =>
    hdbscan(points.length, euclid(points), { minSize: 15, minPoints: 5, select }).clusters;
  equal(found("leaf"), 3);
  ok(found("mass") <= 3);
});

Deno.test("copies of a point, at distance zero, are a cluster", () => {
  const points: Point[] = [...Array<Point>(12).fill([0, 0]), ...Array<Point>(12).fill([5, 5])];
  const { labels, clusters } = hdbscan(24, euclid(points), { minSize: 5 });
  equal(clusters, 2);
  equal(new Set(labels.slice(0, 12)).size, 1);
});

for (const n of [0, 1, 3]) {
  Deno.test(`${n} points are too few for a cluster`, () => {
    deepEqual(hdbscan(n, () => 1, { minSize: 5 }), { labels: Array(n).fill(-1), clusters: 0 });
  });
}
