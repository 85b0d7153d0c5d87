import type { DownloadOptions } from "../io/download.ts";
import { loadDataset, type LoadOptions } from "../engines/load.ts";
import { loadPrices } from "../engines/load_prices.ts";
import type { Dataset, Study } from "../model/mod.ts";
import { defaultLocations } from "../io/cache.ts";
import type { QuestionOptions } from "../questions/mod.ts";
import { isStudy } from "./is_study.ts";
import { studyNames } from "./names.ts";
import { publishedPrices } from "./published_prices.ts";
import { studyOptions } from "./questions/mod.ts";
import { REFERENCE } from "./reference.ts";
import { judgedIsHere, judgedTable } from "./sources/judged.ts";
import { officialRates, publishedClaims } from "./sources/official.ts";
import { replica } from "./sources/replica.ts";
import { taskFamily } from "./task_family.ts";

/** The published study, as the lab is told of it. */
export const study: Study<Partial<DownloadOptions>> = {
  name: "the published study",
  names: studyNames,
  reference: REFERENCE,
  familyOf: taskFamily,
  prices: publishedPrices(),
  sources: {
    judged: {
      help: "the judged table of the published analysis (`deno task fetch judged`)",
      load: judgedTable,
      isHere: (settings) => judgedIsHere({ ...defaultLocations(), ...settings }),
    },
    replica: {
      help: "the embedded replica, rebuilt from counts and sums of that table",
      load: replica,
      isHere: () => Promise.resolve(true),
    },
  },
  claims: publishedClaims,
  official: officialRates,
};

/**
 * What questions of a dataset are asked with: the study's options for its own rows, of any other rows its names alone. Prices
 * are those of the file that `TRACES_PRICES` names, where it is set.
 *
 * @param env the process's own environment unless given
 */
export async function optionsFor(
  dataset: Dataset,
  env: (name: string) => string | undefined = (name) => Deno.env.get(name),
): Promise<QuestionOptions> {
  const own = env("TRACES_PRICES");
  return {
    ...(isStudy(dataset) ? studyOptions() : { names: studyNames }),
    ...(own ? { prices: await loadPrices(own, "TRACES_PRICES") } : {}),
  };
}

/**
 * Loads sessions as `loadDataset` does, with the study's sources by name: the judged table when it is already in the cache
 * or a mirror, else the embedded replica, unless another source is named.
 */
export function loadStudy(spec?: string, options: LoadOptions = {}): Promise<Dataset> {
  return loadDataset(spec, { study, ...options });
}
