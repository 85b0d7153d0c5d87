import { equal, match, ok, throws } from "node:assert/strict";
import { decideClaims, intervalOfLooks, parseClaims } from "../../../lib/analysis/claims/mod.ts";
import { newcombe, seededRandom } from "../../../lib/stats/mod.ts";

const look = (k1: number, n1: number, k2: number, n2: number) => ({ id: "c", k1, n1, k2, n2, bound: null });

Deno.test("an interval over looks is wider than one look's, and never widens again", () => {
  const looks = Array.from({ length: 10 }, (_, i) => look(21 * (i + 1), 30 * (i + 1), 12 * (i + 1), 30 * (i + 1)));
  const widths = looks.map((_, i) => intervalOfLooks(looks.slice(0, i + 1))).map(({ lo, hi }) => hi - lo);
  ok(widths.every((width, i) => i === 0 || width <= widths[i - 1]! + 1e-12));
  const { lo, hi } = newcombe({ k1: 210, n1: 300, k2: 120, n2: 300 });
  ok(widths.at(-1)! > hi - lo, "the price of looking every night");
});

Deno.test("two equal agents looked at every night for 60 nights are told apart in few worlds", () => {
  const random = seededRandom(3), worlds = 60;
  let [ordinary, watched] = [0, 0];
  for (let world = 0; world < worlds; world++) {
    const looks = [], total = { k1: 0, n1: 0, k2: 0, n2: 0 };
    let apart = false;
    for (let night = 0; night < 60; night++) {
      for (let i = 0; i < 10; i++) {
        total.n1++;
        total.n2++;
        if (random() < 0.5) total.k1++;
        if (random() < 0.5) total.k2++;
      }
      looks.push({ id: "c", ...total, bound: null });
      const { lo, hi } = newcombe(total);
      apart ||= lo > 0 || hi < 0;
    }
    if (apart) ordinary++;
    const { lo, hi } = intervalOfLooks(looks);
    if (lo > 0 || hi < 0) watched++;
  }
  ok(ordinary / worlds > 0.15, `${ordinary} of ${worlds} by ordinary intervals`);
  ok(watched / worlds <= 0.08, `${watched} of ${worlds} over all looks`);
});

Deno.test("a rate is held against a bound, and other sessions need another ledger", () => {
  const rate = (k1: number, n1: number) => ({ id: "c", k1, n1, k2: null, n2: null, bound: 0.5 });
  ok(intervalOfLooks([rate(40, 50), rate(82, 100)]).lo > 0);
  throws(() => intervalOfLooks([rate(40, 50), rate(30, 60)]), /claim "c", look 2: .*begin another ledger/);
});

Deno.test("a claim decided over looks has their interval and no p", async () => {
  const file = parseClaims({
    claims: [{
      id: "kept",
      claim: "at least half are solved",
      test: "effect",
      unit: "rate",
      value: "cell.k / cell.n",
      effect: "$over(cell, 0.5)",
    }],
  }, "mine.json");
  const results = { cell: { n: 40, k: 28 } };
  const [once] = await decideClaims(file, results);
  equal(once?.verdict, "reproduced");
  const [nightly] = await decideClaims(file, results, {
    intervalOf: (id, counts) => intervalOfLooks([{ id, ...counts }]),
  });
  equal(nightly?.verdict, "not distinguishable in its own data", "70% of 40 is not yet half and more for every look");
  equal(nightly?.p, null);
  match(nightly?.why ?? "", /20 points \(95%/);
});
