import { checkNamedCounts } from "../counts.ts";
import { itemErrors } from "./item_errors.ts";
import { type Answers, fitItems } from "./item_fit.ts";
import { Z95 } from "../types.ts";

/** Tries of one task by one agent. */
export interface Response {
  /** Who tried: an agent, a config, a run. */
  agent: string;
  /** What was tried. */
  task: string;
  /** Tries. */
  n: number;
  /** Tries that solved it. */
  k: number;
}

/** How to fit. */
export interface ItemResponseOptions {
  /** `rasch`: one discrimination for all tasks; `2pl`: one each. */
  model: "rasch" | "2pl";
  /**
   * A normal prior on each discrimination of a `2pl`: with a dozen agents most tasks would otherwise have an infinite one.
   * Mean 1 and standard deviation 1 by default; null for plain marginal maximum likelihood.
   */
  prior?: { mean: number; sd: number } | null;
}

/** A task as an instrument. */
export interface Item {
  /** The task. */
  task: string;
  /** Tries by all agents. */
  n: number;
  /** Of them solved. */
  k: number;
  /** The ability at which it is solved half of the time, in standard deviations of the agents; null where it is not finite. */
  difficulty: number | null;
  /** Standard error of the difficulty. */
  difficultyStdError: number | null;
  /** Log odds that one standard deviation of ability is worth; null for a task that measures nothing. */
  discrimination: number | null;
  /** Its standard error. */
  discriminationStdError: number | null;
  /** What the task tells of agents. */
  measures: "ability" | "perhaps" | "the reverse" | "nothing: always solved" | "nothing: never solved";
  /** Fisher information on ability of one try, averaged over agents; 0 where it measures nothing. */
  information: number;
}

/** Item response theory on tasks tried by many. */
export interface ItemResponse {
  /** The model fitted. */
  model: "rasch" | "2pl";
  /** In the order of first occurrence. */
  items: Item[];
  /** Ability of each agent in standard deviations of the agents, with its posterior standard deviation. */
  abilities: { agent: string; ability: number; stdError: number }[];
  /** Marginal log likelihood (of tasks that are neither always nor never solved), binomial coefficients left out. */
  logLikelihood: number;
  /** False where the search ended early: then do not use the numbers. */
  converged: boolean;
}

/**
 * A Rasch or two-parameter logistic model of agents and tasks: log odds of solving = discrimination (ability - difficulty),
 * abilities standard normal and integrated out by adaptive quadrature, tasks by maximum likelihood. Tells apart tasks that
 * are hard, tasks that tell agents apart, and tasks that measure nothing: always or never solved, or solved more often by
 * weaker agents.
 *
 * A task `measures` "ability" where the 95% interval of its discrimination lies above 0, "the reverse" where it lies below,
 * "perhaps" where it holds 0. Under `rasch` all tasks share one discrimination, so each measures what they measure
 * together.
 *
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { itemResponse } from "agent-trace-lab/stats";
 * const responses = [[5, 5, 4, 4], [5, 4, 3, 1], [5, 3, 1, 0], [5, 2, 1, 0], [5, 1, 0, 0]].flatMap((solved, agent) =>
 *   solved.map((k, task) => ({ agent: `a${agent}`, task: `t${task}`, n: 5, k }))
 * );
 * const { items } = itemResponse(responses, { model: "2pl" });
 * equal(items[0]!.measures, "nothing: always solved");
 * ok(items[3]!.difficulty! > items[1]!.difficulty!);
 * ```
 *
 * @throws {RangeError} when counts are not right, an agent and task are there twice, fewer than two agents have tries, or
 *   every task is always or never solved
 * @see Bock and Aitkin (1981), Psychometrika 46, 443-459; Mislevy (1986), Psychometrika 51, 177-195 (priors)
 */
export function itemResponse(responses: readonly Response[], options: ItemResponseOptions): ItemResponse {
  const answers = answersOf(responses);
  const prior = options.model === "2pl" ? options.prior === undefined ? { mean: 1, sd: 1 } : options.prior : null;
  const fit = fitItems(answers, { equalSlopes: options.model === "rasch", prior });
  const errors = itemErrors(answers, fit, { equalSlopes: options.model === "rasch", prior });
  const informative = new Map(answers.items.map((item, i) => [item.task, i]));
  return {
    model: options.model,
    items: answers.all.map(({ task, n, k }): Item => {
      const i = informative.get(task);
      if (i === undefined) {
        const measures = k === 0 ? "nothing: never solved" : "nothing: always solved";
        const none = { difficulty: null, difficultyStdError: null, discrimination: null, discriminationStdError: null };
        return { task, n, k, ...none, measures, information: 0 };
      }
      const [slope, error] = [fit.slopes[i]!, errors[i]!];
      const reach = Z95 * error.slope;
      return {
        task,
        n,
        k,
        difficulty: -fit.intercepts[i]! / slope,
        difficultyStdError: error.difficulty,
        discrimination: slope,
        discriminationStdError: error.slope,
        measures: slope - reach > 0 ? "ability" : slope + reach < 0 ? "the reverse" : "perhaps",
        information: fit.information[i]!,
      };
    }),
    abilities: answers.agents.map((agent, j) => ({ agent, ability: fit.ability[j]!, stdError: fit.abilitySd[j]! })),
    logLikelihood: fit.logLikelihood,
    converged: fit.converged,
  };
}

function answersOf(responses: readonly Response[]): Answers & { all: { task: string; n: number; k: number }[] } {
  const agents = new Map<string, number>(), totals = new Map<string, { task: string; n: number; k: number }>();
  const seen = new Set<string>();
  responses.forEach(({ agent, task, n, k }, i) => {
    checkNamedCounts({ n, k }, `itemResponse, response ${i}`);
    if (k > n) throw new RangeError(`itemResponse, response ${i}: expected k from 0 to n = ${n}, found ${k}`);
    const key = `${agent.length}:${agent}${task}`;
    if (seen.has(key)) {
      throw new RangeError(`itemResponse: "${task}" by "${agent}" is there twice (response ${i}); add its tries up`);
    }
    seen.add(key);
    if (n === 0) return;
    if (!agents.has(agent)) agents.set(agent, agents.size);
    const total = totals.get(task) ?? { task, n: 0, k: 0 };
    totals.set(task, { task, n: total.n + n, k: total.k + k });
  });
  if (agents.size < 2) {
    throw new RangeError(`itemResponse: expected tries of at least two agents, found ${agents.size}`);
  }
  const items = [...totals.values()].filter(({ n, k }) => k > 0 && k < n);
  if (items.length === 0) {
    throw new RangeError("itemResponse: every task is always or never solved, so none tells agents apart");
  }
  const at = new Map(items.map(({ task }, i) => [task, i]));
  const cells = responses.flatMap(({ agent, task, n, k }) =>
    n > 0 && at.has(task) ? [{ agent: agents.get(agent)!, item: at.get(task)!, n, k }] : []
  );
  return { agents: [...agents.keys()], items, cells, all: [...totals.values()] };
}
