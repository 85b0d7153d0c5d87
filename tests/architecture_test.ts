import { deepEqual, equal, ok } from "node:assert/strict";
import { brokenArrows, brokenNotebookImports, type Module } from "./support/architecture.ts";
import { needs } from "./support/needs.ts";
import { parseNotebook, sourceOf } from "../tasks/notebooks/ipynb.ts";
import { notebookPaths } from "../tasks/notebooks/list.ts";

const root = new URL("../", import.meta.url);

async function libModules(): Promise<Module[]> {
  const files = await tsFiles(new URL("lib/", root));
  // One entry that imports every module gives the whole graph in one call.
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(entry, files.map((file) => `import "${file}";`).join("\n"));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--config", decodeURIComponent(new URL("deno.json", root).pathname), entry],
    stdout: "piped",
    stderr: "piped",
  }).output().finally(() => Deno.remove(entry));
  equal(code, 0, new TextDecoder().decode(stderr));
  const graph = JSON.parse(new TextDecoder().decode(stdout)) as {
    modules: {
      specifier: string;
      dependencies?: { specifier: string; code?: { specifier: string }; type?: { specifier: string } }[];
    }[];
  };
  const relative = (specifier: string) =>
    specifier.startsWith(root.href) ? specifier.slice(root.href.length) : specifier;
  const modules = graph.modules.filter((m) => relative(m.specifier).startsWith("lib/") && m.specifier.endsWith(".ts"));
  return await Promise.all(modules.map(async (m) => ({
    path: relative(m.specifier),
    imports: (m.dependencies ?? []).map((d) => {
      const resolved = (d.code ?? d.type)?.specifier ?? d.specifier;
      return { target: resolved.startsWith("file:") ? relative(resolved) : d.specifier, typeOnly: !d.code };
    }),
    text: await Deno.readTextFile(new URL(m.specifier)),
  })));
}

async function tsFiles(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) found.push(...await tsFiles(new URL(`${entry.name}/`, folder)));
    else if (entry.name.endsWith(".ts")) found.push(new URL(entry.name, folder).href);
  }
  return found.sort();
}

needs(["read", "write", "run"], "the library's module graph follows the design's arrows", async () => {
  const modules = await libModules();
  ok(modules.length > 10, `only ${modules.length} modules were found`);
  deepEqual(brokenArrows(modules), []);
});

needs(["read"], "notebooks import the doors of layers and nothing else", async () => {
  const broken: string[] = [];
  for (const path of await notebookPaths()) {
    const { cells } = parseNotebook(await Deno.readTextFile(path), path);
    for (const cell of cells.filter((c) => c.cell_type === "code")) {
      broken.push(...brokenNotebookImports(path, sourceOf(cell)));
    }
  }
  deepEqual(broken, []);
});

const module = (path: string, target: string, typeOnly = false, text = ""): Module => ({
  path,
  imports: [{ target, typeOnly }],
  text,
});

for (
  const [sentence, broken] of [
    ["a figure that counts", module("lib/figures/a.ts", "lib/analysis/mod.ts")],
    ["statistics that load", module("lib/stats/a.ts", "lib/sources/mod.ts")],
    ["an analysis that draws", module("lib/analysis/a.ts", "@observablehq/plot")],
    ["an analysis that knows DuckDB", module("lib/analysis/a.ts", "@duckdb/node-api")],
    ["a second network client of the judge", module("lib/judge/panel.ts", "openai")],
    ["a row type that imports a layer", module("lib/model/a.ts", "lib/stats/mod.ts", true)],
    ["statistics with chance", module("lib/stats/a.ts", "lib/model/mod.ts", false, "const x = Math.random();")],
    ["a figure that reads a file", module("lib/figures/a.ts", "lib/model/mod.ts", false, "Deno.readTextFile(p)")],
    ["a module outside the layers", module("lib/utils/a.ts", "lib/model/mod.ts")],
    ["a library module that imports a test", module("lib/stats/a.ts", "tests/support/needs.ts")],
  ] as const
) {
  Deno.test(`the architecture test fails on ${sentence}`, () => equal(brokenArrows([broken]).length, 1));
}

Deno.test("the architecture test lets a figure know an analysis' types", () => {
  deepEqual(brokenArrows([module("lib/figures/a.ts", "lib/analysis/mod.ts", true)]), []);
});

Deno.test("the architecture test fails on a notebook that imports a package or an inner module", () => {
  equal(
    brokenNotebookImports("n", `import { a } from "../lib/stats/mod.ts"; import * as aq from "arquero";`).length,
    1,
  );
  equal(brokenNotebookImports("n", `const { b } = await import("../lib/stats/intervals/wilson.ts");`).length, 1);
});
