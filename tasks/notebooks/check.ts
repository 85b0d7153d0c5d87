/**
 * Types and lint of every notebook's code cells: `deno check` does not read notebooks, so the cells of each are laid out
 * as one module under notebooks/.check/ and checked there.
 *
 * @module
 */
import { basename, join } from "node:path";
import { parseNotebook, sourceOf } from "./ipynb.ts";
import { notebookPaths } from "./list.ts";

const root = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const folder = join(root, "notebooks", ".check");

/** Writes each notebook's cells as a module and returns the modules' paths. */
export async function extractCells(): Promise<string[]> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  const modules: string[] = [];
  for (const path of await notebookPaths()) {
    const { cells } = parseNotebook(await Deno.readTextFile(path), path);
    const code = cells.filter((cell) => cell.cell_type === "code")
      .map((cell) => sourceOf(cell).replaceAll('"../lib/', '"../../lib/')).join("\n\n");
    const module = join(folder, basename(path).replace(/\.ipynb$/, ".ts"));
    await Deno.writeTextFile(module, `${code}\nexport {};\n`);
    modules.push(module);
  }
  return modules;
}

if (import.meta.main) {
  const modules = await extractCells();
  if (modules.length) {
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", ...modules],
      stdout: "inherit",
      stderr: "inherit",
    }).output();
    if (code) {
      console.error("The cells above are in notebooks/NN-name.ipynb; line numbers count the code cells put together.");
      Deno.exit(code);
    }
  }
  console.log(`Checked the cells of ${modules.length} notebooks`);
}
