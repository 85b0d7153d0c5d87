import { dirname } from "node:path";
import { type Locations, pathInFolder } from "../../io/cache.ts";
import { writeWhole } from "../../io/write.ts";
import type { HttpOptions } from "../../io/http.ts";
import { cachedDownload, type Downloaded } from "../../io/download.ts";
import {
  authorization,
  type HubFile,
  type HubOptions,
  isCommit,
  listAddress,
  listShards,
  parseHubSpec,
} from "./hub.ts";

/** Settings of {@link downloadHub}. */
export interface HubDownloadOptions extends HttpOptions, Locations, Pick<HubOptions, "endpoint" | "token"> {
  /** Takes only the files whose path contains this. */
  only?: string;
  /** Called once the list is known, before anything large is fetched. */
  onList?: (files: readonly HubFile[]) => void;
  /** Called as bytes arrive, over all files. */
  onProgress?: (bytes: number, total: number | null) => void;
}

/**
 * Downloads the Parquet shards of a dataset, and the list of them, into the cache, so that `hub:` sources at this commit
 * are read without network. Shards are checked against their SHA-256, which the Hub's list states.
 *
 * @throws {Error} when the revision is not a commit: what a branch holds changes, and a cache cannot tell
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { defaultLocations, downloadHub } from "agent-trace-lab/sources";
 * const spec = "hub:no-revision"; // a dataset is pinned: hub:OWNER/NAME@REVISION
 * const why = await downloadHub(spec, { ...defaultLocations() }).catch((error: Error) => error.message);
 * equal(typeof why, "string");
 * ```
 */
export async function downloadHub(spec: string, options: HubDownloadOptions): Promise<Downloaded[]> {
  const parsed = parseHubSpec(spec);
  if (!isCommit(parsed.revision)) {
    throw new Error(`${spec}: expected a commit (40 hexadecimal digits) as the revision, found "${parsed.revision}"`);
  }
  const all = await listShards(parsed, options);
  const files = all.filter(({ path }) => path.includes(options.only ?? ""));
  if (files.length === 0) throw new Error(`${spec} has no Parquet file whose path contains "${options.only ?? ""}"`);
  options.onList?.(files);
  await keepList(all, pathInFolder(options.cacheDir, listAddress(parsed, options)));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const downloads: Downloaded[] = [];
  let before = 0;
  for (const { url, sha256, size } of files) {
    downloads.push(
      await cachedDownload({ url, sha256, bytes: size }, {
        ...options,
        allowNetwork: true,
        command: `deno task fetch hub ${spec}`,
        headers: authorization(options),
        onProgress: (bytes) => options.onProgress?.(before + bytes, total),
      }),
    );
    before += size;
    options.onProgress?.(before, total);
  }
  return downloads;
}

/** Keeps the list in the shape the Hub gives it, whole or not at all. */
async function keepList(files: readonly HubFile[], path: string): Promise<void> {
  const entries = files.map(({ path, size, oid, sha256 }) => ({
    type: "file",
    path,
    size,
    oid,
    ...(sha256 === null ? {} : { lfs: { oid: sha256 } }),
  }));
  await Deno.mkdir(dirname(path), { recursive: true });
  await writeWhole(path, JSON.stringify(entries, null, 1));
}
