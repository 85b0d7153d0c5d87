import type { Cell, CountedJudge, FailureThresholds, TermCount } from "../../model/mod.ts";
import judged from "../../../data/judged.json" with { type: "json" };
import judgeCsv from "../../../data/judge.csv" with { type: "text" };
import termsCsv from "../../../data/terms.csv" with { type: "text" };
import { storedDuplicates } from "./duplicates.ts";
import { numberField, parseCsv, textField } from "../../io/csv.ts";

/** Reasons that grade the shortlisting harness's own tool-list prompt instead of the task. */
export interface ShortlistingCount {
  /** All sessions, scored or not. */
  sessions: number;
  /** Reasons that grade the tool list. */
  reasonsAboutToolList: number;
  /** Of these judged solved. */
  ofTheseJudgedSuccessful: number;
  /** The same outside. */
  elsewhere: number;
}

/** The session whose log the text shows. */
export interface QuotedSession {
  /** Its root span's id, as the text gives it. */
  id: string;
  /** Tool errors of the session. */
  tool_errors: number;
  /** Calls that ended in an error. */
  error_spans: number;
}

/**
 * Facts of the judged table that sessions rebuilt from counts cannot carry, from `data/judged.json`, `judge.csv` and
 * `terms.csv`: the thresholds of the failure modes (tokens, calls), judge model by confidence, words of the failure
 * reasons, the reasons about the tool list, the sessions recorded twice, and the session that the
 * text shows.
 */
export interface StoredFacts {
  /** Thresholds of the failure modes. */
  thresholds: FailureThresholds;
  /** What the judge said of itself, and who judged. */
  judge: CountedJudge[];
  /** Words of the failure reasons. */
  termCounts: TermCount[];
  /** Reasons about the tool list. */
  shortlisting: ShortlistingCount;
  /** Sessions recorded twice. */
  duplicates: Cell[];
  /** The session that the text shows. */
  quotedSession: QuotedSession;
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
    judge: parseCsv(judgeCsv, judge).flatMap((row, i) => judgedRows(row, judge, i)),
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
    quotedSession: judged.quoted_session,
  };
}

/** The sessions of a row, solved and not; `unscored` is who was not judged. */
function judgedRows(row: Record<string, string>, file: string, i: number): CountedJudge[] {
  const known = (field: string) => {
    const text = textField(row, field, file, i);
    return text === "unscored" ? null : text;
  };
  const [n, solved] = [numberField(row, "n", file, i), numberField(row, "successes", file, i)];
  const of = {
    benchmark: textField(row, "benchmark", file, i),
    judgeModel: known("judge_model"),
    confidence: known("confidence"),
  };
  if (of.confidence === null) return [{ ...of, verdict: null, n }];
  const both: CountedJudge[] = [{ ...of, verdict: 0, n: n - solved }, { ...of, verdict: 1, n: solved }];
  return both.filter((part) => part.n > 0);
}
