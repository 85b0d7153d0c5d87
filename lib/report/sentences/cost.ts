import { cellsOf, ratesBy } from "../../analysis/mod.ts";
import { int, pct, times, usd } from "../../figures/mod.ts";
import { costPerSuccess } from "../../questions/cost/cost_per_success.ts";
import { failedVsSuccessful } from "../../questions/cost/failed_vs_successful.ts";
import { foundOf } from "../found.ts";
import type { Sentence } from "./told.ts";

/** Sessions below which a config's cost is not compared. */
const MIN_N = 20;

/** What a solved task costs, from the cheapest to the dearest config. */
export const solvedCost: Sentence = ({ dataset, answered, names }) => {
  const rows = (foundOf(answered, costPerSuccess) ?? []).flatMap((row) =>
    row.usd_per_success !== null && row.n >= MIN_N ? [{ ...row, usd: row.usd_per_success }] : []
  ).sort((a, b) => a.usd - b.usd);
  const [cheapest] = rows, dearest = rows.at(-1);
  if (!cheapest || !dearest || cheapest === dearest) return null;
  const told = ({ usd: cost, lo, hi, config, rate }: typeof cheapest) =>
    `${usd(cost)} under ${names.config(config)} (95% ${usd(lo)} to ${
      hi === null ? "no upper bound" : usd(hi)
    }; it solves ${pct(rate)})`;
  const known = new Set(rows.map(({ config }) => config));
  const unpriced = ratesBy(cellsOf(dataset), ["config"]).some(({ config, n, k }) =>
    n >= MIN_N && k > 0 && !known.has(config)
  );
  return `A solved task costs from ${told(cheapest)} to ${told(dearest)}, failures paid for, of configs with ${
    int(MIN_N)
  } sessions${unpriced ? " and a price" : ""}.`;
};

/** What failures cost. */
export const failureCost: Sentence = ({ answered }) => {
  const pooled = foundOf(answered, failedVsSuccessful)?.find((row) => row.benchmark === null);
  if (!pooled) return null;
  const { estimate, lo, hi } = pooled.within?.within ?? { estimate: pooled.ratio, lo: pooled.lo, hi: pooled.hi };
  const where = pooled.within ? "within suite and config" : "all suites pooled";
  const range = `${times(estimate)} (95% ${times(lo)} to ${times(hi)})`;
  if (lo > 1) return `A failed session costs more than a successful one, ${where}: ${range}.`;
  if (hi < 1) return `A failed session costs less than a successful one, ${where}: ${range}.`;
  return `Whether failures cost more than successes cannot be told, ${where}: ${range}.`;
};
