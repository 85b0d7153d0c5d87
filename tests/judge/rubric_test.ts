import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { parseRubric, rubricFor, RUBRICS } from "../../lib/judge/rubrics/rubric.ts";

Deno.test("every benchmark of the published data has a rubric of its own", () => {
  const benchmarks = ["swebench", "appworld", "browsecompplus", "tau2_airline", "tau2_retail", "tau2_telecom"];
  deepEqual(benchmarks.map((benchmark) => rubricFor(benchmark).id), benchmarks);
  equal(new Set(RUBRICS.map((rubric) => rubric.id)).size, RUBRICS.length);
});

Deno.test("a benchmark without a rubric gets the general one, and without that there is an error that names it", () => {
  equal(rubricFor("gaia").id, "general");
  throws(() => rubricFor("gaia", RUBRICS.slice(0, 2)), /no rubric serves the benchmark "gaia".*swebench, appworld/);
});

Deno.test("a rubric file that is not one is refused with file and field", () => {
  const good = RUBRICS[0]!;
  deepEqual(parseRubric(JSON.stringify(good), "mine.json"), good);
  throws(() => parseRubric("{", "mine.json"), /mine\.json: not JSON/);
  throws(() => parseRubric(JSON.stringify({ ...good, version: "2" }), "mine.json"), /mine\.json.*field "version".*"2"/);
  throws(() => parseRubric(JSON.stringify({ ...good, canVerify: [] }), "mine.json"), /field "canVerify"/);
  throws(() => parseRubric(JSON.stringify({ ...good, extra: 1 }), "mine.json"), /extra/);
});

Deno.test("every rubric says what the judge can and cannot verify", () => {
  for (const rubric of RUBRICS) ok(rubric.canVerify.length && rubric.cannotVerify.length && rubric.version >= 1);
});
