/** Tasks tried several times by two agents. @module */
import {
  clusteredRate,
  consistency,
  crossValidatedRule,
  drawBinomial,
  mcnemar,
  meanRatio,
  newcombe,
  pairedDifference,
  passRates,
  type Random,
  wilson,
} from "../../lib/stats/mod.ts";
import { gaussHermite } from "../../lib/stats/distributions/gauss_hermite.ts";
import { standardNormal } from "../../lib/stats/resampling/normal_draws.ts";
import { logistic } from "./cells_world.ts";
import type { Trial, World } from "./trial.ts";

const NEW_TASKS = "new tasks";
const QUADRATURE = gaussHermite(40);
/** Spread of tasks in difficulty, and of an agent's own difficulty with them. */
const TASK_SD = 1.5, OWN_SD = 0.5;
const mean = (of: (rate: number) => number, shift: number) =>
  QUADRATURE.reduce(
    (sum, { node, weight }) => sum + weight * of(logistic(shift + Math.hypot(TASK_SD, OWN_SD) * node)),
    0,
  );

/** One world a number of tasks and of tries, and with or without a difference. */
export const taskWorlds: World[] = [[40, 1, 0.5], [40, 4, 0.5], [15, 4, 0.5], [40, 4, 0]].map((
  [tasks, tries, shift],
) => ({
  name: `${tasks} tasks, ${tries} ${tries === 1 ? "try" : "tries"}, ${shift === 0 ? "no difference" : "a difference"}`,
  sample: (random: Random): Trial[] => {
    const trials = Array.from({ length: tasks! }, (_, t) => {
      const ease = 0.3 + TASK_SD * standardNormal(random);
      const side = (own: number) => ({
        n: tries!,
        k: drawBinomial(random, tries!, logistic(ease + own + OWN_SD * standardNormal(random))),
      });
      return { task: `t${t}`, first: side(shift!), second: side(0) };
    });
    const first = trials.map((t) => t.first), second = trials.map((t) => t.second);
    const count = (list: typeof first) => list.reduce((sum, t) => ({ n: sum.n + t.n, k: sum.k + t.k }), { n: 0, k: 0 });
    const [a, b] = [count(first), count(second)];
    const rate = mean((p) => p, 0.3 + shift!), truth = rate - mean((p) => p, 0.3);
    const repeated = tries! > 1 ? consistency(first) : null;
    const variance = mean((p) => p * p, 0.3 + shift!) - rate * rate;
    return [
      { interval: "difference, paired by task", about: NEW_TASKS, ...pairedDifference(trials), truth },
      {
        interval: "difference, Newcombe on sessions",
        about: NEW_TASKS,
        ...newcombe({ k1: a.k, n1: a.n, k2: b.k, n2: b.n }),
        truth,
      },
      { interval: "rate, Wilson on sessions", about: NEW_TASKS, ...wilson(a.k, a.n), truth: rate },
      { interval: "rate, clustered by task", about: NEW_TASKS, ...clusteredRate(first), truth: rate },
      ...(tries === 1
        ? [{ interval: "difference, McNemar (Bonett and Price)", about: NEW_TASKS, ...mcnemarOf(trials), truth }]
        : [
          {
            interval: "pass@2",
            about: NEW_TASKS,
            ...passRates(first, 2).anyOf!,
            truth: mean((p) => 1 - (1 - p) ** 2, 0.3 + shift!),
          },
          {
            interval: "pass^2",
            about: NEW_TASKS,
            ...passRates(first, 2).allOf!,
            truth: mean((p) => p * p, 0.3 + shift!),
          },
          {
            interval: "share between tasks (consistency)",
            about: NEW_TASKS,
            estimate: repeated!.betweenTasks,
            lo: repeated!.lo,
            hi: repeated!.hi,
            truth: variance / (rate * (1 - rate)),
          },
        ]),
    ];
  },
}));

function mcnemarOf(trials: readonly { first: { k: number }; second: { k: number } }[]) {
  const count = (a: number, b: number) => trials.filter((t) => t.first.k === a && t.second.k === b).length;
  return mcnemar({ both: count(1, 1), onlyFirst: count(1, 0), onlySecond: count(0, 1), neither: count(0, 0) });
}

/** Tokens of failed over solved sessions in configs, and thresholds on noise. */
export const otherWorlds: World[] = [
  ...[0, 0.5].map((runSd): World => ({
    name: `12 configs, spread of runs ${runSd} in log tokens`,
    sample: (random) => {
      const rows = Array.from({ length: 12 }, (_, s) => s).flatMap((s) =>
        Array.from({ length: 4 }, (_, r) => {
          const scale = Math.exp(s / 4 + runSd * standardNormal(random) - runSd * runSd / 2);
          const sum = (n: number, factor: number) =>
            Array.from({ length: n }, () => -Math.log(1 - random())).reduce((x, y) => x + y, 0) * scale * factor;
          const [n1, n2] = [3 + (s * 5 + r) % 6, 3 + (s * 3 + r) % 7];
          return { stratum: `s${s}`, cluster: `s${s} r${r}`, n1, total1: sum(n1, 1.5), n2, total2: sum(n2, 1) };
        })
      );
      const { within } = meanRatio(rows);
      return [{ interval: "ratio of means within configs", about: "new runs of these configs", ...within, truth: 1.5 }];
    },
  })),
  {
    name: "a threshold on noise, 20 runs of 10",
    share: 0.5,
    sample: (random) => {
      const items = Array.from(
        { length: 200 },
        (_, i) => ({ value: random(), positive: random() < 0.4, cluster: `r${i % 20}` }),
      );
      const { j, lo, hi } = crossValidatedRule(items, "above", { random });
      return [{
        interval: "guardrail's J, cross-validated over runs",
        about: "new runs",
        estimate: j,
        lo,
        hi,
        truth: 0,
      }];
    },
  },
];
