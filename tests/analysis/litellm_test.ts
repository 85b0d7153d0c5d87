import { deepEqual, equal, throws } from "node:assert/strict";
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
  throws(
    () => pricesFromLiteLLM({ x: { input_cost_per_token: "2" } }, ["x"], OPTIONS),
    /field "x.input_cost_per_token"/,
  );
});
