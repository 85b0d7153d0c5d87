import type { Cell, FailureThresholds, JudgeCount, ShortlistingCount, TermCount } from "../../model/mod.ts";
import judged from "../../../data/judged.json" with { type: "json" };
import judgeCsv from "../../../data/judge.csv" with { type: "text" };
import termsCsv from "../../../data/terms.csv" with { type: "text" };
import { storedDuplicates } from "./duplicates.ts";
import { numberField, parseCsv, textField } from "../../io/csv.ts";

/**
 * Facts of the judged table that sessions rebuilt from counts cannot carry, from `data/judged.json`, `judge.csv` and
 * `terms.csv`: the thresholds of the failure modes (tokens, calls), judge model by confidence, words of the failure
 * reasons, the reasons about the tool list, and the sessions recorded twice.
 */
export interface StoredFacts {
  thresholds: FailureThresholds;
  judgeCounts: JudgeCount[];
  termCounts: TermCount[];
  shortlisting: ShortlistingCount;
  duplicates: Cell[];
}

/**
 * Reads {@link StoredFacts}.
 *
 * @throws {RowError} when a committed file was changed into something unreadable
 */
export function storedFacts(): StoredFacts {
  const judge = "data/judge.csv";
  const terms = "data/terms.csv";
  return {
    thresholds: { tokensP90: judged.tokens_p90, callsP90: judged.calls_p90 },
    judgeCounts: parseCsv(judgeCsv, judge).map((row, i) => ({
      benchmark: textField(row, "benchmark", judge, i),
      judgeModel: textField(row, "judge_model", judge, i),
      confidence: textField(row, "confidence", judge, i),
      n: numberField(row, "n", judge, i),
      successes: numberField(row, "successes", judge, i),
    })),
    termCounts: parseCsv(termsCsv, terms).map((row, i) => ({
      benchmark: textField(row, "benchmark", terms, i),
      harness: textField(row, "harness", terms, i),
      failures: numberField(row, "failures", terms, i),
      term: textField(row, "term", terms, i),
      reasons: numberField(row, "reasons_with_term", terms, i),
    })),
    shortlisting: {
      sessions: judged.shortlisting.sessions,
      reasonsAboutToolList: judged.shortlisting.reasons_about_the_tool_list,
      ofTheseJudgedSuccessful: judged.shortlisting.of_these_judged_successful,
      elsewhere: judged.shortlisting.elsewhere,
    },
    duplicates: storedDuplicates(),
  };
}
