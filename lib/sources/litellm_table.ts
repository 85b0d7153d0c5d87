import { jsonFault } from "../model/json_fault.ts";
import { basename } from "node:path";
import { defaultLocations, fileSize, pathInFolder } from "../io/cache.ts";
import { cachedDownload, type Downloaded, type DownloadOptions } from "../io/download.ts";
import { isCommit } from "./hub/hub.ts";
import { writeWhole } from "../io/write.ts";

/** The commit of BerriAI/litellm whose prices are fetched unless another ref is given. */
export const LITELLM_COMMIT = "00035b69f416be24e2e323c13198d9b7d2d1bdf9";

/**
 * Address of LiteLLM's price table at a commit, tag or branch.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { litellmUrl } from "agent-trace-lab/sources";
 * equal(litellmUrl("main").startsWith("https://"), true);
 * ```
 */
export function litellmUrl(ref: string): string {
  return `https://raw.githubusercontent.com/BerriAI/litellm/${ref}/model_prices_and_context_window.json`;
}

/** The price table as fetched. */
export interface PriceTable extends Downloaded {
  /** Where it is from. */
  url: string;
  /** What the bytes were checked against. */
  checked: "the sha256 given" | "the sha256 found at the first download" | "nothing";
  /** What it says, unchecked. */
  json: unknown;
}

/**
 * Fetches LiteLLM's price table. Only the address pins it: nobody states its hash, so unless `sha256` is given the
 * one found at the first download is written beside the file (`FILE.sha256`) and later ones are checked against it. An
 * address of a tag or branch may change its content: it is fetched anew each time, and checked against a given hash only.
 *
 * @throws {HashError} when the bytes are others than those given or found before
 * @throws {Error} when it is not JSON
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { litellmTable, litellmUrl } from "agent-trace-lab/sources";
 * // Asked of cache and mirrors alone, with the hash of the table that is wanted.
 * const pinned = { url: litellmUrl("main"), sha256: "0".repeat(64) };
 * const why = await litellmTable(pinned, { allowNetwork: false, mirrors: [] }).catch((error: Error) => error.message);
 * equal(typeof why, "string");
 * ```
 */
export async function litellmTable(
  pinned: { url?: string; sha256?: string },
  options: Partial<DownloadOptions> = {},
): Promise<PriceTable> {
  const url = pinned.url ?? litellmUrl(LITELLM_COMMIT);
  const settings = {
    ...defaultLocations(),
    allowNetwork: false,
    command: "deno task fetch prices",
    ...options,
    fresh: !new URL(url).pathname.split("/").some(isCommit),
  };
  const note = `${pathInFolder(settings.cacheDir, url)}.sha256`;
  const found = pinned.sha256 === undefined && !settings.fresh ? await recorded(note) : null;
  const file = await cachedDownload({ url, sha256: pinned.sha256 ?? found }, settings);
  if (file.from !== "mirror") await writeWhole(note, `${file.sha256}  ${basename(file.path)}\n`);
  const checked = pinned.sha256 !== undefined
    ? "the sha256 given"
    : found === null
    ? "nothing"
    : "the sha256 found at the first download";
  return { ...file, url, checked, json: parse(await Deno.readTextFile(file.path), url) };
}

async function recorded(note: string): Promise<string | null> {
  if (await fileSize(note) === null) return null;
  const hash = (await Deno.readTextFile(note)).slice(0, 64);
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    throw new Error(`${note}: expected a sha256 as sha256sum writes it; delete the file`);
  }
  return hash;
}

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${url}: expected JSON, found something else (${jsonFault(error)})`);
  }
}
