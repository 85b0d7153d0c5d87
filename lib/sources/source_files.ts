import { defaultLocations } from "../io/cache.ts";
import { listFiles, type Listing } from "../io/files.ts";
import { importOf } from "./imported_folder.ts";
import { isInspectLog } from "./readers/inspect/read.ts";
import { fetchService, parseServiceSpec, type ServiceOptions } from "./services/fetch.ts";

/** The files of a source. */
export interface SourceFiles extends Listing {
  /** When they were copied from a service; null where they were here. */
  asOf: string | null;
}

/**
 * The files of a path, a folder, a glob; of a folder that an import wrote, its span rows or its table of sessions; of a
 * project of a service, the pages of its copy.
 *
 * @throws {Error} when there is none, or the service refuses
 */
export async function sourceFiles(
  spec: string,
  of: "spans" | "sessions",
  service: Partial<ServiceOptions> = {},
): Promise<SourceFiles> {
  if (parseServiceSpec(spec)) {
    const env = (name: string) => Deno.env.get(name);
    const { folder, asOf } = await fetchService(spec, { env, ...defaultLocations(), ...service });
    if (Array.from(Deno.readDirSync(folder)).length === 0) throw new Error(`${spec}: there are no traces in it`);
    return { ...await listFiles(folder), asOf };
  }
  const written = importOf(spec)?.[of];
  if (!written) return { ...await listFiles(spec, isInspectLog), asOf: null };
  const format = of === "spans" ? "jsonl" : "parquet";
  return { files: written.map((path) => ({ path, format })), passedOver: [], asOf: null };
}
