import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultLocations } from "./cache.ts";

/**
 * A script for a browser, bundled by `deno bundle` from packages that are here (nothing is asked of a network), and kept in the
 * cache until one of its sources changes.
 *
 * @param entry the module that the page runs
 * @param folders of its sources, which say whether what is kept is still good
 * @throws {Error} with the bundler's words where it fails
 */
export async function bundledScript(entry: URL, folders: readonly URL[]): Promise<string> {
  const sources = (await Promise.all([new URL(".", entry), ...folders].map(sourcesOf))).flat();
  const key = new TextEncoder().encode(JSON.stringify([Deno.version, entry.pathname.split("/").at(-1), sources]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", key));
  const path = join(defaultLocations().cacheDir, "view", `page-${digest.slice(0, 8).toHex()}.js`);
  return await Deno.readTextFile(path).catch(() => null) ?? await bundled(fileURLToPath(entry), path);
}

async function sourcesOf(folder: URL): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) if (isFile) names.push(name);
  return await Promise.all(names.sort().map((name) => Deno.readTextFile(new URL(name, folder))));
}

async function bundled(entry: string, path: string): Promise<string> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  const part = `${path}.${crypto.randomUUID()}.part.js`;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", "--minify", "--output", part, entry],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`the page could not be bundled: ${new TextDecoder().decode(stderr).trim()}`);
  await Deno.rename(part, path);
  return await Deno.readTextFile(path);
}
