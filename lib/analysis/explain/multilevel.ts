import { type Cell, configName } from "../../model/mod.ts";
import {
  type ComponentInterval,
  componentIntervals,
  drawSummary,
  fitMultilevel,
  leagueTable,
  type LevelCounts,
  type MultilevelModel,
  type MultilevelSpec,
  posteriorDraws,
  type Random,
  rateDraws,
} from "../../stats/mod.ts";

/** A config's place among all, as far as it is known. */
export interface LeagueRow {
  config: string;
  harness: string;
  model: string;
  /** Scored sessions, and of them solved. */
  n: number;
  k: number;
  /** Benchmarks that it was tried on. */
  benchmarks: number;
  /** Success rate, each benchmark of the data of equal weight, also those that it was not tried on. */
  rate: number;
  lo: number;
  hi: number;
  /** Probability of having the highest rate of all configs. */
  best: number;
  /** Probability of being within {@link LEAGUE_MARGIN} of the highest. */
  near_best: number;
  /** Places that hold its own with 95% probability; 1 is best. */
  rank_lo: number;
  rank_hi: number;
  /** The rate on one benchmark like these, not yet seen; null where one benchmark alone is known. */
  unseen: { rate: number; lo: number; hi: number } | null;
}

/** What sessions differ by, in standard deviations of log odds. */
export interface SpreadRow extends ComponentInterval {
  /** `benchmark`, `harness`, `model`, `harness:model`, `cell` or `run`. */
  term: string;
  levels: number;
}

/** Configs in one table, by a multilevel logit. */
export interface League {
  /** Most likely best first. */
  rows: LeagueRow[];
  /** Largest spread first. */
  spread: SpreadRow[];
  n: number;
  k: number;
  cells: number;
  runs: number;
  /** Benchmarks that rates are averaged over. */
  benchmarks: string[];
  margin: number;
}

/** A difference in rates that decides nothing: 5 points. */
export const LEAGUE_MARGIN = 0.05;
/** Draws from the posterior, and of standard deviations among them. */
const DRAWS = 2000, DEVIATION_DRAWS = 300;

/** Scored sessions that two configs must have for a league: of fewer a model knows nothing but what it assumes. */
export const MIN_LEAGUE_N = 5;

/**
 * All configs in one table, those with few sessions and those tried on other benchmarks among them: a multilevel logit with
 * benchmark, harness, model, their pairs, cells and runs as levels pulls each towards what is known of its like (partial
 * pooling), and its posterior says how likely each is the best, or within 5 points of it, with every benchmark of equal
 * weight. Runs are taken as typical ones.
 *
 * Null with fewer than two configs of {@link MIN_LEAGUE_N} scored sessions, or where every session has the same outcome.
 *
 * ```ts
 * import { league } from "agent-trace-lab/analysis";
 * import { equal } from "node:assert/strict";
 * import { NOT_KNOWN } from "agent-trace-lab/model";
 *
 * const cells = ["a", "b"].flatMap((harness) =>
 *   ([0, 1] as const).map((verdict) => ({
 *     ...NOT_KNOWN,
 *     benchmark: "suite",
 *     harness,
 *     deployment: "m",
 *     model: "m",
 *     run: `run ${harness}`,
 *     verdict,
 *     sessions: (harness === "a") === (verdict === 1) ? 80 : 20,
 *     calls: 1,
 *   }))
 * );
 * equal(league(cells, { random: () => 0.5 })?.rows[0]?.config, "a · m");
 * ```
 */
export function league(cells: readonly Cell[], { random }: { random: Random }): League | null {
  const scored = cells.filter((c) => c.verdict !== null);
  const rows = scored.map((c): LevelCounts => ({
    levels: {
      benchmark: c.benchmark,
      harness: c.harness,
      model: c.model,
      run: c.run,
    },
    n: c.sessions,
    k: c.verdict === 1 ? c.sessions : 0,
  })).sort((a, b) => byText(JSON.stringify(a), JSON.stringify(b)));
  const configs = [...new Map(scored.map((c) => [configName(c.harness, c.model), c])).entries()]
    .map(([config, { harness, model }]) => ({ config, harness, model })).sort((a, b) => byText(a.config, b.config));
  const k = rows.reduce((sum, r) => sum + r.k, 0), n = rows.reduce((sum, r) => sum + r.n, 0);
  const large = [...Map.groupBy(scored, (c) => configName(c.harness, c.model)).values()]
    .filter((of) => of.reduce((sum, c) => sum + c.sessions, 0) >= MIN_LEAGUE_N);
  if (large.length < 2 || k === 0 || k === n) return null;
  const model = fitMultilevel(rows, leagueSpec(rows));
  const benchmarks = [...new Set(rows.map((r) => r.levels["benchmark"]!))].sort();
  const posterior = posteriorDraws(model, { random, draws: DRAWS, deviationDraws: DEVIATION_DRAWS });
  const at = (benchmark: string | null) =>
    configs.map(({ harness, model }) => ({ benchmark, harness, model, run: null }));
  const typical = { typical: ["run", RUN_TERM.join(":")] };
  const onEach = benchmarks.map((benchmark) => rateDraws(posterior, at(benchmark), random, typical));
  const unseen = rateDraws(posterior, at(null), random, typical);
  const means = configs.map((_, c) =>
    Float64Array.from(unseen[0]!, (_, i) => onEach.reduce((sum, draws) => sum + draws[c]![i]!, 0) / benchmarks.length)
  );
  const places = leagueTable(Object.fromEntries(configs.map(({ config }, c) => [config, means[c]!])), {
    margin: LEAGUE_MARGIN,
  });
  return {
    rows: places.map((place): LeagueRow => {
      const c = configs.findIndex(({ config }) => config === place.name), { config, harness, model } = configs[c]!;
      const own = rows.filter((r) => r.levels["harness"] === harness && r.levels["model"] === model);
      const next = drawSummary(unseen[c]!);
      return {
        config,
        harness,
        model,
        n: own.reduce((sum, r) => sum + r.n, 0),
        k: own.reduce((sum, r) => sum + r.k, 0),
        benchmarks: new Set(own.map((r) => r.levels["benchmark"])).size,
        rate: place.estimate,
        lo: place.lo,
        hi: place.hi,
        best: place.best,
        near_best: place.nearBest,
        rank_lo: place.rank.lo,
        rank_hi: place.rank.hi,
        unseen: benchmarks.length < 2 ? null : { rate: next.estimate, lo: next.lo, hi: next.hi },
      };
    }).sort((a, b) => b.best - a.best || b.rate - a.rate || byText(a.config, b.config)),
    spread: spreadOf(model),
    n,
    k,
    cells: new Set(rows.map((r) => cellName(r))).size,
    runs: new Set(rows.map((r) => r.levels["run"])).size,
    benchmarks,
    margin: LEAGUE_MARGIN,
  };
}

const CELL_TERM = ["benchmark", "harness", "model"], RUN_TERM = [...CELL_TERM, "run"];

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function cellName({ levels }: LevelCounts): string {
  return JSON.stringify(CELL_TERM.map((f) => levels[f]));
}

/**
 * The terms that these cells can tell apart: factors with two levels, a pair where it is not the same as one of its factors,
 * cells where they are not the same as a pair, runs where a cell has several. What holds a single session each, such as runs that
 * nothing names, is not told from chance.
 */
function leagueSpec(rows: readonly LevelCounts[]): MultilevelSpec {
  const count = (term: readonly string[]) =>
    new Set(rows.map((r) => JSON.stringify(term.map((f) => r.levels[f])))).size;
  const sessions = rows.reduce((sum, r) => sum + r.n, 0);
  const kept: string[][] = [];
  for (const term of [["benchmark"], ["harness"], ["model"], ["harness", "model"], CELL_TERM, RUN_TERM]) {
    const levels = count(term), parts = kept.filter((k) => k.every((f) => term.includes(f)));
    if (levels > 1 && levels < sessions && parts.every((part) => count(part) < levels)) kept.push(term);
  }
  return { random: kept };
}

function spreadOf(model: MultilevelModel): SpreadRow[] {
  const names = new Map([[CELL_TERM.join(":"), "cell"], [RUN_TERM.join(":"), "run"]]);
  return Object.entries(componentIntervals(model)).map(([term, interval]): SpreadRow => ({
    term: names.get(term) ?? term,
    levels: model.components[term]!.levels,
    ...interval,
  })).sort((a, b) => b.estimate - a.estimate);
}
