import { equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { fisherExact, newcombe, stratifiedFisher, stratifiedNewcombe, type TwoRates } from "../../lib/stats/mod.ts";
import { fieldsNear, near } from "./near.ts";

const EXACT = { rtol: 1e-9, atol: 1e-15 };
const THREE: TwoRates[] = [
  { k1: 8, n1: 10, k2: 3, n2: 10 },
  { k1: 15, n1: 20, k2: 12, n2: 25 },
  { k1: 3, n1: 12, k2: 1, n2: 9 },
];

Deno.test("stratifiedFisher matches R's mantelhaen.test(exact = TRUE)", () => {
  // R 4.2.2: mantelhaen.test(array(c(k1, k2, n1 - k1, n2 - k2, ...), c(2, 2, K)), exact = TRUE)$p.value
  near(stratifiedFisher(THREE).pValue, 0.00608597988244637, EXACT);
  near(
    stratifiedFisher([{ k1: 0, n1: 5, k2: 2, n2: 6 }, { k1: 4, n1: 4, k2: 3, n2: 7 }]).pValue,
    0.660606060606061,
    EXACT,
  );
});

Deno.test("stratifiedNewcombe matches Yan and Su's formulas, worked out in R", () => {
  fieldsNear(stratifiedNewcombe(THREE), {
    estimate: 0.2923823749066468,
    lo: 0.0798213624889488,
    hi: 0.4743047406810678,
  }, EXACT);
});

const side = fc.integer({ min: 1, max: 40 }).chain((n) =>
  fc.record({ n: fc.constant(n), k: fc.integer({ min: 0, max: n }) })
);
const rates = fc.tuple(side, side).map(([a, b]): TwoRates => ({ k1: a.k, n1: a.n, k2: b.k, n2: b.n }));

Deno.test("one stratum is Fisher's test and Newcombe's interval; strata of one side change nothing", () => {
  fc.assert(fc.property(rates, side, (one, other) => {
    near(stratifiedFisher([one]).pValue, fisherExact(one).pValue, EXACT);
    fieldsNear(stratifiedNewcombe([one]), { ...newcombe(one) }, { rtol: 1e-9, atol: 1e-12 });
    const alone = { k1: other.k, n1: other.n, k2: 0, n2: 0 };
    near(stratifiedFisher([alone, one]).pValue, fisherExact(one).pValue, EXACT);
    fieldsNear(stratifiedNewcombe([one, alone]), { ...newcombe(one) }, { rtol: 1e-9, atol: 1e-12 });
  }));
});

Deno.test("sides that change places change the sign and nothing else; every value is one", () => {
  fc.assert(fc.property(fc.array(rates, { minLength: 1, maxLength: 6 }), (strata) => {
    const turned = strata.map(({ k1, n1, k2, n2 }) => ({ k1: k2, n1: n2, k2: k1, n2: n1 }));
    const [found, back] = [stratifiedNewcombe(strata), stratifiedNewcombe(turned)];
    fieldsNear(back, { estimate: -found.estimate, lo: -found.hi, hi: -found.lo }, { rtol: 1e-9, atol: 1e-12 });
    ok(found.lo <= found.estimate + 1e-12 && found.estimate <= found.hi + 1e-12);
    const { pValue } = stratifiedFisher(strata);
    ok(pValue > 0 && pValue <= 1);
    near(stratifiedFisher(turned).pValue, pValue, { rtol: 1e-6, atol: 1e-12 });
  }));
});

Deno.test("counts too large for the exact distribution are tested by chi-square, near the exact value", () => {
  const large = (
    n: number,
  ) => [{ k1: n / 2 + 60, n1: n, k2: n / 2, n2: n }, { k1: n / 4, n1: n, k2: n / 4 + 40, n2: n }];
  equal(stratifiedFisher(large(2000)).from, "exact");
  const { from, pValue } = stratifiedFisher(large(40_000));
  equal(from, "Cochran-Mantel-Haenszel");
  ok(Math.abs(pValue - 0.9) < 0.08, `${pValue}`);
});

Deno.test("counts that are none, and strata without both sides, are said", () => {
  throws(
    () => stratifiedFisher([{ k1: 3, n1: 2, k2: 0, n2: 1 }]),
    /stratifiedFisher, stratum 0: expected k1 from 0 to n1/,
  );
  throws(() => stratifiedNewcombe([{ k1: 1, n1: 2, k2: 0, n2: 0 }]), /no stratum has trials of both sides/);
  equal(stratifiedFisher([]).pValue, 1);
});
