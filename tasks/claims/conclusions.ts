import { asInFile, cellsOf, datasetOf, headlineCells } from "../../lib/analysis/mod.ts";
import { type ClaimFile, type Conclusion, decideClaims } from "../../lib/analysis/claims/mod.ts";
import type { Dataset, Session } from "../../lib/model/mod.ts";
import {
  headlines,
  isStudy,
  PUBLISHED_WORDING,
  publishedClaimFile,
  resultsToAsk,
  STUDY_KEYS,
} from "../../lib/study/mod.ts";

/**
 * How conclusions on a dataset's sessions are decided: one's own claims, for the study's sessions the published ones and their
 * headlines. Null where there is nothing to decide.
 */
export function conclusionsOf(
  dataset: Dataset,
  own: ClaimFile | null,
): ((sessions: readonly Session[]) => Promise<Conclusion[]>) | null {
  const ofStudy = isStudy(dataset);
  const file = own ?? (ofStudy ? publishedClaimFile() : null);
  if (file === null) return null;
  const wording = own === null ? PUBLISHED_WORDING : { optionalKeys: STUDY_KEYS };
  return async (sessions) => {
    const some = datasetOf(dataset.info, [...sessions]);
    const rows = await decideClaims(file, asInFile(resultsToAsk(some)), wording);
    const leading = ofStudy ? headlines(headlineCells(cellsOf(some))) : [];
    return [
      ...leading.map(({ id, title, holds }) => ({
        id: `headline ${id}`,
        sentence: title,
        verdict: holds === null ? "not in these data" : holds ? "holds" : "does not hold",
      })),
      ...rows.map(({ id, claim, verdict }) => ({ id, sentence: claim, verdict })),
    ];
  };
}
