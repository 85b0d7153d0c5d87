import { deepEqual, equal, ok } from "node:assert/strict";
import { wholeBins } from "../../lib/view/whole_bins.ts";

/** Whole numbers counted by 24 bins of logarithms, as an engine counts them. */
function counted(values: readonly number[]) {
  const [lo, hi] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  const width = (hi - lo) / 24;
  return Array.from({ length: 24 }, (_, i) => {
    const sessions = values.filter((x) => Math.min(23, Math.floor((Math.log10(x) - lo) / width)) === i).length;
    return { lo: 10 ** (lo + i * width), hi: 10 ** (lo + (i + 1) * width), sessions, solved: sessions, failed: 0 };
  });
}

Deno.test("bins of whole numbers leave no gap where every number occurs, meet each other, and count all", () => {
  const values = Array.from({ length: 18 }, (_, i) => 3 + i);
  const bins = wholeBins(counted(values));
  ok(bins.every(({ sessions }) => sessions > 0), JSON.stringify(bins));
  equal(bins.reduce((sum, { sessions }) => sum + sessions, 0), values.length);
  deepEqual(bins.slice(1).map(({ lo }) => lo), bins.slice(0, -1).map(({ hi }) => hi));
  deepEqual([bins[0]!.lo, bins.at(-1)!.hi], [3, 21]);
});

Deno.test("a bin of one whole number is from it to the next, and no bins are none", () => {
  const one = { lo: 7, hi: 70, sessions: 4, solved: 1, failed: 2 };
  deepEqual(wholeBins([{ ...one, hi: 7 }]), [{ ...one, hi: 8 }]);
  deepEqual(wholeBins([]), []);
});
