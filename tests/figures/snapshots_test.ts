import { deepEqual, equal, ok } from "node:assert/strict";
import type { Dataset } from "../../lib/model/mod.ts";
import { isFigure, questionContext } from "../../lib/questions/mod.ts";
import { drawnNarrow, NARROW_WIDTH } from "../../lib/report/drawing.ts";
import { loadStudy, replica } from "../../lib/study/mod.ts";
import { answers, questionsOf } from "../../tasks/questions/asked.ts";
import { sound } from "../support/figures.ts";
import { layoutFaults, placedTexts } from "../support/layout.ts";
import { needs } from "../support/needs.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

// The snapshots are written by: UPDATE_SNAPSHOTS=1 deno test -A tests/figures/snapshots_test.ts
const folder = new URL("../snapshots/", import.meta.url);

/** Drawn of made-up rows by tests of their own: the replica has no reasons and no grades of sessions. */
const MADE_UP = ["02-judge-agreement", "06-topics"];

const figuresOf = async (dataset: Dataset) => (await answers(dataset)).flatMap(({ drawn }) => drawn.filter(isFigure));

needs(
  ["read", "write", "env"],
  "every figure of the replica is drawn as its snapshot, without a warning",
  async (t) => {
    const warnings: unknown[][] = [];
    const warn = console.warn;
    console.warn = (...args) => warnings.push(args);
    const figures = await figuresOf(await replica()).finally(() => console.warn = warn);
    deepEqual(warnings, []);
    const names = figures.map(({ name }) => name);
    equal(new Set(names).size, names.length, "names are unique");
    for (const figure of figures) {
      await t.step(figure.name, async () => {
        sound(figure);
        const snapshot = new URL(`${figure.name}.svg`, folder);
        if (Deno.env.get("UPDATE_SNAPSHOTS")) await Deno.writeTextFile(snapshot, `${figure.svg}\n`);
        // Not `equal`: its difference of two long lines helps nobody.
        ok(`${figure.svg}\n` === await Deno.readTextFile(snapshot), `${figure.name} differs from its snapshot`);
      });
    }
    await t.step("and there is no snapshot beside", () => {
      const kept = [...Deno.readDirSync(folder)].map(({ name }) => name.replace(/\.svg$/, ""));
      deepEqual(kept.sort(), [...names, ...MADE_UP].sort());
    });
  },
);

needs(["read"], "figures do not depend on the order of the rows", async () => {
  const data = await replica();
  const forward = await figuresOf(data);
  const backward = await figuresOf({ ...data, sessions: data.sessions.toReversed() });
  // Resampling draws rows by position, so its intervals move with the order.
  const resampled = /^(05-cost-per-success|05-failed-vs-successful|06-thrash-or-give-up|06-guardrail)/;
  const moved = forward.filter((figure, i) => !resampled.test(figure.name) && figure.svg !== backward[i]?.svg);
  deepEqual(moved.map((figure) => figure.name), []);
});

onRecorded("mirror", "every figure of the judged table has a clean layout, and fits a phone", async () => {
  const data = await loadStudy("judged", { mirrors: [sharedPath("mirror")] });
  const context = questionContext(data, questionsOf(data).options);
  for (const answered of await answers(data)) {
    const narrow = drawnNarrow(answered, context).filter(isFigure);
    for (const { name, width, bare } of narrow) {
      ok(width <= NARROW_WIDTH, `${name} is ${width} wide`);
      const cut = placedTexts(bare).filter(({ left, right }) => left < 12 || right > width - 12);
      deepEqual(cut, [], `the page cuts words of ${name}`);
    }
    for (const figure of [...answered.drawn.filter(isFigure), ...narrow]) {
      // Numbers on the map of topics may meet where topics lie over each other.
      const faults = layoutFaults(figure).filter((fault) => !/^"\d+" overlaps "\d+"$/.test(fault));
      deepEqual(faults, [], figure.name);
    }
  }
});
