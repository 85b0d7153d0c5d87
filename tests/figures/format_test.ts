import { equal } from "node:assert/strict";
import { chance, int, pct, plural, points, pValue, seconds, times, tokens, usd } from "../../lib/figures/kit/format.ts";

const cases: [string, string, string][] = [
  ["whole numbers have thousands separators", int(1781), "1,781"],
  ["a missing number is n/a, not zero", int(null), "n/a"],
  ["rates are percent", pct(0.6404), "64%"],
  ["rates with digits", pct(0.6404, 1), "64.0%"],
  ["a small negative share is not minus zero", pct(-0.001), "0%"],
  ["a negative share has a minus sign, not a hyphen", pct(-0.12), "−12%"],
  ["a probability from draws is never certain", chance(0.9998), ">99%"],
  ["nor ever nothing", chance(0), "<1%"],
  ["between, it is percent", chance(0.754), "75%"],
  ["differences have a sign", points(0.123, 1), "+12.3 pp"],
  ["a difference of nothing has no sign", points(-0.0001), "0 pp"],
  ["money has cents", usd(64.8199), "$64.82"],
  ["large amounts are whole dollars", usd(2185.7), "$2,186"],
  ["fractions of a cent keep two digits", usd(0.00123), "$0.0012"],
  ["nothing is $0.00", usd(0), "$0.00"],
  ["an unknown price is n/a", usd(null), "n/a"],
  ["an infinite end is no upper bound", usd(Infinity), "no upper bound"],
  ["tokens in millions", tokens(4_188_594), "4.2M"],
  ["tokens in thousands", tokens(41_200), "41k"],
  ["tokens carry over to the next unit", tokens(999_600), "1.0M"],
  ["few tokens are counted", tokens(812), "812"],
  ["billions of tokens", tokens(1_320_312_233), "1.3B"],
  ["short durations are seconds", seconds(42.4), "42 s"],
  ["durations are minutes from there", seconds(316), "5.3 min"],
  ["and hours", seconds(7200), "2.0 h"],
  ["ratios", times(1.536), "1.54×"],
  ["tiny p values", pValue(0.00001), "p < 0.001"],
  ["other p values", pValue(0.0312), "p = 0.031"],
  ["one of a kind", plural(1, "suite"), "1 suite"],
  ["an irregular plural", plural(3, "harness", "harnesses"), "3 harnesses"],
];

for (const [name, found, expected] of cases) Deno.test(name, () => equal(found, expected));
