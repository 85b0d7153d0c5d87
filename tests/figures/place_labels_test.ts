import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type Area, placeLabels } from "../../lib/figures/kit/place_labels.ts";

const AREA: Area = { left: 0, right: 800, top: 0, bottom: 500 };
const FONT_SIZE = 11;

const boxes = (dots: Parameters<typeof placeLabels>[0], obstacles: Area[] = []) =>
  placeLabels(dots, AREA, FONT_SIZE, obstacles).map(({ x, y, width }) => ({
    left: x,
    right: x + width,
    top: y - FONT_SIZE * 0.8,
    bottom: y + FONT_SIZE * 0.2,
  }));

const overlaps = (a: Area, b: Area) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0;

Deno.test("a lonely dot has its label at the right, without a line", () => {
  const [label] = placeLabels([{ x: 100, y: 100, radius: 5, label: "alone" }], AREA, FONT_SIZE);
  equal(label?.x, 109);
  equal(label?.leader, null);
});

Deno.test("a dot at the right edge has its label at the left", () => {
  const [label] = placeLabels([{ x: 790, y: 100, radius: 5, label: "at the edge" }], AREA, FONT_SIZE);
  ok(label && label.x + label.width <= 785);
});

Deno.test("a label keeps off an obstacle", () => {
  const wall = { left: 105, right: 400, top: 90, bottom: 110 };
  const [box] = boxes([{ x: 100, y: 100, radius: 5, label: "walled in" }], [wall]);
  ok(box && !overlaps(box, wall));
});

Deno.test("a dot without a label gets none", () => {
  deepEqual(placeLabels([{ x: 1, y: 1, radius: 5, label: "" }], AREA, FONT_SIZE), []);
});

Deno.test("up to fifteen dots anywhere: no label covers another or leaves the area, and the same dots give the same places", () => {
  const dot = fc.record({
    x: fc.integer({ min: 50, max: 750 }),
    y: fc.integer({ min: 50, max: 450 }),
    radius: fc.integer({ min: 3, max: 12 }),
    label: fc.constantFrom("Claude Code · Claude Opus 4.5", "Tool calling · GPT-4.1", "x"),
  });
  fc.assert(
    fc.property(fc.array(dot, { minLength: 1, maxLength: 15 }), (dots) => {
      const found = boxes(dots);
      equal(found.length, dots.length);
      found.forEach((box, i) => {
        ok(box.left >= 0 && box.right <= AREA.right && box.top >= -1 && box.bottom <= AREA.bottom + 1);
        for (const other of found.slice(i + 1)) ok(!overlaps(box, other));
      });
      deepEqual(boxes(dots), found);
    }),
    { seed: 1, numRuns: 60 },
  );
});
