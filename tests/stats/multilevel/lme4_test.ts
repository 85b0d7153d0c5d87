import { ok } from "node:assert/strict";
import { componentIntervals, fitMultilevel, type LevelCounts, type MultilevelModel } from "../../../lib/stats/mod.ts";
import golden from "../../golden/multilevel/glmer.json" with { type: "json" };
import { near, type Tolerance } from "../near.ts";

interface Fit {
  logLikelihood: number;
  sd: Record<string, number>;
  fixed: Record<string, number>;
  stdError?: Record<string, number>;
  effects: Record<string, Record<string, number>>;
}

interface Design {
  rows: Record<string, string | number>[];
  random: (string | string[])[];
  fixed: string[];
  interactions: [string, string][] | null;
  /** By refits of glmmTMB with one deviation held. */
  profiles: Record<string, { lo: number; hi: number }> | null;
  ml: Fit;
  reml: Fit;
}

/** What the issue asks for; the approximation is the same, so what remains is where the searches stop. */
const SAME: Tolerance = { rtol: 1e-3, atol: 1e-3 };

const rowsOf = ({ rows }: Design): LevelCounts[] =>
  rows.map(({ n, k, ...levels }) => ({ levels: levels as Record<string, string>, n: Number(n), k: Number(k) }));

function compare(model: MultilevelModel, expected: Fit) {
  ok(model.converged);
  near(model.logLikelihood, expected.logLikelihood, SAME, "log likelihood");
  for (const [term, sd] of Object.entries(expected.sd)) near(model.components[term]?.sd, sd, SAME, `sd of ${term}`);
  for (const [term, value] of Object.entries(expected.fixed)) near(model.fixed[term]?.estimate, value, SAME, term);
  for (const [term, value] of Object.entries(expected.stdError ?? {})) {
    near(model.fixed[term]?.stdError, value, SAME, `standard error of ${term}`);
  }
  for (const [term, levels] of Object.entries(expected.effects)) {
    const found = new Map(model.effects[term]!.map((e) => [Object.values(e.level).join(":"), e.estimate]));
    for (const [level, value] of Object.entries(levels)) near(found.get(level), value, SAME, `${term} ${level}`);
  }
}

for (const [name, json] of Object.entries(golden)) {
  const design = json as unknown as Design;
  const spec = {
    random: design.random,
    fixed: design.fixed.map((factor) => ({ name: factor })),
    interactions: design.interactions ?? [],
  };
  Deno.test(`maximum likelihood is lme4's on ${name}: likelihood, deviations, coefficients, errors, levels`, () => {
    compare(fitMultilevel(rowsOf(design), spec, { method: "ML" }), design.ml);
  });
  Deno.test(`restricted likelihood is glmmTMB's on ${name}: likelihood, deviations, coefficients, levels`, () => {
    compare(fitMultilevel(rowsOf(design), spec), design.reml);
  });
  if (design.profiles) {
    Deno.test(`profile intervals are those of glmmTMB's refits on ${name}`, () => {
      const found = componentIntervals(fitMultilevel(rowsOf(design), spec));
      for (const [term, { lo, hi }] of Object.entries(design.profiles!)) {
        near(found[term]?.lo, lo, SAME, `lower end of ${term}`);
        near(found[term]?.hi, hi, SAME, `upper end of ${term}`);
      }
    });
  }
}
