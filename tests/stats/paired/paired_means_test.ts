import { equal, ok, throws } from "node:assert/strict";
import { pairedMeans } from "../../../lib/stats/mod.ts";

const close = (found: number | null, expected: number) => ok(Math.abs(found! - expected) < 1e-12, `${found}`);

Deno.test("paired means are scipy's ttest_rel", () => {
  // scipy 1.10: ttest_rel([.3, .5, .9, 1], [.1, .4, .5, .9]) and its confidence_interval(.95)
  const { estimate, pValue, lo, hi } = pairedMeans([0.1, 0.4, 0.5, 0.9], [0.3, 0.5, 0.9, 1]);
  close(estimate, 0.2);
  close(pValue, 0.0662756027415243);
  close(lo, -0.02503293632281839);
  close(hi, 0.42503293632281836);
});

Deno.test("what has no error has no ends", () => {
  const { pValue, lo } = pairedMeans([0.5, 0.2], [0.5, 0.2]);
  equal(pValue, 1);
  equal(lo, null);
  equal(pairedMeans([1], [0]).pValue, null);
  throws(() => pairedMeans([1, 2], [1]), /as many second values as first ones/);
});
