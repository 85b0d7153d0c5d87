import { failureCost, solvedCost } from "./cost.ts";
import { explains, harnessAdds } from "./explain.ts";
import { commonestFailure, effort, takes, unknown } from "./failure.ts";
import { againstGrades, againstSessions } from "./judged.ts";
import { best, solved } from "./success.ts";
import type { Sentence, Told } from "./told.ts";

/** What may be said first, what matters most first. */
const SENTENCES: readonly Sentence[] = [
  solved,
  explains,
  againstGrades,
  best,
  againstSessions,
  solvedCost,
  failureCost,
  harnessAdds,
  commonestFailure,
  effort,
  takes,
  unknown,
];

/** Sentences on the first screen. */
export const MOST_SENTENCES = 5;

/** The first five sentences that these data bear, each with its interval; fewer where there is less to say. */
export function sentencesOf(told: Told): string[] {
  return SENTENCES.flatMap((sentence) => sentence(told) ?? []).slice(0, MOST_SENTENCES);
}
