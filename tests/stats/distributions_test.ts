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
import exact from "./distributions_oracle.json" with { type: "json" };
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

Deno.test("the normal distribution agrees with 50 digits of mpmath to a few units in the last place", () => {
  ok(exact.normal.length > 20 && exact.normal_quantile.length > 15);
  for (const [z, p] of exact.normal) near(normalCdf(z!), p!, { rtol: 1e-14 }, `cdf(${z})`);
  for (const [p, z] of exact.normal_quantile) near(normalQuantile(p!), z!, { rtol: 1e-14 }, `quantile(${p})`);
});

Deno.test("the beta distribution agrees with 50 digits of mpmath to 1e-12, parameters from 0.05 to a million", () => {
  ok(exact.beta.length > 700);
  for (const [x, a, b, p] of exact.beta) near(betaCdf(x!, a!, b!), p!, { rtol: 1e-12 }, `cdf(${x}, ${a}, ${b})`);
});

Deno.test("distributions say NaN of NaN, and reach their ends", () => {
  ok([normalCdf(NaN), normalQuantile(NaN), normalQuantile(-1), betaCdf(NaN, 1, 1)].every(Number.isNaN));
  ok(normalQuantile(0) === -Infinity && normalQuantile(1) === Infinity && normalQuantile(0.5) === 0);
  ok(normalCdf(Infinity) === 1 && normalCdf(-Infinity) === 0);
});
