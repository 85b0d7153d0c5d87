import type { Cell, Dataset } from "../model/mod.ts";
import { type ClaimFile, parseClaims } from "../analysis/claims/claim_schema.ts";
import { type ClaimRow, decideClaims } from "../analysis/claims/claims.ts";
import { type Prices, unpricedTable } from "../analysis/cost/prices.ts";
import { cellsOf } from "../analysis/counts/cells.ts";
import { resultsOf } from "../analysis/counts/results.ts";
import { asInFile } from "../analysis/counts/results_json.ts";
import { shares } from "../analysis/explain/fits.ts";
import type { IncrementalShares, Official, Results } from "../analysis/mod.ts";
import { official } from "../analysis/truth/official.ts";
import { claudeVsGemini, contaminationGap, type ContaminationRow, type ModelUseRow } from "./contrasts.ts";
import { type ClaimEvidence, claimEvidence } from "./evidence.ts";
import { CUSTOMER_MODEL } from "./customer_calls.ts";
import { isStudy } from "./is_study.ts";
import { publishedPrices } from "./published_prices.ts";
import { REFERENCE } from "./reference.ts";
import { officialRates, publishedClaims } from "./sources/official.ts";

/** What `results.json` holds under `study`: contrasts of named models and suites, official grades, published claims. */
export interface StudyResults extends ClaimEvidence {
  /** Tokens and seconds of the two models by benchmark. */
  claude_vs_gemini: ModelUseRow[];
  /** Success on the two suites, by model. */
  contamination_gap: ContaminationRow[];
  /** Shares without that model. */
  incremental_r2_without_gpt41: IncrementalShares | null;
  /** Judged cells held against official grades. */
  official: Official;
  /** The published claims, decided. */
  claims: PublishedClaimRow[];
}

/** A published claim decided; `published` is what it states, by the name that it has in the file. */
export type PublishedClaimRow = ClaimRow & { published: number };

/** Everything `results.json` holds. */
export interface FullResults extends Results {
  /** With the study's rows alone. */
  study?: StudyResults;
  /** One's own claims, where some were asked for. */
  claims?: ClaimRow[];
}

/** Settings of {@link fullResults}. */
export interface FullResultsOptions {
  /** Rates; the published ones for the study's rows, otherwise none: a cost is then not known. */
  prices?: Prices;
  /** Claims of one's own to decide. */
  claims?: ClaimFile;
}

/** Keys of `results.json` that only the study's rows have: a claim about one is not in other data. */
export const STUDY_KEYS = ["study"];

/** The claims of the published write-up. */
export function publishedClaimFile(): ClaimFile {
  return parseClaims(publishedClaims(), "data/claims.json");
}

/**
 * All of `results.json`: what any source has at the top, and under `study` what only the study's rows have. Claims are
 * decided on the other keys in the form they have in the file.
 *
 * @throws {ClaimError} where a claim itself is at fault
 */
export async function fullResults(dataset: Dataset, options: FullResultsOptions = {}): Promise<FullResults> {
  const results = resultsToAsk(dataset, options.prices);
  const { study, ...generic } = results;
  const asked = asInFile(results);
  return {
    ...generic,
    ...(study ? { study: { ...study, claims: await decidePublished(asked) } } : {}),
    ...(options.claims ? { claims: await decideClaims(options.claims, asked, { optionalKeys: STUDY_KEYS }) } : {}),
  };
}

async function decidePublished(results: Record<string, unknown>): Promise<PublishedClaimRow[]> {
  const rows = await decideClaims(publishedClaimFile(), results, PUBLISHED_WORDING);
  return rows.map((row) => ({ ...row, published: row.stated }));
}

/** {@link fullResults} before any claim is decided: what claims are asked of. */
export function resultsToAsk(
  dataset: Dataset,
  prices?: Prices,
): Results & { study?: Omit<StudyResults, "claims"> } {
  if (!isStudy(dataset)) return resultsOf(dataset, prices ?? unpricedTable());
  const cells = cellsOf(dataset);
  return {
    ...resultsOf(dataset, prices ?? publishedPrices(), { reference: REFERENCE }),
    study: {
      claude_vs_gemini: claudeVsGemini(cells),
      contamination_gap: contaminationGap(cells),
      incremental_r2_without_gpt41: sharesWithoutCustomer(cells),
      official: official(cells, officialRates()),
      ...claimEvidence(dataset, officialRates(), prices ?? publishedPrices()),
    },
  };
}

/** How sentences on the published claims speak. */
export const PUBLISHED_WORDING = { stated: "published", grades: "official grades", optionalKeys: STUDY_KEYS };

/** The shares without the model whose sessions are likely the simulated customer's calls. */
function sharesWithoutCustomer(cells: readonly Cell[]): IncrementalShares | null {
  return shares(cells.filter((c) => c.model !== CUSTOMER_MODEL))?.incremental ?? null;
}
