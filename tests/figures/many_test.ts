import { deepEqual, ok } from "node:assert/strict";
import type { Dataset, Session } from "../../lib/model/mod.ts";
import { drawAll } from "../../tasks/figures/draw_all.ts";
import { generatedSession } from "../support/generated.ts";
import { inMemory } from "../support/engines.ts";
import { layoutFaults } from "../support/layout.ts";
import { needs } from "../support/needs.ts";

// More names than anybody had in mind: what a company's traces look like.
function sessionsWith(count: number, names: (i: number) => Partial<Session>): Dataset {
  return inMemory(Array.from({ length: count }, (_, i) => ({ ...generatedSession(i), ...names(i) })));
}

const DATA: Record<string, () => Dataset> = {
  "40 harnesses, 30 models and 12 suites of its own": () =>
    sessionsWith(4000, (i) => ({
      harness: `harness number ${i % 40}`,
      deployment: `vendor/model-${i % 30}`,
      model: `model-${i % 30}`,
      benchmark: `bench ${i % 12}`,
    })),
  "60 harnesses with priced models on the published suites": () =>
    sessionsWith(12_000, (i) => ({ harness: `an agent of the team of floor number ${i % 60}` })),
  "25 models whose names begin alike": () =>
    sessionsWith(3000, (i) => ({
      deployment: `our-own-finetuned-model-of-november-${i % 25}`,
      model: `our-own-finetuned-model-of-november-${i % 25}`,
    })),
};

for (const [what, data] of Object.entries(DATA)) {
  needs(["read", "env", "sys", "ffi"], `figures of ${what} overlap nowhere and stay within their frame`, () => {
    const figures = drawAll(data());
    ok(figures.length > 20);
    for (const figure of figures) deepEqual(layoutFaults(figure), [], figure.name);
  });
}
