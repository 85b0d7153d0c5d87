import type { CoverageRow, Totals } from "../../analysis/mod.ts";
import { int, pct, plural, tokens } from "../../figures/mod.ts";
import { list } from "../../notebook/markdown.ts";
import type { Told } from "./told.ts";

/** What the study's traces are; empty for other rows. */
export function whatWasRecorded({ ofStudy }: Told): string {
  return ofStudy
    ? "The published data is [`Exgentic/agent-llm-traces`](https://huggingface.co/datasets/Exgentic/agent-llm-traces): six " +
      "models, driven by five harnesses, on six benchmarks. Here is the judged table of the published analysis, or the " +
      "replica of it that is embedded in this project."
    : "";
}

/** Sessions, verdicts, calls and tokens in a sentence. */
export function inTotal(all: Totals): string {
  const solved = all.scored === 0
    ? "none with a verdict"
    : `${int(all.scored)} with a verdict, ${int(all.successes)} of them solved (${pct(all.successes / all.scored, 1)})`;
  const used = all.tokens === null
    ? `took ${plural(all.llm_calls, "model call")}; their tokens are not known`
    : `took ${plural(all.llm_calls, "model call")} and ${tokens(all.tokens)} tokens`;
  return `${plural(all.sessions, "session")}, ${solved}. They ${used}. A session without a verdict is not a ` +
    "failure: it is counted apart.";
}

/** How many configs can be compared on every benchmark, and what follows for pooled rates. */
export function whoRanAll(rows: readonly CoverageRow[], benchmarks: number, { names }: Told): string {
  const configs = new Set(rows.map((r) => r.config));
  if (!configs.size) return "No session has a verdict, so no config covers a benchmark.";
  const suites = Map.groupBy(rows.filter((r) => r.n >= 5), (r) => r.config);
  const full = [...suites].filter(([, of]) => of.length === benchmarks).map(([config]) => names.config(config));
  if (full.length === configs.size) return "Every config ran every benchmark with at least five sessions.";
  const ran = (what: string) =>
    `${full.length ? `Only ${plural(full.length, "config")}` : "No config"} ran ${what} with at least five sessions${
      full.length ? `: ${list(full)}` : ""
    }.`;
  if (benchmarks === 1) return ran("the only benchmark");
  return `${ran("every benchmark")} Any rate that is pooled over benchmarks ` +
    "therefore compares different tasks. [Notebook 3](03-simpson.ipynb) shows what that does.";
}
