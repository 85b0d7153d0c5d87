import type { BenchmarkRate, CellRow, ContenderRow, ModelRate, Quadrant, ReliabilityRow } from "../../analysis/mod.ts";
import { int, pct, plural } from "../../figures/mod.ts";
import { list, row } from "../../notebook/markdown.ts";
import { markdownTable, paragraphs, type Told } from "./told.ts";

/** Which benchmark is the hardest, and what that does to pooled rates. */
export function hardestAndEasiest(rates: readonly BenchmarkRate[], { names }: Told): string {
  const sorted = rates.toSorted((a, b) => a.rate - b.rate);
  const [hardest, easiest] = [sorted.at(0), sorted.at(-1)];
  if (!hardest || !easiest) return "No session has a verdict, so there are no rates.";
  const said = (r: BenchmarkRate) =>
    `${names.benchmark(r.benchmark)} was solved in ${pct(r.rate)} of ${plural(r.n, "scored session")}`;
  if (hardest === easiest) return `${said(hardest)}; it is the only benchmark, so there is no mix of them.`;
  const apart = hardest.rate === easiest.rate
    ? "They were solved alike, so the mix of benchmarks does no harm here."
    : hardest.hi < easiest.lo
    ? "A config that ran mostly the second looks better than one that ran mostly the first, whatever either can do."
    : `Their intervals overlap (${pct(hardest.lo)} to ${pct(hardest.hi)}, ${pct(easiest.lo)} to ${pct(easiest.hi)}): ` +
      "which of them is harder, and whether the mix of benchmarks does harm, is not told.";
  return `${said(hardest)}, ${names.benchmark(easiest.benchmark)} in ${pct(easiest.rate)} of ` +
    `${int(easiest.n)}. ${apart} Grey counts below are cells with fewer than five sessions.`;
}

/** What balancing changes, and what it cannot. */
export function pooledAgainstBalanced(configs: readonly ReliabilityRow[], { names, ofStudy, said }: Told): string {
  const widest = configs.toSorted((a, b) => Math.abs(b.mix_gap) - Math.abs(a.mix_gap))[0];
  if (!widest) return "No config has ten scored sessions and five of them on one benchmark.";
  const pairs = configs.flatMap((a) => configs.map((b) => ({ a, b, by: a.micro - b.micro + b.macro - a.macro })));
  const turned = pairs.filter(({ a, b }) => a.micro > b.micro && a.macro < b.macro).sort((x, y) => y.by - x.by);
  const clearest = turned[0];
  const rates = (r: ReliabilityRow) => `${names.config(r.config)} (pooled ${pct(r.micro)}, balanced ${pct(r.macro)})`;
  const opus = configs.find((r) => r.config === "claude_code · claude-opus-4-5");
  const suites = Math.max(...configs.map((r) => r.n_benchmarks));
  const thin = suites < 3 ? 0 : configs.filter((r) => r.n_benchmarks < 3).length;
  return paragraphs(
    (pct(widest.micro) === pct(widest.macro)
      ? "Pooled and balanced rates are the same in every config, to the point. "
      : `The widest gap is that of ${names.config(widest.config)}: ${pct(widest.micro)} pooled, ${pct(widest.macro)} ` +
        "balanced. ") +
      (clearest
        ? `Balancing turns ${plural(turned.length, "pair")} of configs round; the clearest is ` +
          `${rates(clearest.a)} against ${rates(clearest.b)}.`
        : "Balancing turns no two configs round."),
    ofStudy
      ? `Published for Claude Code · Claude Opus 4.5, balanced: ${pct(said("balanced-opus"))}; here ` +
        `${pct(opus?.macro, 1)}.`
      : "",
    thin
      ? `Balancing does not make configs comparable that share no benchmark: ${plural(thin, "config")} of ` +
        `${int(configs.length)} ${thin === 1 ? "covers" : "cover"} fewer than three (grey), and the balanced rate ` +
        "of a config says nothing about suites it never saw."
      : "",
  );
}

/** How much a place in the quadrant is worth. */
export function dependable(plane: Quadrant, configs: readonly ReliabilityRow[], { ofStudy, said }: Told): string {
  const inCorner = plane.rows.filter((r) => r.corner === "dependable");
  const narrow = inCorner.filter((r) => r.n_benchmarks < 3).length;
  const std = (config: string) => {
    const found = configs.find((r) => r.config === config)?.cross_task_std;
    return found === null || found === undefined ? "not known" : (100 * found).toFixed(1);
  };
  return paragraphs(
    ofStudy
      ? `Published standard deviations between suites: ${int(100 * said("spread-opus"))} points for Claude Code · ` +
        `Claude Opus 4.5 (here ${std("claude_code · claude-opus-4-5")}), ${int(100 * said("spread-gemini"))} ` +
        `points for Claude Code · Gemini 3 Pro (here ${std("claude_code · gemini-3-pro")}).`
      : "",
    plane.rows.length === 0
      ? "No config ran two benchmarks with five scored sessions on each, so none has a spread."
      : narrow
      ? `Of ${plural(inCorner.length, "config")} in the dependable corner ${int(narrow)} ran only two suites: a ` +
        "standard deviation of two numbers says little."
      : "",
  );
}

/** The published swings between harnesses, held against the cells they are said of; empty for other rows. */
export function publishedSwings(table: readonly CellRow[], { ofStudy, said }: Told): string {
  if (!ofStudy) return "";
  const rate = (benchmark: string, config: string) =>
    table.find((c) => c.benchmark === benchmark && c.config === config)?.rate;
  const [claude, tool, app] = [
    rate("swebench", "claude_code · claude-opus-4-5"),
    rate("swebench", "tool_calling · claude-opus-4-5"),
    rate("appworld", "tool_calling · claude-opus-4-5"),
  ];
  const kimi = [rate("appworld", "smolagents_code · kimi-k2.5"), rate("appworld", "tool_calling · kimi-k2.5")] as const;
  return "The published text says that Claude Opus 4.5 on SWE-bench falls from 100% under Claude Code to 14% " +
    `under tool calling, a swing of ${int(100 * said("opus-swebench-swing"))} points. Here the first is ` +
    `${pct(claude)}; the second is ${pct(tool)}: there is no such cell. Claude under tool calling ran AppWorld, ` +
    `and solved ${pct(app)} of it: two benchmarks were taken for one. For Kimi K2.5 on AppWorld the published ` +
    `pair (92% and 12%) is here ${pct(kimi[0])} and ${pct(kimi[1])}.`;
}

/** Where the best can be told from every rival, and a table of who is tied with whom. One contender is no winner. */
export function whoWins(contenders: readonly ContenderRow[], { names }: Told): string {
  const suites = [...Map.groupBy(contenders, (r) => r.benchmark)];
  const contested = suites.filter(([, all]) => all.length > 1);
  const alone = suites.filter(([, all]) => all.length === 1).map(([benchmark]) => names.benchmark(benchmark));
  if (!suites.length) return "No config has ten scored sessions on a benchmark.";
  const tiesOf = (all: readonly ContenderRow[]) => all.filter((r) => r.place > 1 && r.tied_with_best);
  const apart = contested.filter(([, all]) => tiesOf(all).length === 0).map(([benchmark]) =>
    names.benchmark(benchmark)
  );
  const lines = contested.flatMap(([benchmark, all]) => {
    const best = all.find((r) => r.place === 1);
    const tied = list(tiesOf(all).map((r) => names.config(r.config)));
    return best
      ? [row(names.benchmark(benchmark), names.config(best.config), `${pct(best.rate)} (n = ${int(best.n)})`, tied)]
      : [];
  });
  return paragraphs(
    contested.length ? `Suites whose winner stands apart from every rival: ${list(apart)}.` : "",
    lines.length ? markdownTable(["suite", "first", "solved", "not distinguishable from it"], lines) : "",
    alone.length ? `A single config has ten scored sessions on ${list(alone)}: one contender is no winner.` : "",
  );
}

/** Models under one harness on one benchmark as a table, beside the published rates where the rows are the study's. */
export function modelsHeldFixed(
  rates: readonly ModelRate[],
  held: { harness: string; benchmark: string } | null,
  { names, ofStudy, said }: Told,
): string {
  const interval = (r: ModelRate | undefined) => `${pct(r?.lo)} to ${pct(r?.hi)}`;
  if (!ofStudy) {
    if (held === null) return "No benchmark was run by two models under one harness.";
    const lines = rates.map((r) => row(names.model(r.model), pct(r.rate), interval(r), int(r.n)));
    return paragraphs(
      `${names.benchmark(held.benchmark)} under ${names.harness(held.harness)}, where most models were scored:`,
      markdownTable(["model", "solved:", "95%:", "n:"], lines),
    );
  }
  const quoted = [
    ["swebench-opus", "claude-opus-4-5"],
    ["swebench-deepseek", "deepseek-v3.2"],
    ["swebench-kimi", "kimi-k2.5"],
    ["swebench-gemini", "gemini-3-pro"],
    ["gpt52-swebench", "gpt-5.2"],
  ] as const;
  const lines = quoted.map(([id, model]) => {
    const ours = rates.find((r) => r.model === model);
    return row(names.model(model), pct(said(id)), pct(ours?.rate), interval(ours), int(ours?.n));
  });
  return paragraphs(
    markdownTable(["model", "published:", "here:", "95%:", "n:"], lines),
    "GPT-5.2 ran under two deployment names; the published figure is that of the smaller one alone.",
  );
}
