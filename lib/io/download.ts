import { BodyTooLarge } from "./bounded.ts";
import { locked } from "./lock.ts";
import { dirname } from "node:path";
import { fileSize, findLocal, type Locations, pathInFolder } from "./cache.ts";
import { contentRange, type HttpOptions, readBody, request, retrying, TransferError } from "./http.ts";
import { sha256OfFiles } from "./files.ts";

/** A file of the internet, pinned. */
export interface PinnedFile {
  /** Its address, which says where its copies lie too. */
  url: string;
  /** Lower-case hexadecimal; null where nobody has stated it: then the one found is returned, and nothing is verified. */
  sha256: string | null;
  /** Size, where it is known. */
  bytes?: number;
}

/** Settings of {@link cachedDownload}. */
export interface DownloadOptions extends HttpOptions, Locations {
  /** Whether the network may be asked; nothing goes there otherwise. */
  allowNetwork: boolean;
  /** What a user runs to allow it, for the error. */
  command: string;
  /** Whether copies on this machine are passed over, for an address whose content changes. */
  fresh?: boolean;
  /** Sent with the request, for instance an authorization. */
  headers?: Record<string, string>;
  /** What is read at the most of a body whose length nobody states; 64 GB unless told. */
  maxBytes?: number;
  /** Called as bytes arrive; `total` is null while the server has not said. */
  onProgress?: (bytes: number, total: number | null) => void;
}

/** Where a file lies and where it came from. */
export interface Downloaded {
  /** Of the file on this machine. */
  path: string;
  /** Of its bytes, lower-case hexadecimal. */
  sha256: string;
  /** Where it was found. */
  from: "cache" | "mirror" | "network";
}

/** Bytes that are not the pinned ones. */
export class HashError extends Error {
  /** Tells it from other errors. */
  override readonly name = "HashError";
  /** `where` is the file's path or URL; both hashes are lower-case hexadecimal. */
  constructor(readonly where: string, readonly expected: string, readonly found: string, advice: string) {
    super(`${where}: expected sha256 ${expected}, found ${found}; ${advice}`);
  }
}

/**
 * Finds a pinned file: in the cache, in each mirror, and, when `allowNetwork`, at its URL. A download lands in
 * `CACHE/HOST/PATH` by an atomic rename once it is whole and its hash is right; until then it is `PATH.part`, from where
 * an interrupted one is resumed by a range request (with `If-Range` where the server gave an ETag). 408, 425, 429, 5xx,
 * truncated bodies and dropped connections are repeated, honouring Retry-After. Of several processes that want the same file
 * one fetches it, and the others wait.
 *
 * @throws {HashError} naming both hashes; a file that was there stays as it was
 * @throws {Error} when the file is not on this machine and the network is not allowed, naming the command that fetches it
 * @throws {HttpError} when the server refuses, {@link TransferError} when the attempts are used up
 * @throws {BodyTooLarge} when a body whose length nobody states goes on beyond `maxBytes`
 */
export async function cachedDownload(file: PinnedFile, options: DownloadOptions): Promise<Downloaded> {
  const local = options.fresh ? null : await findLocal(file.url, options);
  if (local) {
    const sha256 = await sha256OfFiles([local.path]);
    if (file.sha256 === null || sha256 === file.sha256) return { ...local, sha256 };
    if (!options.allowNetwork) {
      const advice = `delete it, or replace it by \`${options.command}\``;
      throw new HashError(local.path, file.sha256, sha256, advice);
    }
  }
  if (!options.allowNetwork) {
    const looked = [options.cacheDir, ...options.mirrors].join(", ");
    const missing = options.fresh ? "is read from the network alone" : `is not on this machine (looked in ${looked})`;
    throw new Error(`${file.url} ${missing}; fetch it by \`${options.command}\``);
  }
  const path = pathInFolder(options.cacheDir, file.url);
  await Deno.mkdir(dirname(path), { recursive: true });
  return await locked(`${path}.lock`, async () => {
    // Another process may have brought it while this one waited.
    if (!options.fresh && await fileSize(path) !== null) {
      const sha256 = await sha256OfFiles([path]);
      if (file.sha256 === null || sha256 === file.sha256) return { path, sha256, from: "cache" };
    }
    const sha256 = await fetchVerified(file, `${path}.part`, options);
    await Deno.rename(`${path}.part`, path);
    await remove(`${path}.part.etag`);
    return { path, sha256, from: "network" };
  });
}

/** Fetches into `part` until its hash is right; a part left by an earlier run that turns out wrong is fetched anew once. */
async function fetchVerified(file: PinnedFile, part: string, options: DownloadOptions): Promise<string> {
  let resumed = await fileSize(part) !== null;
  while (true) {
    await retrying(() => fetchRest(file, part, options), options);
    const sha256 = await sha256OfFiles([part]);
    if (file.sha256 === null || sha256 === file.sha256) return sha256;
    await discard(part);
    if (!resumed) {
      const advice = "the file at this address is not the pinned one, and nothing was replaced";
      throw new HashError(file.url, file.sha256, sha256, advice);
    }
    resumed = false;
  }
}

/** One request for what is missing of `part`. */
async function fetchRest(file: PinnedFile, part: string, options: DownloadOptions): Promise<void> {
  const { url } = file;
  const have = await fileSize(part) ?? 0;
  if (have > 0 && have === file.bytes) return;
  // Encodings would make lengths and ranges speak of other bytes than the hash does.
  const headers = new Headers({ ...options.headers, "accept-encoding": "identity" });
  if (have > 0) {
    headers.set("range", `bytes=${have}-`);
    const etag = await readText(`${part}.etag`);
    if (etag) headers.set("if-range", etag);
  }
  const response = await request(url, { headers }, options, [200, 206, 416]);
  if (response.status === 416) {
    await response.body?.cancel();
    if (response.headers.get("content-range") === `bytes */${have}`) return;
    await discard(part);
    throw new TransferError(url, `the server cannot continue at byte ${have}; starting again`);
  }
  const range = contentRange(response.headers.get("content-range"));
  if (response.status === 206 && range?.start !== have) {
    await response.body?.cancel();
    await discard(part);
    throw new TransferError(url, `asked for bytes from ${have}, got ${response.headers.get("content-range")}`);
  }
  const start = response.status === 206 ? have : 0;
  const length = response.headers.get("content-length");
  const total = range?.total ?? (length === null ? file.bytes ?? null : start + Number(length));
  const etag = response.headers.get("etag");
  if (etag && !etag.startsWith("W/")) await Deno.writeTextFile(`${part}.etag`, etag);
  else await remove(`${part}.etag`);
  const size = await append(response, part, start, total, options, url).catch(async (error) => {
    if (error instanceof BodyTooLarge) await discard(part);
    throw error;
  });
  if (total !== null && size < total) throw new TransferError(url, `the body ended at byte ${size} of ${total}`);
  if (total !== null && size > total) {
    await discard(part);
    throw new TransferError(url, `the body has more than the ${total} bytes that were announced`);
  }
}

async function append(
  response: Response,
  part: string,
  start: number,
  total: number | null,
  options: DownloadOptions,
  url: string,
): Promise<number> {
  using out = await Deno.open(part, { write: true, create: true, truncate: start === 0, append: start > 0 });
  let size = start;
  const maxBytes = total === null ? (options.maxBytes ?? 64e9) - start : Infinity;
  for await (const piece of readBody(response, url, { stallMs: options.stallMs, maxBytes })) {
    for (let written = 0; written < piece.length;) written += await out.write(piece.subarray(written));
    size += piece.length;
    options.onProgress?.(size, total);
    // A body that goes on beyond its announced length may have no end.
    if (total !== null && size > total) break;
  }
  await out.sync();
  return size;
}

async function discard(part: string): Promise<void> {
  await remove(part);
  await remove(`${part}.etag`);
}

async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
