import { equal, ok, throws } from "node:assert/strict";
import { ppiMean, ppiRegression, type PpiRow } from "../../../lib/stats/mod.ts";
// Made with: /usr/bin/python3 tests/stats/correction/oracle.py > tests/stats/correction/oracle.json
import oracle from "./oracle.json" with { type: "json" };

const EXACT = { rtol: 1e-9 };
const near = (found: number | null | undefined, expected: number, what: string, { rtol } = EXACT) =>
  ok(
    Math.abs((found ?? NaN) - expected) <= rtol * Math.max(1e-3, Math.abs(expected)),
    `${what}: ${found}, not ${expected}`,
  );

const names = ["Intercept", "a", "b"];
const rows = oracle.regression.rows as PpiRow[];

Deno.test("ppiMean has the estimate, weight and standard error of the paper's formulas", () => {
  for (const { labelled, unlabelled, expected } of oracle.means) {
    const found = ppiMean(labelled, unlabelled);
    near(found.estimate, expected.estimate, "estimate");
    near(found.stdError, expected.std_error, "standard error");
    near(found.lambda, expected.lam, "lambda");
  }
});

Deno.test("ppiRegression has the coefficients, weights and errors of the paper's formulas", () => {
  const { terms } = ppiRegression(rows, names);
  oracle.regression.expected.forEach((expected, j) => {
    near(terms[j]?.estimate, expected.estimate, `estimate of ${names[j]}`);
    near(terms[j]?.stdError, expected.std_error, `standard error of ${names[j]}`);
    near(terms[j]?.lambda, expected.lam, `lambda of ${names[j]}`);
  });
});

Deno.test("a judge that says nothing leaves the mean of the labels", () => {
  const found = ppiMean({ tp: 30, fp: 30, fn: 30, tn: 30 }, { n: 500, k: 400 });
  near(found.lambda, 0, "lambda", { rtol: 1e-9 });
  near(found.estimate, 0.5, "estimate");
});

Deno.test("splitting a row of the regression in two changes nothing", () => {
  const split = rows.flatMap((r) => r.n > 1 ? [{ ...r, n: 1 }, { ...r, n: r.n - 1 }] : [r]);
  const [whole, parts] = [ppiRegression(rows, names), ppiRegression(split, names)];
  whole.terms.forEach((t, j) => near(parts.terms[j]?.stdError, t.stdError, t.name));
});

Deno.test("too few labels are said, with how many are needed", () => {
  const few = ppiMean({ tp: 8, fp: 2, fn: 1, tn: 9 }, { n: 500, k: 250 });
  equal(few.valid, false);
  ok(few.why?.includes("20 labelled sessions; at least 50"), String(few.why));
  const sure = ppiMean({ tp: 40, fp: 0, fn: 0, tn: 40 }, { n: 500, k: 250 });
  ok(sure.why?.includes("0 mistakes"), String(sure.why));
  equal(ppiMean({ tp: 1, fp: 0, fn: 0, tn: 0 }, { n: 10, k: 5 }).estimate, null);
});

Deno.test("a level with few labels makes the regression's intervals not claimed, by name", () => {
  const thin = rows.filter((r) => r.x[2] === 0 || r.y === null || (r.f === 1 && r.y === 1 && r.x[1] === 0));
  const found = ppiRegression(thin, names);
  equal(found.valid, false);
  ok(found.why?.includes("b (22)"), String(found.why));
});

Deno.test("what cannot be fitted is an error that names it", () => {
  throws(() => ppiRegression(rows.map((r) => ({ ...r, x: [1, 1, r.x[2] ?? 0] })), names), /collinear.*Intercept, a, b/);
  throws(() => ppiRegression(rows.filter((r) => r.y === null), names), /more than 3 labelled/);
  throws(() => ppiRegression([{ x: [1], f: 1, y: 1, n: 4 }], names), /row 0 has 1 columns, expected 3/);
  throws(() => ppiMean({ tp: 1, fp: -1, fn: 0, tn: 0 }, { n: 1, k: 1 }), /fp must be a whole number/);
  throws(() => ppiMean({ tp: 1, fp: 0, fn: 0, tn: 0 }, { n: 1, k: 2 }), /k = 2 exceeds n = 1/);
});
