import { z } from "zod";
import { checkRow, RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { fileSize, findLocal, type Locations, pathInFolder } from "../../io/cache.ts";
import { bodyText, HttpError, type HttpOptions, request, retrying } from "../../io/http.ts";
import { type CountedBuffer, fileBuffer } from "../parquet/file.ts";
import { rangeBuffer } from "./range_buffer.ts";
import { sha256 } from "../../io/sha256.ts";

/** A Hugging Face dataset at a revision. */
export interface HubSpec {
  /** `OWNER/NAME`. */
  repo: string;
  /** A commit (then what is read never changes), a tag or a branch. */
  revision: string;
}

/** A Parquet file of a dataset. */
export interface HubFile {
  /** Inside the dataset's repository. */
  path: string;
  /** Bytes. */
  size: number;
  /** Git's or LFS's object id; LFS's is the SHA-256 of the file. */
  oid: string;
  /** SHA-256 of the file, null for a file that is not in LFS. */
  sha256: string | null;
  /** Where its bytes are. */
  url: string;
}

/** A shard that is open. */
export interface HubShard extends HubFile {
  /** Its bytes by range, local or remote. */
  buffer: CountedBuffer;
}

/** The Parquet shards of a dataset, in the order of their paths. */
export interface HubDataset {
  /** The spec as given. */
  name: string;
  /** SHA-256 of the lines `OID  PATH` of all shards: the same bytes in the same order, the same hash. */
  sha256: string;
  /** Each open for reading by range. */
  shards: HubShard[];
}

/** Settings of the Hub: where it is, who asks, and where copies are looked for first. */
export interface HubOptions extends HttpOptions, Partial<Locations> {
  /** `HF_ENDPOINT`, https://huggingface.co unless given. */
  endpoint?: string;
  /** `HF_TOKEN`; sent to the endpoint only. */
  token?: string;
}

/**
 * Settings of the Hub from `HF_ENDPOINT` and `HF_TOKEN`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { hubEnvironment } from "agent-trace-lab/sources";
 * console.log(Object.keys(hubEnvironment(() => undefined))); // []: nothing is set
 * ```
 */
export function hubEnvironment(env: (name: string) => string | undefined = (name) => Deno.env.get(name)): HubOptions {
  const [endpoint, token] = [env("HF_ENDPOINT"), env("HF_TOKEN")];
  return { ...(endpoint ? { endpoint } : {}), ...(token ? { token } : {}) };
}

/**
 * Reads `hub:OWNER/NAME@REVISION`.
 *
 * @throws {Error} when it is not of this form, saying what it should be
 */
export function parseHubSpec(spec: string): HubSpec {
  const match = /^hub:([\w.-]+\/[\w.-]+)@([\w./-]+)$/.exec(spec);
  if (!match) {
    throw new Error(`"${spec}" is not a Hub dataset: expected hub:OWNER/NAME@REVISION, the revision a commit's hash`);
  }
  return { repo: match[1]!, revision: match[2]! };
}

/**
 * Opens a dataset of the Hub: lists its Parquet files at the revision and gives a buffer for each that reads by range
 * requests, or, at a commit, from a copy in the cache or a mirror where there is one of the right size. Nothing is read
 * but the list.
 *
 * @throws {HttpError} when the dataset, the revision or a token is wrong
 * @throws {Error} when there is no Parquet file at that revision
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openHub } from "agent-trace-lab/sources";
 * const why = await openHub("hub:no-revision").catch((error: Error) => error.message);
 * equal(typeof why, "string"); // a spec without a revision is refused before anything is asked
 * ```
 */
export async function openHub(spec: string, options: HubOptions = {}): Promise<HubDataset> {
  const parsed = parseHubSpec(spec);
  const files = await listShards(parsed, options);
  if (files.length === 0) throw new Error(`${spec} holds no Parquet file`);
  const headers = authorization(options);
  const shards = await Promise.all(files.map(async (file): Promise<HubShard> => {
    const local = isCommit(parsed.revision) ? await localCopy(file, options) : null;
    const buffer = local ? fileBuffer(local) : rangeBuffer({ url: file.url, byteLength: file.size, headers }, options);
    return { ...file, buffer };
  }));
  const lines = files.map(({ oid, path }) => `${oid}  ${path}\n`).join("");
  return { name: spec, sha256: await sha256(lines), shards };
}

const listEntry = z.object({
  type: z.string(),
  path: z.string().min(1),
  size: z.number().int().nonnegative(),
  oid: z.string().min(1),
  lfs: z.object({ oid: z.string().min(1) }).optional(),
});

/**
 * Lists the Parquet files of a dataset, ordered by path. A list that `deno task fetch hub` left in the cache (or that is
 * in a mirror) spares the request, where the revision is a commit.
 */
export async function listShards({ repo, revision }: HubSpec, options: HubOptions = {}): Promise<HubFile[]> {
  const endpoint = endpointOf(options);
  const listUrl = listAddress({ repo, revision }, options);
  const kept = isCommit(revision) && options.cacheDir !== undefined
    ? await findLocal(listUrl, { cacheDir: options.cacheDir, mirrors: options.mirrors ?? [] })
    : null;
  // Loaded when it is asked for: most sources are files.
  const { listFiles } = await import("@huggingface/hub");
  const entries = kept ? await readList(kept.path) : await Array.fromAsync(listFiles({
    repo: { type: "dataset", name: repo },
    revision,
    recursive: true,
    hubUrl: endpoint,
    fetch: listingFetch(options),
    ...(options.token ? { accessToken: options.token } : {}),
  }));
  return entries
    .map((entry, i) => checkRow(listEntry, entry, kept?.path ?? listUrl, i))
    .filter(({ type, path }) => type === "file" && path.endsWith(".parquet"))
    .map(({ path, size, oid, lfs }) => {
      const address = [repo, "resolve", revision, ...path.split("/")].map((part) =>
        part === repo ? part : encodeURIComponent(part)
      );
      const url = `${endpoint}/datasets/${address.join("/")}`;
      return { path, size, oid: lfs?.oid ?? oid, sha256: lfs?.oid ?? null, url };
    })
    .sort((a, b) => a.path < b.path ? -1 : 1);
}

async function readList(path: string): Promise<unknown[]> {
  try {
    return z.array(z.unknown()).parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    throw new RowError(path, null, "", `expected a JSON list of files; delete it (${jsonFault(error)})`);
  }
}

/** Where the Hub lists a dataset's files. */
export function listAddress({ repo, revision }: HubSpec, options: HubOptions = {}): string {
  return `${endpointOf(options)}/api/datasets/${repo}/tree/${revision}`;
}

/** The header that a token is sent in; none without a token. */
export function authorization({ token }: HubOptions): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}

function endpointOf(options: HubOptions): string {
  return (options.endpoint ?? "https://huggingface.co").replace(/\/+$/, "");
}

/** Whether a revision names one commit for good. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

async function localCopy(file: HubFile, options: HubOptions): Promise<string | null> {
  const folders = [...(options.cacheDir === undefined ? [] : [options.cacheDir]), ...(options.mirrors ?? [])];
  for (const folder of folders) {
    const path = pathInFolder(folder, file.url);
    if (await fileSize(path) === file.size) return path;
  }
  return null;
}

/** A `fetch` for the listing, which is read whole within each attempt, so that a truncated one is asked for again. */
function listingFetch(options: HttpOptions): typeof fetch {
  return async (input, init) =>
    await retrying(async () => {
      const url = input instanceof Request ? input.url : String(input);
      const response = await request(url, init ?? {}, options);
      const text = await bodyText(response, url, options);
      try {
        JSON.parse(text);
      } catch (error) {
        const detail = `expected a JSON list of files; ${jsonFault(error)}`;
        throw new HttpError(url, 502, detail, null);
      }
      return new Response(text, { status: response.status, headers: response.headers });
    }, options);
}
