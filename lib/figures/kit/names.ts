/** How names of the data read in a figure. A name that is not listed is shown as it is. */

const HARNESSES: Readonly<Record<string, string>> = {
  claude_code: "Claude Code",
  openai_solo: "OpenAI Solo",
  smolagents_code: "Smolagents",
  tool_calling: "Tool calling",
  tool_calling_with_shortlisting: "Shortlisting",
};

const BENCHMARKS: Readonly<Record<string, string>> = {
  appworld: "AppWorld",
  browsecompplus: "BrowseComp+",
  swebench: "SWE-bench",
  tau2_airline: "tau2 airline",
  tau2_retail: "tau2 retail",
  tau2_telecom: "tau2 telecom",
};

const MODELS: Readonly<Record<string, string>> = {
  "claude-opus-4-5": "Claude Opus 4.5",
  "deepseek-v3.2": "DeepSeek V3.2",
  "gemini-3-pro": "Gemini 3 Pro",
  "gpt-4.1": "GPT-4.1",
  "gpt-5.2": "GPT-5.2",
  "kimi-k2.5": "Kimi K2.5",
};

/** `claude_code` reads `Claude Code`. */
export function harnessLabel(harness: string): string {
  return HARNESSES[harness] ?? harness;
}

/** `swebench` reads `SWE-bench`. */
export function benchmarkLabel(benchmark: string): string {
  return BENCHMARKS[benchmark] ?? benchmark;
}

/** `kimi-k2.5` reads `Kimi K2.5`. */
export function modelLabel(model: string): string {
  return MODELS[model] ?? model;
}

/** Harness and model of a config's name, `harness · model`. A name without the separator is all harness. */
export function splitConfig(config: string): { harness: string; model: string } {
  const [harness = config, ...rest] = config.split(" · ");
  return { harness, model: rest.join(" · ") };
}

/** `claude_code · kimi-k2.5` reads `Claude Code · Kimi K2.5`. */
export function configLabel(config: string): string {
  const { harness, model } = splitConfig(config);
  return model ? `${harnessLabel(harness)} · ${modelLabel(model)}` : harnessLabel(harness);
}

/** Whether a benchmark is a conversation with a simulated customer, or tasks in code, apps and search. */
export function isConversational(benchmark: string): boolean {
  return benchmark.startsWith("tau2");
}
