import { existsSync } from "node:fs";
import { firstHere } from "../lib/engines/load.ts";
import { type LoadOptions, sourceHelp } from "../lib/engines/mod.ts";
import type { Dataset } from "../lib/model/mod.ts";
import { loadMapping } from "../lib/sources/mod.ts";
import { loadStudy, study } from "../lib/study/mod.ts";
import { UsageError } from "./atl/usage.ts";
import { isInClone, note } from "./say.ts";

export { COUNT_OPTION, MAPPING_OPTION, NEEDED_SOURCE, SOURCE_OPTIONS, SOURCE_SETTINGS } from "./atl/shared.ts";

/** What a source can be, below the options of a command. */
export const SOURCE_HELP = `SOURCE is one of:\n${sourceHelp(study).replaceAll(/^/gm, "  ")}`;

/** Tells whoever gives traces where names stand how to. @throws {UsageError} where one of the words is a file of traces */
export function noSources(names: readonly string[]): void {
  const file = names.find((name) => existsSync(name) && !name.endsWith(".ipynb"));
  if (file !== undefined) throw new UsageError(`${file} is no name but a file or folder; give it by --source ${file}`);
}

/** What {@link SOURCE_OPTIONS} say of a source. */
export async function settingsOf(
  { mapping, countTokens }: { mapping?: string | undefined; countTokens?: boolean | undefined },
): Promise<LoadOptions> {
  return {
    ...(mapping === undefined ? {} : { mapping: await loadMapping(mapping) }),
    ...(countTokens ? { countTokens } : {}),
  };
}

/**
 * Says which of the study's sources is taken where none is named, and how one's own is: outside of a clone a reader would take
 * the study's numbers for theirs.
 */
export function tellDefault(taken: string): void {
  if (!isInClone()) {
    note(
      `no source is named, so these are the sessions of ${study.name} (${taken}); your own: --source PATH, see --help`,
    );
  }
}

/** The source that a command line names; the study's own where it names none. */
export async function loadNamed(
  values: {
    source?: string | undefined;
    mapping?: string | undefined;
    countTokens?: boolean | undefined;
    labels?: string | null | undefined;
    topics?: string | undefined;
  },
  options: LoadOptions = {},
): Promise<Dataset> {
  const labels = values.labels === undefined ? {} : { labels: values.labels };
  if (!values.source && !Deno.env.get("TRACES_SOURCE")) tellDefault(await firstHere(study.sources, options) ?? "none");
  const topics = values.topics === undefined ? {} : { topics: values.topics };
  return await loadStudy(values.source, { ...await settingsOf(values), ...labels, ...topics, ...options });
}

/** For what needs each session of an engine, however many there are. */
export const heldWhole: LoadOptions = {
  env: (name) => Deno.env.get(name) ?? (name === "TRACES_SESSIONS" ? "1000000000" : undefined),
};
