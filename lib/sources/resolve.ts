import type { Dataset } from "../model/mod.ts";
import { braintrustDataset, type BraintrustSourceOptions } from "./braintrust.ts";
import { defaultLocations } from "../io/cache.ts";
import type { DownloadOptions } from "../io/download.ts";
import { type EngineOptions, isEngine, loadEngine } from "../engines/mod.ts";
import { hubEnvironment } from "./hub/hub.ts";
import { judgedIsHere, judgedTable } from "../study/sources/judged.ts";
import { type RecordedOptions, recordedSessions } from "./recorded.ts";
import { replica } from "../study/sources/replica.ts";
import { localFiles } from "../io/files.ts";

/** Settings of {@link loadDataset}. */
export interface LoadOptions
  extends
    Partial<DownloadOptions>,
    Omit<RecordedOptions, keyof DownloadOptions>,
    Omit<EngineOptions, "env">,
    Pick<BraintrustSourceOptions, "client"> {
  /** Reads an environment variable; the process's own unless given. */
  env?: (name: string) => string | undefined;
}

/** What a source can be, for help texts and errors. */
export const SOURCE_HELP =
  `judged                    the judged table of the published analysis (\`deno task fetch judged\`)
replica                   the embedded replica, rebuilt from counts and sums of that table
hub:OWNER/NAME@REVISION   a Hugging Face dataset of traces, such as
                          hub:Exgentic/agent-llm-traces@70036b93a04e61b0ea2706a68b962f4f26774587
braintrust:PROJECT        sessions that \`deno task push\` put into a Braintrust project, with their verdicts; counted
                          by the service where they are many; PROJECT@FROM..TO for those that began between two days
PATH                      a Parquet, JSONL or OTLP/JSON file of traces, a table of sessions, a folder or a glob
duckdb:PATH               a DuckDB database, or Parquet tables of sessions however many, counted by DuckDB
clickhouse:http://HOST:PORT/DATABASE
                          a table of sessions, counted by ClickHouse (CLICKHOUSE_USER, CLICKHOUSE_PASSWORD)`;

/**
 * Loads the sessions to analyse: the `spec` given, else the one in `TRACES_SOURCE`, else the judged table when it is
 * already in the cache or a mirror, else the embedded replica. Only a `braintrust:` source, and a `hub:` one for
 * shards that are not in the cache or a mirror, ask the network.
 *
 * @param spec one of {@link SOURCE_HELP}
 * @throws {Error} for a spec that is none of them, naming what is possible; whatever reading the source throws
 */
export async function loadDataset(spec?: string, options: LoadOptions = {}): Promise<Dataset> {
  const env = options.env ?? ((name: string) => Deno.env.get(name));
  const locations = { ...defaultLocations(env), ...options };
  const chosen = spec || env("TRACES_SOURCE") || (await judgedIsHere(locations) ? "judged" : "replica");
  if (chosen === "replica") return await replica();
  if (chosen === "judged") return await judgedTable(locations);
  if (chosen.startsWith("braintrust:")) return await braintrustDataset(chosen, { ...options, env });
  if (isEngine(chosen)) return await loadEngine(chosen, { ...options, env });
  if (!chosen.startsWith("hub:")) checkFiles(chosen);
  return await recordedSessions(chosen, { ...hubEnvironment(env), ...locations });
}

function checkFiles(spec: string): void {
  try {
    localFiles(spec);
  } catch (error) {
    throw new Error(
      `${(error as Error).message}, or judged, replica, braintrust:PROJECT, duckdb:PATH, clickhouse:URL`,
      { cause: error },
    );
  }
}
