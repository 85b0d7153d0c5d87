import { cellsOf, officialAgreement, officialGaps, whatExplains } from "../../lib/analysis/mod.ts";
import { drawClaims, drawJudgeVsOfficial, drawWhatExplainsSuccess, type Figure } from "../../lib/figures/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import { claimWords, fullResults, OFFICIAL_SOURCE, officialRates, studyNames } from "../../lib/study/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";

/** Seed of the resampling, as in the notebooks. */
const SEED = 1;

/** The study's figures that need official grades or claims beside the sessions: 07 and 08; none of other rows. */
export async function drawTruth(dataset: Dataset): Promise<Figure[]> {
  const { study } = await fullResults(dataset);
  if (study === undefined) return [];
  const context = { source: dataset.info.caption, names: studyNames, official: OFFICIAL_SOURCE };
  const cells = cellsOf(dataset), rates = officialRates();
  const gaps = officialGaps(cells, rates);
  return [
    drawJudgeVsOfficial(gaps, officialAgreement(gaps), context),
    drawWhatExplainsSuccess(whatExplains(cells, rates, { random: seededRandom(SEED) }), context),
    drawClaims(study.claims, { ...context, ...claimWords }),
  ];
}
