import type { Dataset } from "../../model/mod.ts";

export interface JudgeCounts {
  confidence: Record<string, number>;
  judge_model: Record<string, number>;
}

/** What the judge said of itself, and who judged: sessions by confidence and by judge model, `unscored` where null. */
export function judgeCounts(dataset: Dataset): JudgeCounts {
  const stated = dataset.facts.judgeCounts;
  const rows = stated ?? dataset.sessions.map((s) => ({
    confidence: s.judgeConfidence ?? "unscored",
    judgeModel: s.judgeModel ?? "unscored",
    n: 1,
  }));
  return {
    confidence: total(rows.map((r) => [r.confidence, r.n])),
    judge_model: total(rows.map((r) => [r.judgeModel, r.n])),
  };
}

function total(pairs: [string, number][]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, n] of pairs) sums.set(name, (sums.get(name) ?? 0) + n);
  return Object.fromEntries([...sums].sort(([a], [b]) => a < b ? -1 : 1));
}
