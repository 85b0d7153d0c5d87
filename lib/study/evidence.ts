import type { Cell, Dataset, OfficialRate } from "../model/mod.ts";
import { configName } from "../model/mod.ts";
import { seededRandom } from "../stats/mod.ts";
import { paretoFrontier } from "../analysis/cost/frontier.ts";
import { rankChange } from "../analysis/cost/rank_change.ts";
import type { Prices } from "../analysis/cost/prices.ts";
import { cellsOf } from "../analysis/counts/cells.ts";
import { withinConfig, type WithinConfigRow } from "../analysis/failure/within_config.ts";
import { type WinnerRow, winners } from "../analysis/success/winners.ts";
import { type CoefficientRow, coefficients, type CoefficientTurn } from "../analysis/truth/coefficients.ts";
import { comparableSuites, stepsRatio, type SuiteComparability } from "../analysis/truth/comparable.ts";
import { judgedCounts, sharedCells, sharedCounts } from "../analysis/truth/official.ts";
import { type ShareOrder, shareOrder } from "../analysis/truth/share_order.ts";
import { type ExplainedRow, whatExplains } from "../analysis/truth/what_explains.ts";
import { CUSTOMER_MODEL, customerEvidence } from "./customer_calls.ts";
import { REFERENCE } from "./reference.ts";
import { type QuotedSession, storedFacts } from "./sources/facts.ts";

/** A cell that was judged and graded, with both counts. */
export interface GradedCell {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** Harness and model family together. */
  config: string;
  /** Officially graded sessions. */
  n: number;
  /** Graded solved. */
  k: number;
  /** Judged sessions. */
  judged_n: number;
  /** Judged solved. */
  judged_k: number;
  /** Mean calls of a judged session over mean steps of a graded one; null where none was taken. */
  steps_ratio: number | null;
}

/** What the grades say of the shared cells, like for like. */
export interface GradedEvidence {
  /** Which suites hold the same amount of work on both sides. */
  suites: SuiteComparability[];
  /** Cells that have both. */
  cells: GradedCell[];
  /** The harnesses' coefficients by whose verdicts. */
  coefficients: CoefficientRow[];
  /** How far they differ on the shared cells. */
  turns: CoefficientTurn[];
  /** Shares of harness and model by whose verdicts. */
  shares: ExplainedRow[];
  /** Whether the harness adds more than the model. */
  order: Record<"judged_all" | "judged_shared" | "official_shared" | "official_comparable", ShareOrder | null>;
}

/** What claims are asked of beside the rows that every source has. */
export interface ClaimEvidence {
  /** What the grades say. */
  graded: GradedEvidence;
  /** Models whose sessions are very likely not an agent's. */
  not_agents: { model: string; sessions: number; sentence: string }[];
  /** The best config of each suite, among agents. */
  agents_winners: WinnerRow[];
  /** Configs of agents that no cheaper one beats, cheapest first. */
  agents_frontier: string[];
  /** Failed over successful sessions within config, of all and of agents. */
  within_config: (WithinConfigRow & { whose: "all" | "agents" })[];
  /** Cost per task against cost per success as orders of configs. */
  cost_rank: { tau: number | null; configs: number };
  /** The longest session of a suite, and the longest failed one of a harness, in tokens. */
  longest: { by_benchmark: Longest[]; failed_by_harness: Longest[] };
  /** The one session that the text shows. */
  quoted_session: QuotedSession;
}

/** The most tokens that a session took. */
export interface Longest {
  /** Suite or harness. */
  name: string;
  /** Tokens. */
  tokens: number;
}

/** Works out {@link ClaimEvidence}. */
export function claimEvidence(dataset: Dataset, rates: readonly OfficialRate[], prices: Prices): ClaimEvidence {
  const cells = cellsOf(dataset), agents = cells.filter((c) => c.model !== CUSTOMER_MODEL);
  const found = customerEvidence(cells, CUSTOMER_MODEL, rates);
  const { rows, tau } = rankChange(cells, prices);
  return {
    graded: gradedEvidence(cells, rates),
    not_agents: found?.likelihood === "very likely"
      ? [{ model: found.model, sessions: found.sessions, sentence: found.sentence }]
      : [],
    agents_winners: winners(agents),
    agents_frontier: paretoFrontier(agents, prices),
    within_config: [
      ...withinConfig(cells).map((row) => ({ ...row, whose: "all" as const })),
      ...withinConfig(agents).map((row) => ({ ...row, whose: "agents" as const })),
    ],
    cost_rank: { tau, configs: rows.length },
    longest: longestOf(dataset),
    quoted_session: storedFacts().quotedSession,
  };
}

function gradedEvidence(cells: readonly Cell[], rates: readonly OfficialRate[]): GradedEvidence {
  const shared = sharedCells(cells, rates), suites = comparableSuites(cells, rates);
  const like = new Set(suites.filter((s) => s.comparable).map((s) => s.benchmark));
  const found = coefficients(cells, rates, { reference: REFERENCE });
  const order = (rows: Parameters<typeof shareOrder>[0]) =>
    shareOrder(rows, ["harness", "model"], { random: seededRandom(1) });
  return {
    suites,
    cells: shared.map((c): GradedCell => ({
      benchmark: c.benchmark,
      harness: c.harness,
      model: c.model,
      config: configName(c.harness, c.model),
      n: c.officialN,
      k: c.officialK,
      judged_n: c.judgedN,
      judged_k: c.judgedK,
      steps_ratio: stepsRatio(c),
    })),
    coefficients: found?.rows ?? [],
    turns: found?.turns ?? [],
    shares: whatExplains(cells, rates),
    order: {
      judged_all: order(judgedCounts(cells)),
      judged_shared: order(sharedCounts(shared, "judged")),
      official_shared: order(sharedCounts(shared, "official")),
      official_comparable: order(sharedCounts(shared.filter((c) => like.has(c.benchmark)), "official")),
    },
  };
}

/** Of the sessions at hand; the replica keeps each group's most tokens. */
function longestOf({ distributions: { mostTokens, mostFailedTokens } }: Dataset): ClaimEvidence["longest"] {
  const most = (rows: readonly { name: string; tokens: number }[]): Longest[] =>
    [...Map.groupBy(rows, ({ name }) => name)].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([name, of]) => ({ name, tokens: Math.max(...of.map(({ tokens }) => tokens)) }));
  return {
    by_benchmark: most((mostTokens ?? []).map(({ benchmark, tokens }) => ({ name: benchmark, tokens }))),
    failed_by_harness: most((mostFailedTokens ?? []).map(({ harness, tokens }) => ({ name: harness, tokens }))),
  };
}
