/** Multilevel logits: levels drawn anew in every sample, with known standard deviations. @module */
import {
  componentIntervals,
  type CountRow,
  drawBinomial,
  drawSummary,
  fitMultilevel,
  posteriorDraws,
  type Random,
  rateDraws,
} from "../../lib/stats/mod.ts";
import { standardNormal } from "../../lib/stats/resampling/normal_draws.ts";
import { logistic } from "./cells_world.ts";
import type { Trial, World } from "./trial.ts";

/** Runs of a cell, sessions of a run. */
const RUNS = 3, SESSIONS = 12;
const SPREADS = { benchmark: 0.8, harness: 0.4, cell: 0.5 };

/** One world a spread of runs. */
export const multilevelWorlds: World[] = [0, 0.5, 1].map((runSd) => ({
  name: `8 benchmarks, 5 harnesses, cell sd 0.5, run sd ${runSd}`,
  share: 0.15,
  sample: (random: Random): Trial[] => {
    const draw = (count: number, sd: number) => Array.from({ length: count }, () => sd * standardNormal(random));
    const [benchmarks, harnesses] = [draw(8, SPREADS.benchmark), draw(5, SPREADS.harness)];
    const cells = benchmarks.flatMap((b, i) =>
      harnesses.map((h, j) => ({
        benchmark: `b${i}`,
        harness: `h${j}`,
        eta: 0.3 + b + h + SPREADS.cell * standardNormal(random),
      }))
    );
    const rows = cells.flatMap(({ benchmark, harness, eta }, c): CountRow[] =>
      Array.from({ length: RUNS }, (_, r) => ({
        levels: { benchmark, harness, cell: `c${c}`, run: `r${c} ${r}` },
        cluster: "",
        n: SESSIONS,
        k: drawBinomial(random, SESSIONS, logistic(eta + runSd * standardNormal(random))),
      }))
    );
    const model = fitMultilevel(rows, { random: ["benchmark", "harness", "cell", "run"] });
    const components = componentIntervals(model);
    const posterior = posteriorDraws(model, { random, draws: 800, deviationDraws: 150 });
    const first = cells[0]!;
    const place = { benchmark: first.benchmark, harness: first.harness, cell: "c0", run: null };
    const [typical] = rateDraws(posterior, [place], random, { typical: ["run"] });
    const [next] = rateDraws(posterior, [place], random);
    const [unseen] = rateDraws(posterior, [{ benchmark: null, harness: "h0", cell: null, run: null }], random);
    const rate = (draws: Float64Array | undefined) => drawSummary(draws!);
    const newBenchmark = 0.3 + SPREADS.benchmark * standardNormal(random) + harnesses[0]! +
      SPREADS.cell * standardNormal(random);
    return [
      { interval: "sd of runs, profile", about: "new runs", ...components["run"]!, truth: runSd },
      { interval: "sd of cells, profile", about: "new cells", ...components["cell"]!, truth: SPREADS.cell },
      {
        interval: "sd of harnesses, profile",
        about: "new harnesses",
        ...components["harness"]!,
        truth: SPREADS.harness,
      },
      {
        interval: "a cell's rate, pooled partially",
        about: "a typical run of it",
        ...rate(typical),
        truth: logistic(first.eta),
      },
      {
        interval: "the next run's rate, predicted",
        about: "one new run",
        ...rate(next),
        truth: logistic(first.eta + runSd * standardNormal(random)),
      },
      {
        interval: "a harness on a new benchmark, predicted",
        about: "one new benchmark",
        ...rate(unseen),
        truth: logistic(newBenchmark + runSd * standardNormal(random)),
      },
    ];
  },
}));
