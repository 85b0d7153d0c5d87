import type { Dataset } from "../../model/mod.ts";
import { needDistribution } from "../counts/need_sessions.ts";
import { total } from "../counts/rows.ts";

/** Sessions by what the judge said of itself and by who judged. */
export interface JudgeCounts {
  /** As the judge stated it. */
  confidence: Record<string, number>;
  /** Sessions by judge model; `unscored` where none is named. */
  judge_model: Record<string, number>;
}

/** What the judge said of itself, and who judged: sessions by confidence and by judge model, `unscored` where null. */
export function judgeCounts(dataset: Dataset): JudgeCounts {
  const rows = needDistribution(dataset, "judge");
  return {
    confidence: total(rows.map((r) => ({ name: r.confidence ?? "unscored", n: r.n }))),
    judge_model: total(rows.map((r) => ({ name: r.judgeModel ?? "unscored", n: r.n }))),
  };
}
