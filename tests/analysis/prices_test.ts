import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import {
  blendAgainstExact,
  blendedUsdPerMtok,
  blendOf,
  cellsOf,
  checkPrices,
  costByConfig,
  priceOf,
  type Prices,
  unpriced,
  usdOf,
} from "../../lib/analysis/mod.ts";
import { publishedPrices } from "../../lib/study/mod.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
import golden from "../golden/judged.json" with { type: "json" };
import { agree } from "./agree.ts";
import { session, sessionsOf } from "./sessions.ts";

const OWN: Prices = checkPrices({
  source: "own",
  as_of: "2026-11-01",
  unit: "USD per million tokens",
  models: {
    "kimi-k2.5": { input: 1, cached_input: 0.1, output: 10, output_share: 0.5 },
    "eu/Kimi-K2.5": { input: 2, output: 20 },
  },
}, "own.json");

Deno.test("a deployment has its own rate where there is one, else its family's, else none", () => {
  equal(priceOf(OWN, "azure/Kimi-K2.5")?.input, 1);
  equal(priceOf(OWN, "eu/Kimi-K2.5")?.input, 2);
  equal(priceOf(OWN, "acme/unheard-of"), null);
  equal(priceOf(OWN, "constructor"), null);
});

Deno.test("the blend weighs input and output by the share of output, and needs the share", () => {
  equal(blendOf(OWN.models["kimi-k2.5"]!), 5.5);
  equal(blendOf(OWN.models["eu/Kimi-K2.5"]!), null);
  deepEqual(Object.keys(blendedUsdPerMtok(OWN)), ["kimi-k2.5"]);
});

Deno.test("input, cached input and output are priced apart where they are known", () => {
  const rates = OWN.models["kimi-k2.5"]!;
  const million = { tokens: 2e6, inputTokens: 1e6, cachedTokens: 4e5, outputTokens: 1e6 };
  equal(usdOf(rates, million), 0.6 + 0.04 + 10);
  equal(usdOf(rates, { ...million, cachedTokens: null }), 11);
  equal(usdOf({ ...rates, cached_input: null }, million), 11);
  equal(usdOf(rates, { ...million, inputTokens: null }), 11);
  equal(usdOf(OWN.models["eu/Kimi-K2.5"]!, { ...million, inputTokens: null }), null);
  equal(usdOf(null, million), null);
});

Deno.test("input that a cache stored has its own rate, and cache tokens counted beside the input are added to it", () => {
  const rates = { input: 5, cached_input: 0.5, cache_write: 6.25, output: 25, output_share: null, open_weights: null };
  const told = { tokens: 1100, inputTokens: 1000, cachedTokens: 600, cacheWriteTokens: 300, outputTokens: 100 };
  equal(usdOf(rates, told), (100 * 5 + 600 * 0.5 + 300 * 6.25 + 100 * 25) / 1e6);
  const { cache_write: _none, ...without } = rates;
  equal(usdOf(without, told), (400 * 5 + 600 * 0.5 + 100 * 25) / 1e6);
  const beside = { tokens: 105, inputTokens: 5, cachedTokens: 128_955, cacheWriteTokens: 1253, outputTokens: 100 };
  equal(usdOf(rates, beside), (5 * 5 + 128_955 * 0.5 + 1253 * 6.25 + 100 * 25) / 1e6);
});

Deno.test("an unknown model has no cost, never 0, and its sessions are counted", () => {
  const cells = cellsOf([...sessionsOf(3, 1, { deployment: "acme/new" }), ...sessionsOf(2, 2)]);
  deepEqual(costByConfig(cells, OWN).map((c) => [c.config, c.usd_total, c.usd_per_success]), [
    ["tool_calling · kimi-k2.5", 2 * 1000 / 1e6 * 5.5, 1000 / 1e6 * 5.5],
    ["tool_calling · new", null, null],
  ]);
  deepEqual(unpriced(cells, OWN).map((u) => [u.model, u.sessions]), [["new", 3]]);
});

Deno.test("an entry of a price file whose rates are none is passed over by name, and the others are prices", () => {
  const entries = {
    x: { input: -1, output: 2 },
    y: { input: "0.5", output: "2" },
    z: { input: 1, output: null },
    v: 3,
  };
  const { models, passed_over } = checkPrices({ ...OWN, models: entries }, "mine.json");
  deepEqual(Object.keys(models), ["y"]);
  deepEqual([models["y"]!.input, models["y"]!.output], [0.5, 2]);
  deepEqual(Object.keys(passed_over!), ["x", "z", "v"]);
  match(
    passed_over!["x"]!,
    /mine\.json, field "models\.x\.input": expected USD per million tokens, 0 or more; found -1/,
  );
  match(passed_over!["v"]!, /field "models\.v": .*found 3/);
  const cells = cellsOf(sessionsOf(2, 1, { deployment: "z" }));
  match(unpriced(cells, checkPrices({ ...OWN, models: entries }, "mine.json"))[0]!.why, /the rates .* are none/);
});

Deno.test("a price file at fault is an error that names file and field", () => {
  throws(() => checkPrices({ ...OWN, as_of: "today" }, "mine.json"), /field "as_of": expected a date, YYYY-MM-DD/);
  throws(() => checkPrices({ ...OWN, unit: "EUR" }, "mine.json"), /field "unit"/);
});

Deno.test("the committed prices are those of the published analysis", () => {
  const blend = blendedUsdPerMtok(publishedPrices());
  agree(blend, golden.blended_usd_per_mtok, { rtol: 1e-12 }, "blended_usd_per_mtok");
});

Deno.test("the blend is held against exact tokens where a source has both", () => {
  const cells = cellsOf([
    session({ totalTokens: 1e6, inputTokens: 9e5, outputTokens: 1e5, cachedTokens: 0 }),
    session({ run: "r2", totalTokens: 5, inputTokens: null }),
    session({ deployment: "acme/new", inputTokens: 10, outputTokens: 10 }),
  ]);
  const [kimi, unknown] = blendAgainstExact(cells, OWN);
  deepEqual([kimi?.sessions, kimi?.without_split, kimi?.output_share], [1, 1, 0.1]);
  deepEqual([kimi?.blended_usd, kimi?.exact_usd, kimi?.ratio], [5.5, 1.9, 5.5 / 1.9]);
  deepEqual([unknown?.model, unknown?.exact_usd, unknown?.note], ["new", null, "not in the price table"]);
});

onRecorded("traces/v1-spans", "on recorded calls the published output shares are too high for two models", async () => {
  const { cells } = await loadDataset(sharedPath("traces/v1-spans"));
  const rows = blendAgainstExact(cells, publishedPrices());
  // Counted apart from this project, from the same calls' tokens.
  const known: Record<string, number> = { "deepseek-v3.2": 0.0064, "kimi-k2.5": 0.0108 };
  for (const [model, share] of Object.entries(known)) {
    const row = rows.find((r) => r.model === model);
    agree(row?.output_share, share, { rtol: 0.01 }, model);
    ok(row?.ratio && row.table_share && row.output_share < row.table_share && row.ratio > 1);
  }
});
