import type { Cell, Dataset, SourceInfo } from "../../model/mod.ts";
import { type CellCostRow, costByCell, costByConfig, type CostRow, failedCostPremium, unpriced } from "../cost/cost.ts";
import { paretoFrontier } from "../cost/frontier.ts";
import { blendedUsdPerMtok, type Prices } from "../cost/prices.ts";
import { type FitResults, fitResults } from "../explain/fit_results.ts";
import type { FitOptions } from "../explain/reference.ts";
import {
  type CellBox,
  failedTokensByCell,
  failedTokensByHarness,
  type HarnessBox,
  toolErrorsByHarness,
} from "../failure/boxes.ts";
import { failedOverSuccessful, type FailedOverSuccessfulRow } from "../failure/failed_over_successful.ts";
import { type Failures, failures } from "../failure/failures.ts";
import { type JudgeCounts, judgeCounts } from "../judged/judge_counts.ts";
import {
  type HarnessPanelRow,
  harnessPanels,
  harnessTokenSpread,
  reportCard,
  type ReportCardRow,
  type TokenSpreadRow,
} from "../success/harness_panels.ts";
import { type LabelResults, labelResults } from "../truth/label_results.ts";
import { type WinnerRow, winners } from "../success/winners.ts";
import { needDistribution } from "./need_sessions.ts";
import type { Note } from "./note.ts";
import { type TableResults, tableResults } from "./table_results.ts";

/** The keys of `results.json` that need each session: quantiles, failure modes, what the judge said. */
export interface SessionResults {
  /** Failed sessions by how they failed. */
  failures: Failures;
  /** Boxes of tokens of failed sessions. */
  failed_tokens_by_harness: HarnessBox[];
  /** The same by benchmark and harness. */
  failed_tokens_by_cell: CellBox[];
  /** Boxes of tool errors of failed sessions. */
  tool_errors_by_harness: HarnessBox[];
  /** What the judge said of itself, and who judged. */
  judge: JudgeCounts;
}

/** Everything `results.json` holds of success, cost and failure. A fit is null where the data cannot carry it. */
export interface Results extends TableResults, FitResults, SessionResults {
  /** The best config of each benchmark. */
  winners: WinnerRow[];
  /** How far the mean tokens of harnesses lie apart. */
  harness_token_spread: TokenSpreadRow[];
  /** Each model's harnesses on the benchmarks they share. */
  report_card: ReportCardRow[];
  /** Harnesses of a model side by side within each benchmark. */
  harness_panels: HarnessPanelRow[];
  /** Means of failed over means of successful sessions. */
  failed_over_successful: FailedOverSuccessfulRow[];
  /** USD per million tokens of any kind, by model. */
  blended_usd_per_mtok: Record<string, number>;
  /** What each config costs. */
  cost_by_config: CostRow[];
  /** The same within each benchmark. */
  cost_by_cell: CellCostRow[];
  /** How much more a failed session costs than a successful one; null where unknown. */
  failed_cost_premium_pooled: number | null;
  /** Configs that no cheaper one beats, cheapest first. */
  pareto_frontier: string[];
  /** What a reader must know of a key. */
  notes: Note[];
  /** What people's labels move; only of sessions that were loaded with some. */
  labels?: LabelResults;
}

/** The keys that need sessions counted and summed only. */
export type CellResults = Omit<Results, keyof SessionResults | "labels">;

/**
 * Everything `results.json` holds. Whatever the data, it has every key: what cannot be computed is null or empty, and
 * `notes` says why; no number in it is NaN or infinite.
 */
export function resultsOf(dataset: Dataset, prices: Prices, options: FitOptions = {}): Results {
  const { notes, ...counted } = cellResults(dataset.info, dataset.cells, prices, options);
  const labels = labelResults(dataset);
  return {
    ...counted,
    ...sessionResults(dataset),
    notes: [...notes, ...sessionNotes(dataset)],
    ...(labels ? { labels } : {}),
  };
}

/** The keys of `results.json` that are functions of cells, whichever engine counted them. */
export function cellResults(
  info: SourceInfo,
  cells: readonly Cell[],
  prices: Prices,
  options: FitOptions = {},
): CellResults {
  const { fits, notes } = fitResults(cells, options);
  return {
    ...tableResults(info, cells),
    winners: winners(cells),
    harness_token_spread: harnessTokenSpread(cells),
    report_card: reportCard(cells),
    harness_panels: harnessPanels(cells),
    ...fits,
    failed_over_successful: failedOverSuccessful(cells),
    blended_usd_per_mtok: blendedUsdPerMtok(prices, cells.map((c) => c.deployment)),
    cost_by_config: costByConfig(cells, prices),
    cost_by_cell: costByCell(cells, prices),
    failed_cost_premium_pooled: failedCostPremium(cells, prices),
    pareto_frontier: paretoFrontier(cells, prices),
    notes: [...cellNotes(cells, prices), ...notes],
  };
}

/** The keys of `results.json` that need each session, as whatever holds them has worked them out. */
export function sessionResults(dataset: Dataset): SessionResults {
  return {
    failures: failures(dataset),
    failed_tokens_by_harness: failedTokensByHarness(dataset),
    failed_tokens_by_cell: failedTokensByCell(dataset),
    tool_errors_by_harness: toolErrorsByHarness(dataset),
    judge: judgeCounts(dataset),
  };
}

function cellNotes(cells: readonly Cell[], prices: Prices): Note[] {
  const count = (wanted: readonly Cell[]) => wanted.reduce((a, c) => a + c.sessions, 0);
  const unscored = count(cells.filter((c) => c.verdict === null));
  const notes: Note[] = unscored === 0 ? [] : [{
    key: "totals",
    note: `${unscored} of ${count(cells)} sessions have no verdict: they are in no rate, and are not failures`,
  }];
  const [sessions, known] = [count(cells), cells.reduce((a, c) => a + c.tokensKnown, 0)];
  if (known < sessions) {
    notes.push({
      key: "totals",
      note:
        `tokens of ${sessions - known} of ${sessions} sessions are not known: they are in no sum or mean of tokens, ` +
        "no cost, threshold or box",
    });
  }
  const timed = cells.reduce((a, c) => a + c.durationKnown, 0);
  if (timed < sessions) {
    notes.push({ key: "cells", note: `the duration of ${sessions - timed} of ${sessions} sessions is not known` });
  }
  return [
    ...notes,
    ...unpriced(cells, prices).map(({ model, sessions, why }) => ({
      key: "cost_by_config",
      note: `${model}: ${sessions} ${
        sessions === 1 ? "session has" : "sessions have"
      } no price, ${why}; their cost is unknown, not 0`,
    })),
  ];
}

function sessionNotes(dataset: Dataset): Note[] {
  const { sessions } = dataset.info;
  const failed = needDistribution(dataset, "failureModes").reduce((sum, r) => sum + r.n, 0);
  const unread = needDistribution(dataset, "toolErrorsUnknown").reduce((sum, r) => sum + r.n, 0);
  const stated = needDistribution(dataset, "judge").reduce((sum, r) => sum + r.n, 0);
  const notes: Note[] = unread === 0 ? [] : [{
    key: "failures",
    note: `tool errors of ${unread} of ${failed} failed sessions are not known: none of these counts as ` +
      `"tool-call errors" or "silent wrong answer"`,
  }];
  return stated === sessions ? notes : [...notes, {
    key: "judge",
    note: `counts of ${stated} sessions as the source states them; ${sessions} sessions are here`,
  }];
}
