/** Rates, differences, coefficients and shares of cells: sessions counted one by one, by run, by cell. @module */
import {
  bootstrap,
  clusteredRate,
  type Covariance,
  fisherExact,
  fitLinear,
  holm,
  linearTerms,
  mantelHaenszel,
  meanDifference,
  newcombe,
  type Random,
  shareIntervals,
  sharesOfR2,
  wildClusterBootstrap,
  wilson,
} from "../../lib/stats/mod.ts";
import { type CellsWorld, drawCells, drawRuns, expectedRate, rowsOfRates, type WorldCell } from "./cells_world.ts";
import type { Trial, World } from "./trial.ts";

const FACTORS = ["benchmark", "harness", "model"];
const SPEC = { factors: FACTORS.map((name) => ({ name })) };
const TERM = "harness=h3";
const NEW_RUNS = "new runs of these cells", NEW_CELLS = "new cells", THESE_RUNS = "these runs";

const SETTINGS: Record<string, CellsWorld> = {
  "independent sessions": { runSd: 0, interactionSd: 0, effect: 0.8 },
  "run sd 0.5": { runSd: 0.5, interactionSd: 0, effect: 0.8 },
  "run sd 1": { runSd: 1, interactionSd: 0, effect: 0.8 },
  "interaction sd 0.7, run sd 0.5": { runSd: 0.5, interactionSd: 0.7, effect: 0.8 },
  "no effect, run sd 0.5": { runSd: 0.5, interactionSd: 0, effect: 0 },
  "no effect, interaction sd 0.7, run sd 0.5": { runSd: 0.5, interactionSd: 0.7, effect: 0 },
};

type Rows = ReturnType<typeof drawRuns>;

/** One world a setting. */
export const rateWorlds: World[] = Object.entries(SETTINGS).map(([name, world]) => ({
  name,
  share: 0.5,
  sample: (random: Random) => {
    const cells = drawCells(world, random), rows = drawRuns(cells, world, random);
    const byCell = rows.map((row) => ({ ...row, cluster: JSON.stringify(row.levels) }));
    return [
      ...rates(cells, rows, world),
      ...coefficients(cells, rows, byCell, world, random),
      ...shares(cells, rows, byCell, world),
    ];
  },
}));

/** The rate of one harness, and its difference from another. */
function rates(cells: readonly WorldCell[], rows: Rows, world: CellsWorld): Trial[] {
  const of = (harness: string) => rows.filter((r) => r.levels["harness"] === harness);
  const count = (list: Rows) => ({ n: total(list, (r) => r.n), k: total(list, (r) => r.k) });
  const truth = (harness: string, own: boolean) => {
    const mine = cells.filter((c) => c.levels.harness === harness);
    return total(mine, (c) => expectedRate(c, world, own)) / mine.length;
  };
  const these = (harness: string) => total(of(harness), (r) => r.rate) / of(harness).length;
  const [first, second] = [count(of("h3")), count(of("h0"))];
  const plain = wilson(first.k, first.n), byRun = clusteredRate(of("h3"));
  const within = clusteredRate(of("h3").map((r) => ({ ...r, stratum: JSON.stringify(r.levels) })));
  const cellsOf = (list: Rows) => [...Map.groupBy(list, (r) => JSON.stringify(r.levels)).values()].map(count);
  const byCell = clusteredRate(cellsOf(of("h3")));
  const difference = newcombe({ k1: first.k, n1: first.n, k2: second.k, n2: second.n });
  const pairs = [...Map.groupBy(rows, (r) => `${r.levels["benchmark"]} ${r.levels["model"]}`).values()].map((list) => {
    const [a, b] = ["h3", "h0"].map((h) => count(list.filter((r) => r.levels["harness"] === h)));
    return { k1: a!.k, n1: a!.n, k2: b!.k, n2: b!.n };
  });
  const stratified = mantelHaenszel(pairs).difference;
  const byRunWithin = meanDifference(
    rows.filter((r) => r.levels["harness"] === "h3" || r.levels["harness"] === "h0").map((r) => {
      const first = r.levels["harness"] === "h3", own = { n: r.n, k: r.k }, none = { n: 0, k: 0 };
      const [a, b] = first ? [own, none] : [none, own];
      const stratum = `${r.levels["benchmark"]} ${r.levels["model"]}`;
      return { stratum, cluster: r.cluster, n1: a.n, total1: a.k, n2: b.n, total2: b.k };
    }),
  ).within;
  const apart = pairedTruth(cells, (c) => expectedRate(c, world, true));
  return [
    { interval: "rate, Wilson", about: THESE_RUNS, ...plain, truth: these("h3") },
    { interval: "rate, Wilson", about: NEW_RUNS, ...plain, truth: truth("h3", true) },
    { interval: "rate, clustered by run within cells", about: NEW_RUNS, ...within, truth: truth("h3", true) },
    { interval: "rate, clustered by run", about: NEW_RUNS, ...byRun, truth: truth("h3", true) },
    { interval: "rate, clustered by cell", about: NEW_CELLS, ...byCell, truth: truth("h3", false) },
    { interval: "difference, Newcombe", about: THESE_RUNS, ...difference, truth: these("h3") - these("h0") },
    { interval: "difference, Newcombe", about: NEW_RUNS, ...difference, truth: truth("h3", true) - truth("h0", true) },
    { interval: "difference within strata, Mantel-Haenszel", about: NEW_RUNS, ...stratified, truth: apart },
    { interval: "difference within strata, by run", about: NEW_RUNS, ...byRunWithin, truth: apart },
    ...(world.effect === 0 ? [winner(rows)] : []),
  ];
}

/** Mantel and Haenszel's weighted difference of cells that both harnesses have, as many sessions in each. */
function pairedTruth(cells: readonly WorldCell[], rate: (c: WorldCell) => number): number {
  const groups = [...Map.groupBy(cells, (c) => `${c.levels.benchmark} ${c.levels.model}`).values()];
  const both = groups.flatMap((list) => {
    const [a, b] = ["h3", "h0"].map((h) => list.find((c) => c.levels.harness === h));
    return a && b ? [rate(a) - rate(b)] : [];
  });
  return total(both, (d) => d) / both.length;
}

/** A winner "apart from every rival" of four harnesses by Fisher and Holm, where there is none: covers where it names none. */
function winner(rows: Rows): Trial {
  const all = ["h0", "h1", "h2", "h3"].map((h) => {
    const own = rows.filter((r) => r.levels["harness"] === h);
    return { n: total(own, (r) => r.n), k: total(own, (r) => r.k) };
  }).sort((a, b) => b.k / b.n - a.k / a.n);
  const [best, ...rest] = all;
  const p = holm(rest.map((r) => fisherExact({ k1: best!.k, n1: best!.n, k2: r.k, n2: r.n }).pValue));
  const apart = p.every((v) => v < 0.05) ? 1 : 0;
  return {
    interval: "no winner, Fisher and Holm (covers: none named)",
    about: NEW_RUNS,
    estimate: apart,
    lo: apart,
    hi: apart,
    truth: 0,
  };
}

function coefficients(
  cells: readonly WorldCell[],
  rows: Rows,
  byCell: Rows,
  world: CellsWorld,
  random: Random,
): Trial[] {
  const model = fitLinear(rows, SPEC), cellModel = fitLinear(byCell, SPEC);
  const truthOf = (rate: (c: WorldCell) => number) => fitLinear(rowsOfRates(cells, rate), SPEC).coefficients[TERM]!;
  const newRuns = truthOf((c) => expectedRate(c, world, true)),
    newCells = truthOf((c) => expectedRate(c, world, false));
  const term = (kind: Covariance, clusters: "run" | "cell"): Omit<Trial, "interval" | "about" | "truth"> => {
    const fit = clusters === "run" ? model : cellModel;
    const found = linearTerms(fit, kind, { withhold: false }).terms[TERM];
    return found ?? { estimate: fit.coefficients[TERM]!, lo: null, hi: null };
  };
  const wild = wildClusterBootstrap(cellModel, TERM, { random, draws: 199 });
  return [
    { interval: "coefficient, HC1", about: NEW_RUNS, ...term("HC1", "run"), truth: newRuns },
    { interval: "coefficient, HC3", about: NEW_RUNS, ...term("HC3", "run"), truth: newRuns },
    { interval: "coefficient, CR1 by run", about: NEW_RUNS, ...term("CR1", "run"), truth: newRuns },
    { interval: "coefficient, CR2 by run", about: NEW_RUNS, ...term("CR2", "run"), truth: newRuns },
    { interval: "coefficient, CR3 by run", about: NEW_RUNS, ...term("CR3", "run"), truth: newRuns },
    { interval: "coefficient, HC1", about: NEW_CELLS, ...term("HC1", "run"), truth: newCells },
    { interval: "coefficient, CR1 by cell", about: NEW_CELLS, ...term("CR1", "cell"), truth: newCells },
    { interval: "coefficient, CR2 by cell", about: NEW_CELLS, ...term("CR2", "cell"), truth: newCells },
    { interval: "coefficient, CR3 by cell", about: NEW_CELLS, ...term("CR3", "cell"), truth: newCells },
    {
      interval: "coefficient, wild bootstrap by cell",
      about: NEW_CELLS,
      estimate: wild.estimate,
      lo: wild.lo,
      hi: wild.hi,
      truth: newCells,
    },
  ];
}

function shares(cells: readonly WorldCell[], rows: Rows, byCell: Rows, world: CellsWorld): Trial[] {
  const truthOf = (rate: (c: WorldCell) => number) =>
    sharesOfR2(rowsOfRates(cells, rate), FACTORS).incremental["harness"]!;
  const found = (list: Rows) => {
    const share = shareIntervals(list, FACTORS)?.incremental["harness"];
    return share ? { estimate: share.corrected, lo: share.lo, hi: share.hi } : { estimate: null, lo: null, hi: null };
  };
  const newRuns = truthOf((c) => expectedRate(c, world, true)),
    newCells = truthOf((c) => expectedRate(c, world, false));
  return [
    { interval: "share of R2, by run", about: NEW_RUNS, ...found(rows), truth: newRuns },
    { interval: "share of R2, by cell", about: NEW_CELLS, ...found(byCell), truth: newCells },
  ];
}

/** Mean of a ratio of sums (cost per success), resampling sessions or runs. */
export const costWorlds: World[] = [0, 0.5, 1].map((runSd) => ({
  name: runSd === 0 ? "independent sessions" : `run sd ${runSd}`,
  share: 0.25,
  sample: (random: Random): Trial[] => {
    const world = { runSd, interactionSd: 0, effect: 0.8 };
    const cells = drawCells(world, random).filter((c) => c.levels.harness === "h2");
    const sessions = drawRuns(cells, world, random).flatMap((run) =>
      Array.from(
        { length: run.n },
        (_, i) => ({ run: run.cluster, solved: i < run.k, usd: -Math.log(1 - random()) * 2 }),
      )
    );
    type Sessions = readonly { run: string; solved: boolean; usd: number }[];
    const ratio = (list: Sessions) => total(list, (s) => s.usd) / list.filter((s) => s.solved).length;
    const truth = 2 / (total(cells, (c) => expectedRate(c, world, true)) / cells.length);
    const options = { random, draws: 300 };
    const [bySession, byRun] = [
      bootstrap(sessions, ratio, options),
      bootstrap(sessions, ratio, { ...options, clusterOf: (s) => s.run }),
    ];
    return [
      { interval: "cost per success, bootstrap of sessions", about: NEW_RUNS, ...ends(bySession), truth },
      { interval: "cost per success, bootstrap of runs", about: NEW_RUNS, ...ends(byRun), truth },
    ];
  },
}));

function ends({ estimate, lo, hi }: { estimate: number; lo: number; hi: number }) {
  return { estimate, lo, hi };
}

function total<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((sum, item) => sum + of(item), 0);
}
