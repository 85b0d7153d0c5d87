import { deepEqual, equal, match, throws } from "node:assert/strict";
import { checkPrices, pricesFromLiteLLM } from "../../lib/analysis/mod.ts";
import { publishedPrices } from "../../lib/study/mod.ts";

/** Entries in the shape of LiteLLM's table, with rates of our own. */
const TABLE = {
  sample_spec: { max_tokens: "set to max tokens", input_cost_per_token: 0, litellm_provider: "one of ..." },
  "gpt-4.1": {
    input_cost_per_token: 2e-6,
    output_cost_per_token: 8e-6,
    cache_read_input_token_cost: 5e-7,
    mode: "chat",
  },
  "azure/gpt-4.1": { input_cost_per_token: 2e-6, output_cost_per_token: 8e-6 },
  "eu/gpt-4.1-2025-04-14": { input_cost_per_token: 2.2e-6, output_cost_per_token: 8.8e-6 },
  "gemini/gemini-3-pro-preview": { input_cost_per_token: 2e-6, output_cost_per_token: 1.2e-5 },
  "kimi-k2.5": { mode: "embedding" },
};
const OPTIONS = { source: "LiteLLM", asOf: "2026-11-22", known: publishedPrices() };

Deno.test("LiteLLM's rates a token become ours a million tokens, and its own entry comes first", () => {
  const { prices, origins } = pricesFromLiteLLM(TABLE, ["gpt-4.1", "gemini-3-pro"], OPTIONS);
  deepEqual(prices.models["gpt-4.1"], {
    input: 2,
    cached_input: 0.5,
    output: 8,
    output_share: 0.109,
    open_weights: false,
  });
  equal(prices.models["gemini-3-pro"]?.output, 12);
  deepEqual(origins, [
    { model: "gemini-3-pro", entry: "gemini/gemini-3-pro-preview", differing: [] },
    { model: "gpt-4.1", entry: "gpt-4.1", differing: ["eu/gpt-4.1-2025-04-14"] },
  ]);
  deepEqual(checkPrices(prices, "result"), prices);
});

Deno.test("models that LiteLLM does not price are named as missing", () => {
  deepEqual(pricesFromLiteLLM(TABLE, ["kimi-k2.5", "gpt-9", "gpt-4.1"], OPTIONS).missing, ["gpt-9", "kimi-k2.5"]);
});

Deno.test("what is not LiteLLM's table is an error that names it", () => {
  throws(() => pricesFromLiteLLM([], ["gpt-4.1"], OPTIONS), /^RowError: LiteLLM: /);
});

Deno.test("one entry that is wrong is passed over and named, and all others are read", () => {
  const wrong = { "other/model": { input_cost_per_token: "1e-06", output_cost_per_token: 2e-6 }, odd: 7, none: null };
  const { prices, missing, passedOver } = pricesFromLiteLLM({ ...wrong, ...TABLE }, ["gpt-4.1", "model"], OPTIONS);
  equal(prices.models["gpt-4.1"]?.input, 2);
  deepEqual(missing, ["model"]);
  equal(passedOver.length, 3);
  match(passedOver[0]!, /^LiteLLM, row other\/model, field "input_cost_per_token": .*found "1e-06"/);
});

Deno.test("a rate of null is none, and writes to a cache have a rate of their own", () => {
  const entry = { input_cost_per_token: 5e-6, output_cost_per_token: 2.5e-5, cache_creation_input_token_cost: 6.25e-6 };
  const table = { a: { ...entry, cache_read_input_token_cost: null }, b: { ...entry, output_cost_per_token: null } };
  const { prices, missing } = pricesFromLiteLLM(table, ["a", "b"], OPTIONS);
  deepEqual(prices.models["a"], {
    input: 5,
    cached_input: null,
    cache_write: 6.25,
    output: 25,
    output_share: null,
    open_weights: null,
  });
  deepEqual(missing, ["b"]);
});
