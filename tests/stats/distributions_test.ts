import { ok } from "node:assert/strict";
import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  normalCdf,
  normalPValue,
  normalQuantile,
  studentTCdf,
  studentTPValue,
  studentTQuantile,
} from "../../lib/stats/mod.ts";
import { near } from "./near.ts";
import { oracle } from "./oracle.ts";

const TAIL = { rtol: 1e-11 };
const { t, tQuantile, betaQuantile: betas, normal } = oracle.distributions;

Deno.test("Student's t agrees with scipy far into the tails and for fractions of degrees of freedom", () => {
  ok(t.length > 0 && tQuantile.length > 0, "scipy's values are here");
  for (const [x, df, cdf, p] of t) {
    near(studentTCdf(x!, df!), cdf!, TAIL, `cdf(${x}, ${df})`);
    near(studentTPValue(x!, df!), p!, TAIL, `p(${x}, ${df})`);
  }
  for (const [p, df, x] of tQuantile) near(studentTQuantile(p!, df!), x!, { rtol: 1e-9 }, `quantile(${p}, ${df})`);
});

Deno.test("quantiles of the beta distribution agree with scipy", () => {
  ok(betas.length > 0, "scipy's values are here");
  for (const [p, a, b, x] of betas) near(betaQuantile(p!, a!, b!), x!, { rtol: 1e-10 }, `quantile(${p}, ${a}, ${b})`);
});

Deno.test("the normal distribution agrees with scipy far into the tails", () => {
  ok(normal.length > 0, "scipy's values are here");
  for (const [x, cdf, p] of normal) {
    near(normalCdf(x!), cdf!, { rtol: 1e-12 });
    near(normalPValue(x!), p!, { rtol: 1e-12 });
  }
  near(normalQuantile(0.975), 1.959963984540054, { rtol: 1e-15 });
});

Deno.test("Student's t with infinite degrees of freedom is the normal distribution", () => {
  near(studentTQuantile(0.9, Infinity), normalQuantile(0.9), { rtol: 0 });
  near(studentTCdf(-1.2, Infinity), normalCdf(-1.2), { rtol: 0 });
});

Deno.test("the binomial distribution function adds up its probabilities", () => {
  near(binomialCdf(1, 3, 0.25), 0.75 ** 3 + 3 * 0.25 * 0.75 ** 2, { rtol: 1e-14 });
  near(binomialCdf(3, 3, 0.25), 1, { rtol: 0 });
  near(betaCdf(0, 2, 3), 0, { rtol: 0 });
});
