import { join } from "node:path";

const folder = decodeURIComponent(new URL("../../notebooks/", import.meta.url).pathname);

/**
 * Paths of the notebooks in reading order; `names` picks some by number or name (`03`, `03-simpson`).
 *
 * @throws when a name picks none.
 */
export async function notebookPaths(names: readonly string[] = []): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && entry.name.endsWith(".ipynb")) files.push(entry.name);
  }
  files.sort();
  const stems = names.map((name) => name.replace(/^.*\//, "").replace(/\.ipynb$/, ""));
  const unknown = stems.filter((stem) => !files.some((file) => file.startsWith(stem)));
  if (unknown.length) throw new Error(`no notebook is called ${unknown.join(", ")}; there are ${files.join(", ")}`);
  const chosen = stems.length ? files.filter((file) => stems.some((stem) => file.startsWith(stem))) : files;
  return chosen.map((file) => join(folder, file));
}
