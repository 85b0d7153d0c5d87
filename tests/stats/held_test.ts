import { deepEqual, equal, match, throws } from "node:assert/strict";
import results from "../../bench/results/coverage.json" with { type: "json" };
import { shortSentence } from "../../lib/figures/kit/short.ts";
import { HELD, HELD_ENOUGH, heldAtWorst, shortOf } from "../../lib/stats/mod.ts";

Deno.test("what is said of intervals is what the benchmark of coverage found, at its worst", () => {
  deepEqual(HELD, heldAtWorst(results));
  for (const { interval, about, covered } of HELD) equal(shortOf(interval, about) !== null, covered < HELD_ENOUGH);
});

Deno.test("of an interval that nobody tried nothing is said", () => {
  throws(() => shortOf("coefficient, HC7", "new cells"), /no coverage was measured of "coefficient, HC7"/);
});

Deno.test("an interval that is short is called so, with the share that it held; one that holds is not", () => {
  const [said] = shortSentence("HC1", "coefficient, HC1", "new runs of these cells");
  match(said!, /^HC1 is short: .* new runs of these cells in as few as \d+% of samples .*, not in 95%\.$/);
  deepEqual(shortSentence("CR3", "coefficient, CR3 by run", "new runs of these cells"), []);
});
