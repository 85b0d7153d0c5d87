import { deepEqual, equal, match, ok } from "node:assert/strict";
import { loadDataset } from "../../lib/sources/mod.ts";
import { replica } from "../../lib/study/mod.ts";
import { drawAll } from "../../tasks/figures/draw_all.ts";
import { layoutFaults } from "../support/layout.ts";
import { needs } from "../support/needs.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

// The snapshots are written by: UPDATE_SNAPSHOTS=1 deno test -A tests/figures/snapshots_test.ts
const snapshot = (name: string) => new URL(`../snapshots/${name}.svg`, import.meta.url);

needs(
  ["read", "write", "env"],
  "every figure of the replica is drawn, without a warning, as its snapshot",
  async (t) => {
    const warnings: unknown[][] = [];
    const warn = console.warn;
    console.warn = (...args) => warnings.push(args);
    const figures = drawAll(await replica());
    console.warn = warn;
    deepEqual(warnings, []);
    equal(new Set(figures.map((figure) => figure.name)).size, figures.length, "names are unique");
    for (const figure of figures) {
      await t.step(figure.name, async (t) => {
        if (Deno.env.get("UPDATE_SNAPSHOTS")) await Deno.writeTextFile(snapshot(figure.name), `${figure.svg}\n`);
        await t.step("is byte-equal to its snapshot", async () => {
          const expected = await Deno.readTextFile(snapshot(figure.name));
          // Not `equal`: its difference of two long lines helps nobody.
          ok(`${figure.svg}\n` === expected, `${figure.name} differs from tests/snapshots/${figure.name}.svg`);
        });
        await t.step(
          "has no text that overlaps another or leaves the figure",
          () => deepEqual(layoutFaults(figure), []),
        );
        await t.step("speaks for itself: title, desc, source in the caption", () => {
          match(figure.svg, new RegExp(`<title id="${figure.name}-title">[^<]`));
          match(figure.svg, new RegExp(`<desc id="${figure.name}-desc">[^<]{20}`));
          ok(figure.svg.includes("Source: "), "the caption names no source");
          ok(figure.title.length > 10 && !/undefined|NaN|null|Infinity/.test(figure.svg), "a hole in its text");
        });
        await t.step("needs nothing outside itself, and coordinates are rounded", () => {
          equal(/<style|var\(--|<script|currentColor|href=/.test(figure.svg), false);
          equal(/ (?:x|y|d|cx|cy|r|width|height|transform)="[^"]*\.\d{3}/.test(figure.svg), false);
          const ids = [...figure.svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
          ok(ids.every((id) => id.startsWith(figure.name)), `ids without the figure's name: ${ids}`);
        });
      });
    }
  },
);

needs(["read"], "figures do not depend on the order of the rows", async () => {
  const data = await replica();
  const forward = drawAll(data);
  const backward = drawAll({ ...data, sessions: data.sessions.toReversed() });
  // Resampling draws rows by position, so its intervals move with the order.
  const resampled = /^(05-cost-per-success|05-failed-vs-successful|06-thrash-or-give-up|06-guardrail)/;
  const moved = forward.filter((figure, i) => !resampled.test(figure.name) && figure.svg !== backward[i]?.svg);
  deepEqual(moved.map((figure) => figure.name), []);
});

onRecorded("mirror", "every figure of the judged table has a clean layout", async () => {
  const data = await loadDataset("judged", { mirrors: [sharedPath("mirror")] });
  for (const figure of drawAll(data)) deepEqual(layoutFaults(figure), [], figure.name);
});
