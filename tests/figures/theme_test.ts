import { equal, ok } from "node:assert/strict";
import { inkOn, luminance, rampColor } from "../../lib/figures/kit/color.ts";
import { FACTOR_COLORS, FAILURE_MODE_COLORS, PALETTE, RATE_RAMP, VERDICT_COLORS } from "../../lib/figures/kit/theme.ts";
import { studyNames } from "../../lib/study/mod.ts";
import { distance, oklab, VISIONS } from "../support/vision.ts";

const KNOWN = {
  harness: ["claude_code", "openai_solo", "smolagents_code", "tool_calling", "tool_calling_with_shortlisting"],
  benchmark: ["appworld", "browsecompplus", "swebench", "tau2_airline", "tau2_retail", "tau2_telecom"],
  model: ["claude-opus-4-5", "deepseek-v3.2", "gemini-3-pro", "gpt-4.1", "gpt-5.2", "kimi-k2.5"],
} as const;

const palettes: [string, string[]][] = [
  ...(["harness", "benchmark", "model"] as const).map((dimension): [string, string[]] => [
    `the study's ${dimension}s`,
    [...studyNames.colorsOf(dimension, KNOWN[dimension]).values()],
  ]),
  ["names by order", [...PALETTE]],
  ["verdicts", Object.values(VERDICT_COLORS)],
  ["factors", Object.values(FACTOR_COLORS)],
  ["failure modes", Object.values(FAILURE_MODE_COLORS)],
];

/** Distances in OKLab, where lightness runs from 0 to 1 and 0.02 is about what the eye tells apart side by side. */
const APART = 0.08;
const APART_IN_GREY = 0.05;

for (const [name, colors] of palettes) {
  const pairs = colors.flatMap((a, i) => colors.slice(i + 1).map((b) => [a, b] as const));
  for (const [vision, matrix] of Object.entries(VISIONS)) {
    Deno.test(`the colours of ${name} stay apart under ${vision}`, () => {
      for (const [a, b] of pairs) ok(distance(oklab(a, matrix), oklab(b, matrix)) >= APART, `${a} and ${b}`);
    });
  }
  Deno.test(`the colours of ${name} stay apart in greyscale`, () => {
    for (const [a, b] of pairs) {
      ok(Math.abs(oklab(a)[0] - oklab(b)[0]) >= APART_IN_GREY, `${a} and ${b}`);
    }
  });
}

Deno.test("the ramp of rates only ever gets darker", () => {
  const levels = Array.from({ length: 21 }, (_, i) => luminance(rampColor(i / 20)));
  ok(levels.every((level, i) => i === 0 || level < (levels[i - 1] ?? 0)));
  equal(rampColor(0), RATE_RAMP[0]);
  equal(rampColor(2), RATE_RAMP.at(-1));
});

Deno.test("text on any step of the ramp has a contrast of 4.5 or more", () => {
  for (let i = 0; i <= 50; i++) {
    const ground = rampColor(i / 50);
    const levels = [luminance(ground), luminance(inkOn(ground))].sort((a, b) => b - a);
    const contrast = ((levels[0] ?? 0) + 0.05) / ((levels[1] ?? 0) + 0.05);
    ok(contrast >= 4.5, `${ground}: ${contrast}`);
  }
});
