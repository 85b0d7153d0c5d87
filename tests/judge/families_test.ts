import { equal, throws } from "node:assert/strict";
import { modelFamilies, parseFamilies } from "../../lib/judge/judges/families.ts";
import { judgeFor } from "../../lib/judge/judges/judge_choice.ts";

const familyOf = modelFamilies();

for (
  const [family, names] of Object.entries({
    "gpt-4.1": ["gpt-4.1", "gpt-4.1-mini", "Azure/gpt-4.1-nano-2025-04-14", "openai/gpt-41", "ft:gpt-4.1-mini:acme::x"],
    "gpt-4o": ["gpt-4o", "gpt-4o-mini", "chatgpt-4o-latest", "openrouter/openai/gpt-4o:free"],
    "gpt-4": ["gpt-4", "gpt-4-turbo", "gpt-4-1106-preview", "gpt-4-32k"],
    "gpt-5": ["gpt-5.2-2025-12-11", "gpt-5-mini", "gpt-5.1-codex"],
    "openai-o": ["o3", "o4-mini", "openai/o1-preview"],
    "claude": ["claude-opus-4-5", "aws/claude-sonnet-4-5", "us.anthropic.claude-haiku-4-5-20251001-v1:0", "sonnet-4.5"],
    "deepseek": ["DeepSeek-V3.2", "deepseek-r1-distill-llama-70b"],
    "llama": ["meta-llama/Llama-3.3-70B-Instruct", "llama3.2:3b"],
    "qwen": ["Qwen/Qwen3-32B", "qwq-32b"],
    "kimi": ["azure/Kimi-K2.5", "moonshotai/k2-thinking"],
    "mistral": ["mistral-large-latest", "codestral-2508", "mixtral-8x7b"],
    "gemini": ["gemini-3-pro-preview", "models/gemini-2.5-flash-lite"],
    "grok": ["grok-4-fast"],
    "acme-judge": ["acme-judge-mini-2025-01-01", "acme-judge-70b-instruct", "acme-judge"],
  })
) {
  Deno.test(`one family is ${family}: ${names.join(", ")}`, () => {
    for (const name of names) equal(familyOf(name), family, name);
  });
}

Deno.test("gpt-4.1-mini does not judge gpt-4.1's sessions, nor the other way round", () => {
  equal(judgeFor("gpt-4.1", "gpt-4.1-mini", "gpt-4o"), "gpt-4o");
  equal(judgeFor("openai/gpt-4.1-nano", "azure/gpt-4.1", "gpt-4o"), "gpt-4o");
  throws(() => judgeFor("claude-opus-4-5", "claude-haiku-4-5", "claude-sonnet-4-5"), /of the family "claude"/);
});

Deno.test("one's own names belong to the families that one's own file says", () => {
  const own = parseFamilies('[{ "family": "gpt-4.1", "pattern": "^our-judge" }]', "families.json");
  equal(judgeFor("gpt-4.1-mini", "our-judge-prod", "gpt-4o", modelFamilies(own)), "gpt-4o");
  equal(judgeFor("gpt-4.1-mini", "our-judge-prod", "gpt-4o"), "our-judge-prod");
});

Deno.test("a families file that cannot be read names the file and the field", () => {
  throws(() => parseFamilies("{", "f.json"), /f\.json: not JSON/);
  throws(() => parseFamilies('[{ "family": "x", "pattern": "(" }]', "f.json"), /f\.json, field "0\.pattern"/);
});
