import { delimiter, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the project. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where files of the internet are looked for, before the internet is. */
export interface Locations {
  /** Downloads land here, each under its URL's host and path. */
  cacheDir: string;
  /** Folders of the same layout that others keep; read, never written. */
  mirrors: readonly string[];
}

/**
 * `data/cache/`, and the folders of `TRACES_MIRROR` (separated as in PATH; relative ones start at the project's folder,
 * wherever the program was started).
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { defaultLocations } from "agent-trace-lab/sources";
 * equal(defaultLocations(() => undefined).cacheDir !== "", true);
 * ```
 */
export function defaultLocations(env: (name: string) => string | undefined = (name) => Deno.env.get(name)): Locations {
  const mirrors = (env("TRACES_MIRROR") ?? "").split(delimiter).filter((folder) => folder !== "");
  return {
    cacheDir: join(ROOT, "data", "cache"),
    mirrors: mirrors.map((folder) => isAbsolute(folder) ? folder : join(ROOT, folder)),
  };
}

/** Where a URL's file lies in a folder of this layout: `FOLDER/HOST/PATH`. */
export function pathInFolder(folder: string, url: string): string {
  const { host, pathname } = new URL(url);
  return join(folder, host, pathname);
}

/** A copy of a URL's file that is already on this machine. */
export interface LocalCopy {
  /** Of the file on this machine. */
  path: string;
  /** Which kind of folder has it. */
  from: "cache" | "mirror";
}

/** The first copy of a URL's file: cache, then each mirror in order; null when there is none. */
export async function findLocal(url: string, { cacheDir, mirrors }: Locations): Promise<LocalCopy | null> {
  for (const [i, folder] of [cacheDir, ...mirrors].entries()) {
    const path = pathInFolder(folder, url);
    if (await fileSize(path) !== null) return { path, from: i === 0 ? "cache" : "mirror" };
  }
  return null;
}

/** Bytes in a file, null when there is no such file. */
export async function fileSize(path: string): Promise<number | null> {
  try {
    const { isFile, size } = await Deno.stat(path);
    return isFile ? size : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}
