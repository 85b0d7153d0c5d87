import { join } from "node:path";
import { lostOutputs, type Notebook, parseNotebook, stripNotebook } from "./ipynb.ts";

/** Where a run's kernel specification and working files are kept. */
export const TOOLS = decodeURIComponent(new URL("../../.tools/", import.meta.url).pathname);

/**
 * Writes a kernel specification `deno` for the Deno that runs this, inside the project, and returns the environment that
 * makes Jupyter use it and leave the user's own Jupyter folders alone.
 */
export async function kernelEnvironment(): Promise<Record<string, string>> {
  const data = join(TOOLS, "jupyter");
  const folder = join(data, "kernels", "deno");
  await Deno.mkdir(folder, { recursive: true });
  const spec = {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
  };
  const part = join(folder, `kernel.${crypto.randomUUID()}`);
  await Deno.writeTextFile(part, JSON.stringify(spec, null, 1));
  await Deno.rename(part, join(folder, "kernel.json"));
  return {
    JUPYTER_PATH: data,
    JUPYTER_RUNTIME_DIR: join(TOOLS, "jupyter", "runtime"),
    JUPYTER_CONFIG_DIR: join(TOOLS, "jupyter", "config"),
    IPYTHONDIR: join(TOOLS, "jupyter", "ipython"),
    NO_COLOR: "1",
  };
}

/** What running one notebook took. */
export interface Execution {
  notebook: Notebook;
  seconds: number;
}

/**
 * Runs a notebook top to bottom in a fresh Deno kernel and returns it stripped of what differs between runs. The file is
 * left as it is. A run whose outputs arrived too late is repeated, `attempts` times in all.
 *
 * @param onSameData whether it shows no less than the file says: what it shows on a condition is then missed too
 *
 * @throws with the failing cell's error as nbconvert reports it, or naming the cells whose outputs were lost.
 */
export async function executeNotebook(
  path: string,
  environment: Record<string, string>,
  { attempts = 3, onSameData = false } = {},
): Promise<Execution> {
  const nbconvert = Deno.env.get("NBCONVERT") ?? "jupyter-nbconvert";
  const folder = await Deno.makeTempDir({ prefix: "atl-notebook-" });
  const started = performance.now();
  try {
    let lost: string[] = [];
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { success, stderr } = await new Deno.Command(nbconvert, {
        args: [
          "--to",
          "notebook",
          "--execute",
          "--ExecutePreprocessor.kernel_name=deno",
          "--ExecutePreprocessor.record_timing=False",
          "--ExecutePreprocessor.timeout=900",
          "--output-dir",
          folder,
          "--output",
          "executed.ipynb",
          path,
        ],
        env: environment,
        stdout: "null",
        stderr: "piped",
      }).output().catch((error) => {
        throw new Error(`${nbconvert} could not be started (${error.message}); ./run notebooks finds or installs it`);
      });
      if (!success) throw new Error(`${path} failed:\n${cellError(new TextDecoder().decode(stderr))}`);
      const executed = join(folder, "executed.ipynb");
      const notebook = stripNotebook(parseNotebook(await Deno.readTextFile(executed), path));
      lost = lostOutputs(notebook, onSameData ? parseNotebook(await Deno.readTextFile(path), path) : undefined);
      if (!lost.length) return { notebook, seconds: (performance.now() - started) / 1000 };
    }
    throw new Error(`${path}: outputs were lost in ${attempts} runs: ${lost.join("; ")}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * What went wrong, from nbconvert's own traceback: the cell and its error, without the way through Python and the error's
 * repetition at the end. Where there is none of that, the last lines.
 */
export function cellError(text: string): string {
  const [, told] = /An error occurred while executing the following cell:\n([\s\S]*)$/.exec(text.trimEnd()) ?? [];
  if (told === undefined) return text.trimEnd().split("\n").slice(-30).join("\n");
  const lines = told.split("\n");
  const last = lines.at(-1)!;
  return (lines.indexOf(last) < lines.length - 1 ? lines.slice(0, -1) : lines).join("\n").trimEnd();
}
