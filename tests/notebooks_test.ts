import { deepEqual, equal, ok } from "node:assert/strict";
import { basename, join } from "node:path";
import { environmentOf } from "../tasks/notebooks/environment.ts";
import { executeNotebook, kernelEnvironment } from "../tasks/notebooks/execute.ts";
import { lostOutputs, notebookText, parseNotebook, showsOf } from "../tasks/notebooks/ipynb.ts";
import { notebookPaths } from "../tasks/notebooks/list.ts";
import { needs } from "./support/needs.ts";

const root = decodeURIComponent(new URL("../", import.meta.url).pathname);

/** Whether nbconvert can be started; without it the notebooks cannot be run here. */
async function nbconvertIsHere(): Promise<boolean> {
  try {
    const command = new Deno.Command(Deno.env.get("NBCONVERT") ?? "jupyter-nbconvert", {
      args: ["--version"],
      stdout: "null",
      stderr: "null",
    });
    return (await command.output()).success;
  } catch {
    return false;
  }
}

needs(["read"], "every cell that shows something is committed with its output", async () => {
  const paths = await notebookPaths();
  ok(paths.length > 0);
  for (const path of paths) {
    const notebook = parseNotebook(await Deno.readTextFile(path), path);
    deepEqual(lostOutputs(notebook), [], path);
    ok(notebook.cells.some((cell) => showsOf(cell) > 0), `${path} shows nothing`);
  }
});

needs(["read"], "no function is declared in a notebook, and cells stay short", async () => {
  for (const path of await notebookPaths()) {
    const { cells } = parseNotebook(await Deno.readTextFile(path), path);
    for (const cell of cells.filter((c) => c.cell_type === "code")) {
      const source = [cell.source].flat().join("");
      equal(/^\s*(async )?function\b/m.test(source), false, `${path}: ${source.slice(0, 80)}`);
      ok(source.split("\n").length <= 24, `${path}: a cell of ${source.split("\n").length} lines`);
    }
  }
});

async function runningChangesNothing(t: Deno.TestContext): Promise<void> {
  const figures = await Deno.makeTempDir();
  const environment = { ...await kernelEnvironment(), TRACES_SOURCE: "replica", TRACES_FIGURES: figures };
  const paths = await notebookPaths();
  try {
    const texts = new Map<string, string>();
    await Promise.all([0, 1].map(async (lane) => {
      for (let i = lane; i < paths.length; i += 2) {
        texts.set(
          paths[i]!,
          notebookText(
            (await executeNotebook(paths[i]!, environmentOf(paths[i]!, environment), { onSameData: true })).notebook,
          ),
        );
      }
    }));
    for (const path of paths) {
      await t.step(
        basename(path),
        async () => equal(texts.get(path) === await Deno.readTextFile(path), true, "outputs differ"),
      );
    }
    for await (const { name } of Deno.readDir(figures)) {
      await t.step(name, async () => {
        const [drawn, committed] = await Promise.all([
          Deno.readFile(join(figures, name)),
          Deno.readFile(join(root, "figures", name)),
        ]);
        ok(
          drawn.length === committed.length && drawn.every((byte, i) => byte === committed[i]),
          "the picture differs",
        );
      });
    }
  } finally {
    await Deno.remove(figures, { recursive: true });
  }
}

/** Names of the published study's suites, harnesses and models, and what only its text can be called. */
const OF_THE_STUDY = /swe-?bench|appworld|browsecomp|tau2|claude|gpt-4\.1|gemini|kimi|published/i;

/** Own sessions through the notebooks about the study: none fails, and no output tells their owner of somebody else's. */
async function ownSessionsAreOwn(t: Deno.TestContext): Promise<void> {
  const figures = await Deno.makeTempDir();
  const source = join(root, "data/examples/sessions.jsonl");
  const environment = { ...await kernelEnvironment(), TRACES_SOURCE: source, TRACES_FIGURES: figures };
  // What 01 and 02 show beside the sessions (an invented trace, the rubrics, a judge's price) has names of the study's kind.
  const paths = (await notebookPaths()).filter((path) => /\/0[3-8]-/.test(path));
  try {
    await Promise.all([0, 1].map(async (lane) => {
      for (let i = lane; i < paths.length; i += 2) {
        const { notebook } = await executeNotebook(paths[i]!, environment);
        const said = notebook.cells.flatMap((cell) => (cell.outputs ?? []).map((output) => JSON.stringify(output)))
          .map((text) => text.replaceAll(/[\w+/]{200,}=*/g, ""));
        await t.step(basename(paths[i]!), () => {
          ok(said.length > 3, `${said.length} outputs`);
          deepEqual(said.flatMap((text) => OF_THE_STUDY.exec(text)?.[0] ?? []), []);
        });
      }
    }));
  } finally {
    await Deno.remove(figures, { recursive: true });
  }
}

const name = "running the notebooks changes nothing in them or in the figures";
const mayRun = Deno.permissions.querySync({ name: "run" }).state === "granted";
const canRun = !mayRun || await nbconvertIsHere();
for (
  const [title, fn] of [
    [name, runningChangesNothing],
    ["own sessions run through all notebooks, and are told of nothing that is the study's", ownSessionsAreOwn],
  ] as const
) {
  if (canRun) needs(["read", "write", "net", "env", "run", "ffi", "sys"], title, fn);
  else {
    const why = "nbconvert is not here; ./run test finds or installs it";
    Deno.test({ name: `${title} (skipped: ${why})`, ignore: true, fn });
  }
}
