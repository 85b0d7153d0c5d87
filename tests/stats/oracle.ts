/**
 * Values of scipy and statsmodels, made by `/usr/bin/python3 tests/stats/oracle.py > tests/stats/oracle.json`.
 *
 * @module
 */
import type { CountRow, Covariance, ModelSpec } from "../../lib/stats/mod.ts";
import json from "./oracle.json" with { type: "json" };

type Terms = Record<string, Record<"estimate" | "stdError" | "statistic" | "pValue" | "lo" | "hi", number>>;

/** A data set with what statsmodels makes of it. */
export interface OracleData {
  rows: CountRow[];
  factors: string[];
  references: Record<string, string>;
  interactions: [string, string][];
  linear?: {
    n: number;
    df: number;
    rSquared: number;
    adjRSquared: number;
    kinds: Partial<Record<Covariance, Terms>>;
    CR3?: Record<string, { stdError: number; df: number }>;
    jackknife?: Record<string, number>;
  };
  logit?: { logLikelihood: number; nullLogLikelihood: number; terms: Terms };
  rest?: { logLikelihood: number; terms: Terms };
  shares?: { full: number; incremental: Record<string, number>; lmg: Record<string, number> };
  eta?: Record<string, number>;
  wild?: Record<string, number>;
}

export const oracle = json;
export const dataSets = json.data as unknown as Record<keyof typeof json.data, OracleData>;

/** The model that the oracle fitted to a data set. */
export function specOf({ factors, references, interactions }: OracleData): ModelSpec {
  return { factors: factors.map((name) => ({ name, reference: references[name]! })), interactions };
}

/** A count row in one line. */
export function countRow(levels: Record<string, string>, n: number, k: number, cluster = "c"): CountRow {
  return { levels, cluster, n, k };
}
