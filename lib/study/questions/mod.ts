/**
 * What the study asks beside the lab's own questions, and in which context all of them are asked of its rows.
 *
 * @module
 */
import { inReadingOrder, type Question, type QuestionOptions, questions } from "../../questions/mod.ts";
import { OFFICIAL_SOURCE } from "../figures/claim_words.ts";
import { STUDY_GUARDRAILS } from "../guardrails.ts";
import { LEADERBOARD_BAND } from "../leaderboard_band.ts";
import { studyNames } from "../names.ts";
import { publishedPrices } from "../published_prices.ts";
import { REFERENCE } from "../reference.ts";
import { officialRates } from "../sources/official.ts";
import { audit } from "./audit.ts";
import { publishedClaimsHold } from "./published_claims.ts";
import { contamination } from "./contamination.ts";
import { CUSTOMER_MODEL } from "../customer_calls.ts";
import { failureModesPooled } from "./failure_modes_pooled.ts";
import { headlineChecks } from "./headlines.ts";
import { swebenchClaudeCode } from "./swebench_claude_code.ts";
import { withoutSwebenchQuestions } from "./without_swebench.ts";

/** The lab's questions and the study's own, in reading order. */
export const studyQuestions: readonly Question[] = inReadingOrder(questions, [
  ...withoutSwebenchQuestions,
  swebenchClaudeCode,
  failureModesPooled,
  contamination,
  audit,
  headlineChecks,
  publishedClaimsHold,
]);

/** What the study's rows are asked with: its names, prices, families, reference levels and the leaderboard's grades. */
export function studyOptions(): QuestionOptions {
  return {
    names: studyNames,
    prices: publishedPrices(),
    reference: REFERENCE,
    ...STUDY_GUARDRAILS,
    failedCostBand: LEADERBOARD_BAND,
    notAgents: [CUSTOMER_MODEL],
    baseChoice: "as published",
    grades: { rates: officialRates(), source: OFFICIAL_SOURCE },
  };
}
