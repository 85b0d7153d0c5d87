import type { Cell } from "../../model/mod.ts";

/** Cells of agents, and what was left out because it is none. */
export interface Agents {
  /** Cells of the models that are agents. */
  cells: Cell[];
  /** Sessions of each model that was left out. */
  left_out: { model: string; sessions: number }[];
}

/**
 * Cells without models whose sessions are not an agent's, such as those of a model that only plays the customer: what is best,
 * or on a frontier, is asked of agents alone. Models without a session are not named.
 *
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { agentsAmong } from "agent-trace-lab/analysis";
 * import { type Cell, NOT_KNOWN } from "agent-trace-lab/model";
 * const cell = (model: string): Cell =>
 *   ({ ...NOT_KNOWN, benchmark: "b", harness: "h", deployment: model, model, run: "r", verdict: 1, sessions: 5, calls: 9 });
 * const { cells, left_out } = agentsAmong([cell("agent"), cell("customer")], ["customer", "nobody"]);
 * deepEqual([cells.length, left_out], [1, [{ model: "customer", sessions: 5 }]]);
 * ```
 */
export function agentsAmong(cells: readonly Cell[], notAgents: readonly string[]): Agents {
  const left_out = notAgents.map((model) => ({
    model,
    sessions: cells.filter((c) => c.model === model).reduce((sum, c) => sum + c.sessions, 0),
  })).filter(({ sessions }) => sessions > 0);
  return { cells: cells.filter((c) => !notAgents.includes(c.model)), left_out };
}
