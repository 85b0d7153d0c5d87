import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  differenceSequence,
  drawBinomial,
  meanSequence,
  rateSequence,
  seededRandom,
  wilson,
} from "../../../lib/stats/mod.ts";
import golden from "../../golden/sequential/betting.json" with { type: "json" };
import { near } from "../near.ts";

const SAME = { rtol: 1e-6, atol: 1e-9 };

Deno.test("sequences are those of bets placed session by session", () => {
  for (const { batches, ends } of golden.rates) {
    rateSequence(batches).forEach(({ lo, hi }, i) => {
      near(lo, ends[i]![0]!, SAME);
      near(hi, ends[i]![1]!, SAME);
    });
  }
  for (const { batches, ends } of golden.differences) {
    differenceSequence(batches).forEach(({ lo, hi }, i) => {
      near(lo, ends[i]![0]!, SAME);
      near(hi, ends[i]![1]!, SAME);
    });
  }
  for (const { values, ends } of golden.means) {
    meanSequence(values, { least: -1, most: 1 }).forEach(({ lo, hi }, i) => {
      near(lo, ends[i]![0]!, SAME);
      near(hi, ends[i]![1]!, SAME);
    });
  }
});

Deno.test("looking every night leaves the rate out at any time in at most 5 of 100, Wilson's interval far more often", () => {
  const random = seededRandom(16);
  const worlds = 400;
  let [missed, naive] = [0, 0];
  for (let s = 0; s < worlds; s++) {
    const rate = [0.1, 0.5, 0.8][s % 3]!;
    const nights = Array.from({ length: 60 }, () => ({ n: 10, k: drawBinomial(random, 10, rate) }));
    const looks = rateSequence(nights);
    if (looks.some(({ lo, hi }) => rate < lo || rate > hi)) missed++;
    if (looks.some(({ n, k }) => rate < wilson(k, n).lo || rate > wilson(k, n).hi)) naive++;
  }
  ok(missed / worlds <= 0.05, `missed ${missed / worlds}`);
  ok(naive / worlds > 0.2, `Wilson missed ${naive / worlds}`);
});

Deno.test("differences of two streams are left out at any time in at most 5 of 100, and found when there", () => {
  const random = seededRandom(4);
  let [missed, found] = [0, 0];
  const worlds = 150;
  for (let s = 0; s < worlds; s++) {
    const nights = (p1: number, p2: number) =>
      Array.from({ length: 25 }, () => ({
        n1: 20,
        k1: drawBinomial(random, 20, p1),
        n2: 15,
        k2: drawBinomial(random, 15, p2),
      }));
    if (differenceSequence(nights(0.6, 0.6)).some(({ lo, hi }) => lo > 0 || hi < 0)) missed++;
    if (differenceSequence(nights(0.8, 0.5)).at(-1)!.lo > 0) found++;
  }
  ok(missed / worlds <= 0.05, `missed ${missed / worlds}`);
  ok(found / worlds > 0.95, `found ${found / worlds}`);
});

Deno.test("means of anything bounded are kept: nights that share an error are one value each", () => {
  const random = seededRandom(9);
  let missed = 0;
  for (let s = 0; s < 300; s++) {
    const nights = Array.from({ length: 50 }, () => drawBinomial(random, 10, random() < 0.5 ? 0.3 : 0.7) / 10);
    if (meanSequence(nights).some(({ lo, hi }) => lo > 0.5 || hi < 0.5)) missed++;
  }
  ok(missed / 300 <= 0.05, `missed ${missed / 300}`);
});

Deno.test("a sequence only ever narrows, mirrors when outcomes are exchanged, and starts with everything", () => {
  const nights = [{ n: 0, k: 0 }, { n: 5, k: 3 }, { n: 30, k: 21 }, { n: 30, k: 12 }, { n: 200, k: 130 }];
  const [looks, turned] = [rateSequence(nights), rateSequence(nights.map(({ n, k }) => ({ n, k: n - k })))];
  deepEqual(looks[0], { n: 0, k: 0, estimate: null, lo: 0, hi: 1 });
  looks.forEach(({ lo, hi }, i) => {
    near(turned[i]!.lo, 1 - hi, SAME);
    ok(i === 0 || (lo >= looks[i - 1]!.lo && hi <= looks[i - 1]!.hi));
  });
  const both = nights.map(({ n, k }) => ({ n1: n, k1: k, n2: n, k2: Math.max(0, k - 2) }));
  const back = differenceSequence(both.map(({ n1, k1, n2, k2 }) => ({ n1: n2, k1: k2, n2: n1, k2: k1 })));
  differenceSequence(both).forEach(({ lo, hi }, i) => {
    near(back[i]!.lo, -hi, SAME);
    near(back[i]!.hi, -lo, SAME);
  });
});

Deno.test("a million sessions a night cost what ten do, and are nearly as good as an interval for that night alone", () => {
  const [last] = rateSequence([{ n: 1_000_000, k: 700_000 }]);
  const { lo, hi } = wilson(700_000, 1_000_000);
  ok(last!.hi - last!.lo < 2.5 * (hi - lo));
  equal(last!.estimate, 0.7);
});

Deno.test("what is no count and what is out of bounds is refused", () => {
  throws(() => rateSequence([{ n: 3, k: 4 }]), /rateSequence, batch 0: expected k from 0 to n = 3, found 4/);
  throws(() => meanSequence([0.2, 1.2]), /expected values from 0 to 1, found 1.2 at 1/);
  throws(
    () => differenceSequence([{ n1: 1, k1: 1, n2: 1.5, k2: 0 }]),
    /differenceSequence, batch 0, second: expected n/,
  );
});
