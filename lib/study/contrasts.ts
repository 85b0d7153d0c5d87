import type { Cell } from "../model/mod.ts";
import { meanKnown, tally } from "../analysis/counts/tally.ts";

/** Means of a model on a benchmark, over all its sessions there. */
export interface ModelUseRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The model family. */
  model: string;
  /** Mean tokens; null where none are known. */
  tokens: number | null;
  /** Mean seconds; null where none are known. */
  duration_s: number | null;
}

/** Success of a model on the two suites, and the first less the second. */
export interface ContaminationRow {
  /** The model family. */
  model: string;
  /** On SWE-bench. */
  swebench: number;
  /** On BrowseComp+. */
  browsecompplus: number;
  /** The first less the second. */
  gap: number;
}

/** Scored sessions a model must have on both suites to be compared. */
export const MIN_CONTAMINATION_N = 8;

/** Mean tokens and seconds per benchmark of Claude Opus 4.5 and Gemini 3 Pro, over all sessions. */
export function claudeVsGemini(cells: readonly Cell[]): ModelUseRow[] {
  const two = cells.filter((c) => c.model === "claude-opus-4-5" || c.model === "gemini-3-pro");
  return tally(two, ["benchmark", "model"]).map((t) => ({
    benchmark: t.benchmark,
    model: t.model,
    tokens: meanKnown(t.tokens, t.tokensKnown),
    duration_s: meanKnown(t.durationS, t.durationKnown),
  }));
}

/** Counts of a model on the two suites. */
export interface SuitePair {
  /** The model family. */
  model: string;
  /** On SWE-bench. */
  swebench: { n: number; k: number };
  /** On BrowseComp+. */
  browsecompplus: { n: number; k: number };
}

/** Within `claude_code`, models with at least {@link MIN_CONTAMINATION_N} scored sessions on both suites. */
export function suitePairs(cells: readonly Cell[]): SuitePair[] {
  const rows = tally(cells.filter((c) => c.harness === "claude_code"), ["model", "benchmark"]);
  const on = (model: string, benchmark: string) =>
    rows.find((t) => t.model === model && t.benchmark === benchmark && t.n >= MIN_CONTAMINATION_N);
  return [...new Set(rows.map((t) => t.model))].flatMap((model) => {
    const swebench = on(model, "swebench");
    const browsecompplus = on(model, "browsecompplus");
    return swebench && browsecompplus ? [{ model, swebench, browsecompplus }] : [];
  });
}

/** Success on SWE-bench, whose repositories are public, minus success on BrowseComp+, per model. */
export function contaminationGap(cells: readonly Cell[]): ContaminationRow[] {
  return suitePairs(cells).map(({ model, swebench: s, browsecompplus: b }) => ({
    model,
    swebench: s.k / s.n,
    browsecompplus: b.k / b.n,
    gap: s.k / s.n - b.k / b.n,
  }));
}
