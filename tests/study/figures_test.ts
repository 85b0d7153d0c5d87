import { deepEqual, equal, match } from "node:assert/strict";
import { drawContamination, drawSwebenchClaudeCode, studyNames } from "../../lib/study/mod.ts";
import { layoutFaults } from "../support/layout.ts";

const context = { source: "a test", names: studyNames };
const rate = (n: number, k: number) => ({ n, k, rate: k / n, lo: 0.1, hi: 0.9 });
const pair = { swebench: rate(20, 10), browsecompplus: rate(20, 5), gap: 0.25, lo: 0, hi: 0.5 };
const LONG = "a_model_whose_name_goes_on_and_on_and_on_and_on_for_ever_and_a_day";
const HOSTILE = `<script>alert("1")</script> & \u6f22\u5b57 \u0000`;

for (
  const [what, figure] of [
    ["no row", drawSwebenchClaudeCode([], context)],
    ["no pair", drawContamination([], context)],
    ...["gpt-4.1", LONG, HOSTILE].flatMap((model) =>
      [
        [`a model called ${model.slice(0, 12)}`, drawSwebenchClaudeCode([{ ...rate(20, 10), model }], context)],
        [`a pair of ${model.slice(0, 12)}`, drawContamination([{ model, ...pair }], context)],
      ] as const
    ),
  ] as const
) {
  Deno.test(`${figure.name} of ${what} has a clean layout and no hole in its text`, () => {
    deepEqual(layoutFaults(figure), []);
    match(figure.svg, /Source: a test\./);
    equal(/undefined|NaN|null|Infinity|\[object|<script/.test(figure.svg), false);
    equal(figure.svg.includes("\u0000"), false);
  });
}
