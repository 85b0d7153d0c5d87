import type { LoadOptions } from "../lib/engines/mod.ts";
import type { Dataset } from "../lib/model/mod.ts";
import { loadMapping } from "../lib/sources/mod.ts";
import { loadStudy } from "../lib/study/mod.ts";

/** Options of every command that takes a source. */
export const SOURCE_OPTIONS = {
  source: { type: "string" },
  mapping: { type: "string" },
} as const;

/** What `--mapping` says in a help text. */
export const MAPPING_HELP =
  `  --mapping FILE  which column or attribute of the source is what, where that is not told by its first rows`;

/** What {@link SOURCE_OPTIONS} say of a source. */
export async function settingsOf({ mapping }: { mapping?: string | undefined }): Promise<LoadOptions> {
  return mapping === undefined ? {} : { mapping: await loadMapping(mapping) };
}

/** The source that a command line names; the study's own where it names none. */
export async function loadNamed(
  values: { source?: string | undefined; mapping?: string | undefined },
): Promise<Dataset> {
  return await loadStudy(values.source, await settingsOf(values));
}
