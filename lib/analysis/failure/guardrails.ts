import type { Session } from "../../model/mod.ts";
import { crossValidatedRule, type Random, youdenJ } from "../../stats/mod.ts";
import { resampledRules } from "./guardrail_bootstrap.ts";
import { groupBy } from "../counts/tally.ts";
import { type FamilyOf, oneFamily } from "./family.ts";
import type { ResampleOptions } from "./thrash.ts";

/** What stopping sessions at a threshold does: shares of failures caught and of successes stopped. */
export interface GuardrailPoint {
  /** Tokens. */
  threshold: number;
  /** Share of failures that the rule catches. */
  failures_caught: number;
  /** Share of successes that it stops. */
  successes_stopped: number;
}

/** The threshold with the largest Youden's J (caught - stopped), and what it is worth where it was not chosen. */
export interface GuardrailBest extends GuardrailPoint {
  /** Which kind it is. */
  kind: "cap" | "floor";
  /** Caught less stopped, of the sessions that it was chosen on: flattered by the choice. */
  youden_j: number;
  /** The same of runs that it was not chosen on (each left out in turn); null where they cannot be told apart. */
  validated_j: number | null;
  /** Lower end of its 95% interval, for new runs. */
  j_lo: number | null;
  /** Upper end. */
  j_hi: number | null;
  /** What choosing and trying on the same sessions adds: `youden_j` less `validated_j`. */
  optimism: number | null;
  /** Lower end of the threshold's 95% interval. */
  threshold_lo: number;
  /** Upper end of the threshold's 95% interval. */
  threshold_hi: number;
}

/** A token cap (stop above) and a floor (flag what ends below) for one task family. */
export interface Guardrail {
  /** The kind of task. */
  family: string;
  /** Benchmarks of the family. */
  benchmarks: string[];
  /** Failed sessions. */
  n_failed: number;
  /** Successful sessions. */
  n_successful: number;
  /** What a cap does as its threshold moves. */
  cap: GuardrailPoint[];
  /** What a floor does as its threshold moves. */
  floor: GuardrailPoint[];
  /** The best cap; null without failures or successes. */
  best_cap: GuardrailBest | null;
  /** The best floor; null as above. */
  best_floor: GuardrailBest | null;
  /** The same single cap for every family; null where none was asked about, or a side is empty. */
  single_cap: GuardrailPoint | null;
}

/** Points of a curve; more cannot be told apart in a figure. */
const MAX_POINTS = 200;

/** Settings of {@link guardrails}. */
export interface GuardrailOptions extends ResampleOptions {
  /** A rule to hold the families' own against: stop every session at this many tokens, whatever the task. */
  singleCap?: number | null;
  /** What a benchmark is grouped by; all are one family unless given. */
  familyOf?: FamilyOf;
}

/**
 * What a token cap (stops sessions that reach it) or a floor (flags sessions that end at or below it) would catch, per
 * task family: shares of failures caught and of successes stopped as the threshold moves, the threshold with the
 * largest Youden's J with what it is worth on runs that it was not chosen on, and one cap for all families where one is given. A
 * family without failures or without successes has curves of what it has, and no best threshold. Sessions whose tokens are
 * not known are left out.
 */
export function guardrails(sessions: readonly Session[], options: GuardrailOptions): Guardrail[] {
  const { random, draws = 1000, singleCap, familyOf = oneFamily } = options;
  const scored = sessions.filter((s) => s.success !== null && s.totalTokens !== null);
  return [...groupBy(scored, (s) => familyOf(s.benchmark))].sort(([a], [b]) => a < b ? -1 : 1).map(([family, of]) => {
    const failed = of.filter((s) => s.success === 0).flatMap((s) => s.totalTokens ?? []).sort((a, b) => a - b);
    const solved = of.filter((s) => s.success === 1).flatMap((s) => s.totalTokens ?? []).sort((a, b) => a - b);
    const curve = (kind: "cap" | "floor") =>
      thresholds([...failed, ...solved]).map((t) => pointAt(failed, solved, t, kind));
    const best = (kind: "cap" | "floor"): GuardrailBest | null =>
      failed.length === 0 || solved.length === 0 ? null : bestOf(of, failed, solved, kind, { random, draws });
    return {
      family,
      benchmarks: [...new Set(of.map((s) => s.benchmark))].sort(),
      n_failed: failed.length,
      n_successful: solved.length,
      cap: curve("cap"),
      floor: curve("floor"),
      best_cap: best("cap"),
      best_floor: best("floor"),
      single_cap: singleCap !== undefined && singleCap !== null && failed.length && solved.length
        ? pointAt(failed, solved, singleCap, "cap")
        : null,
    };
  });
}

function bestOf(
  of: readonly Session[],
  failed: number[],
  solved: number[],
  kind: "cap" | "floor",
  { random, draws }: { random: Random; draws: number },
): GuardrailBest {
  const direction = kind === "cap" ? "above" : "below";
  const rule = youdenJ(failed, solved, direction);
  const { threshold_lo, threshold_hi } = resampledRules(failed, solved, kind, { random, draws });
  const items = of.map((s) => ({ value: s.totalTokens ?? NaN, positive: s.success === 0, cluster: s.run }));
  const { j, lo, hi, optimism } = crossValidatedRule(items, direction, { random });
  return {
    kind,
    ...pointAt(failed, solved, rule.threshold, kind),
    youden_j: rule.j,
    validated_j: j,
    j_lo: lo,
    j_hi: hi,
    optimism,
    threshold_lo,
    threshold_hi,
  };
}

/** Shares at or beyond the threshold; 0 of a side that is empty. */
function pointAt(
  failed: readonly number[],
  solved: readonly number[],
  threshold: number,
  kind: "cap" | "floor",
): GuardrailPoint {
  const share = (sorted: readonly number[]) => {
    if (sorted.length === 0) return 0;
    const below = countBelow(sorted, threshold, kind === "floor");
    return (kind === "cap" ? sorted.length - below : below) / sorted.length;
  };
  return { threshold, failures_caught: share(failed), successes_stopped: share(solved) };
}

/** How many of the sorted values lie below the threshold, or at it too when `inclusive`. */
function countBelow(sorted: readonly number[], threshold: number, inclusive: boolean): number {
  let [lo, hi] = [0, sorted.length];
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    const value = sorted[mid]!;
    if (value < threshold || (inclusive && value === threshold)) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

function thresholds(values: number[]): number[] {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  if (distinct.length <= MAX_POINTS) return distinct;
  const step = (distinct.length - 1) / (MAX_POINTS - 1);
  return Array.from({ length: MAX_POINTS }, (_, i) => distinct[Math.round(i * step)]!);
}
