import { deepEqual, equal, ok } from "node:assert/strict";
import { brokenArrows, brokenNotebookImports, circles, type Module, studyWords } from "./support/architecture.ts";
import { needs } from "./support/needs.ts";
import { parseNotebook, sourceOf } from "../tasks/notebooks/ipynb.ts";
import { notebookPaths } from "../tasks/notebooks/list.ts";

const root = new URL("../", import.meta.url);

/** Lines with a word of the study that may stand outside `lib/study`: at most so many in a file. Only ever taken from. */
const STILL_SAID: Readonly<Record<string, number>> = {
  // The other name of a field that files of claims have had from the start.
  "lib/analysis/claims/claim_schema.ts": 3,
};

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

needs(["read", "write", "run"], "no modules of the library import one another in a circle", async () => {
  deepEqual(circles(await libModules()), []);
});

needs(["read", "write", "run"], "no word of the study stands outside lib/study", async () => {
  deepEqual(studyWords(await libModules(), STILL_SAID), []);
});

needs(["read"], "nothing but tasks, notebooks, benches and tests knows the study", async () => {
  const files = await tsFiles(new URL("lib/", root));
  const outside = files.map((file) => file.slice(root.href.length)).filter((path) => !path.startsWith("lib/study/"));
  const broken: string[] = [];
  for (const path of outside) {
    const text = await Deno.readTextFile(new URL(path, root));
    if (/from "[^"]*\/study\/[^"]*"/.test(text)) broken.push(path);
  }
  deepEqual(broken, []);
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

Deno.test("the architecture test fails on a circle, by a value, by a type, or over three modules", () => {
  const ring = (typeOnly: boolean) => [
    module("lib/stats/a.ts", "lib/stats/b.ts"),
    module("lib/stats/b.ts", "lib/stats/a.ts", typeOnly),
  ];
  deepEqual(circles(ring(false)), ["these import one another: lib/stats/a.ts, lib/stats/b.ts"]);
  deepEqual(circles(ring(true)).length, 1);
  const three = ["a", "b", "c"].map((name, i) => module(`lib/stats/${name}.ts`, `lib/stats/${"bca"[i]}.ts`, true));
  deepEqual(circles(three).length, 1);
  deepEqual(circles(three.slice(0, 2)), []);
});

Deno.test("the architecture test fails on a word of the study in code or in a comment, and says where", () => {
  for (
    const text of [
      'const reference = "tool_calling";',
      "// as published",
      "/** The model gpt-4.1. */",
      "const SWEBENCH = 1;",
      "const cap = 2_000_000;",
      "const rate = Exgentic;",
      "const complaints = shortlistingReasons();",
    ]
  ) {
    const found = studyWords([module("lib/stats/a.ts", "lib/model/mod.ts", false, `\n${text}`)]);
    equal(found.length, 1, text);
    ok(found[0]!.startsWith("lib/stats/a.ts:2 "));
  }
  const here = module("lib/study/a.ts", "lib/model/mod.ts", false, "published");
  deepEqual(studyWords([here]), []);
  deepEqual(studyWords([{ ...here, path: "lib/stats/a.ts" }], { "lib/stats/a.ts": 1 }), []);
});

Deno.test("the architecture test fails on a layer that knows the study", () => {
  equal(brokenArrows([module("lib/figures/a.ts", "lib/study/mod.ts", true)]).length, 1);
  equal(brokenArrows([module("lib/analysis/a.ts", "lib/study/names.ts")]).length, 1);
});

Deno.test("the architecture test lets a figure know an analysis' types", () => {
  deepEqual(brokenArrows([module("lib/figures/a.ts", "lib/analysis/mod.ts", true)]), []);
  deepEqual(brokenArrows([module("lib/figures/a.ts", "lib/analysis/cut_offs.ts")]), []);
});

Deno.test("the architecture test fails on a notebook that imports a package or an inner module", () => {
  equal(
    brokenNotebookImports("n", `import { a } from "../lib/stats/mod.ts"; import * as aq from "arquero";`).length,
    1,
  );
  equal(brokenNotebookImports("n", `const { b } = await import("../lib/stats/intervals/wilson.ts");`).length, 1);
});
