import {
  cellsOf,
  fullResults,
  officialAgreement,
  officialGaps,
  parseClaims,
  publishedPrices,
  whatExplains,
} from "../../lib/analysis/mod.ts";
import { drawClaims, drawJudgeVsOfficial, drawWhatExplainsSuccess, type Figure } from "../../lib/figures/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";
import { officialRates, publishedClaims } from "../../lib/sources/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";

/** Seed of the resampling, as in the notebooks. */
const SEED = 1;

/** The figures that need official grades or claims beside the sessions: 07 and 08. */
export async function drawTruth(dataset: Dataset): Promise<Figure[]> {
  const context = { source: dataset.info.caption };
  const cells = cellsOf(dataset), rates = officialRates();
  const gaps = officialGaps(cells, rates);
  const claims = parseClaims(publishedClaims(), "data/claims.json");
  const results = await fullResults(dataset, publishedPrices(), rates, claims);
  return [
    drawJudgeVsOfficial(gaps, officialAgreement(gaps), context),
    drawWhatExplainsSuccess(whatExplains(cells, rates, { random: seededRandom(SEED) }), context),
    drawClaims(results.claims, context),
  ];
}
