import type { Dataset } from "../model/mod.ts";
import { defaultLocations } from "./cache.ts";
import type { DownloadOptions } from "./download.ts";
import { judgedIsHere, judgedTable } from "./judged.ts";
import { replica } from "./replica.ts";

/** Settings of {@link loadDataset}. */
export interface LoadOptions extends Partial<DownloadOptions> {
  /** Reads an environment variable; the process's own unless given. */
  env?: (name: string) => string | undefined;
}

/** What a source can be, for help texts and errors. */
export const SOURCE_HELP = `judged    the judged table of the published analysis (\`deno task fetch judged\`)
replica   the embedded replica, rebuilt from counts and sums of that table`;

/**
 * Loads the sessions to analyse: the `spec` given, else the one in `TRACES_SOURCE`, else the judged table when it is
 * already in the cache or a mirror, else the embedded replica.
 *
 * @param spec one of {@link SOURCE_HELP}
 * @throws {Error} for a spec that is none of them, listing what is possible; whatever reading the source throws
 */
export async function loadDataset(spec?: string, options: LoadOptions = {}): Promise<Dataset> {
  const env = options.env ?? ((name: string) => Deno.env.get(name));
  const locations = { ...defaultLocations(env), ...options };
  const chosen = spec || env("TRACES_SOURCE") || (await judgedIsHere(locations) ? "judged" : "replica");
  if (chosen === "replica") return await replica();
  if (chosen === "judged") return await judgedTable(locations);
  throw new Error(`no source is called "${chosen}"; possible are:\n${SOURCE_HELP}`);
}
