import { deepEqual, ok } from "node:assert/strict";
import type { Dataset, Session } from "../../lib/model/mod.ts";
import { drawnNarrow } from "../../lib/report/drawing.ts";
import { answer, isFigure, questionContext, questions } from "../../lib/questions/mod.ts";
import { studyOptions } from "../../lib/study/mod.ts";
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
  "60 harnesses with priced models": () =>
    sessionsWith(6000, (i) => ({ harness: `an agent of the team of floor number ${i % 60}` })),
  "25 models whose names begin alike": () =>
    sessionsWith(3000, (i) => ({
      deployment: `our-own-finetuned-model-of-november-${i % 25}`,
      model: `our-own-finetuned-model-of-november-${i % 25}`,
    })),
};

for (const [what, data] of Object.entries(DATA)) {
  needs(["read", "env", "sys", "ffi"], `figures of ${what} overlap nowhere and stay within their frame`, async () => {
    const dataset = data();
    const context = questionContext(dataset, { ...studyOptions(), grades: null });
    let drawn = 0;
    for (const question of questions) {
      const answered = await answer(question, dataset, context);
      for (const figure of [...answered.drawn, ...drawnNarrow(answered, context)].filter(isFigure)) {
        drawn++;
        deepEqual(layoutFaults(figure), [], figure.name);
      }
    }
    ok(drawn >= 30, `${drawn} figures`);
  });
}
