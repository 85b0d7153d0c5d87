/** `deno task package`: the library as an npm package, for programs that run on Node. @module */
import { dirname, join } from "node:path";
import { command } from "./atl/command.ts";
import { textOr } from "./atl/options.ts";
import { done } from "./say.ts";

/** What a Node program needs only for some things: installed when asked for, named where it is missing. */
const OPTIONAL = [
  "@clickhouse/client",
  "@duckdb/node-api",
  "@huggingface/hub",
  "@resvg/resvg-js",
  "braintrust",
  "openai",
];

/** What stands for Deno's own functions on Node, pinned. */
const SHIM = { name: "@deno/shim-deno", version: "0.19.2" };

/** Builds the package into a folder, which is made anew. @throws {Error} with the words of what failed */
export async function buildPackage(out: string): Promise<void> {
  const work = await Deno.makeTempDir();
  try {
    await run(Deno.execPath(), ["pack", "--allow-dirty", "--output", join(work, "lab.tgz")]);
    await run("tar", ["xzf", join(work, "lab.tgz"), "-C", work]);
    const built = join(work, "package");
    const config = JSON.parse(await Deno.readTextFile("deno.json"));
    const found = JSON.parse(await Deno.readTextFile(join(built, "package.json")));
    const { pinned, optional } = dependenciesOf(found.dependencies, config.imports);
    const manifest = {
      ...found,
      name: "agent-trace-lab",
      description: "Load the traces of agents, judge them, and say what explains success, cost and failure",
      engines: { node: ">=22" },
      dependencies: pinned,
      optionalDependencies: optional,
    };
    await Deno.writeTextFile(join(built, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    await inlineTexts(built);
    await lower(built);
    await shim(built, found.exports);
    await Deno.remove(out, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    await Deno.mkdir(out, { recursive: true });
    await run("cp", ["-r", `${built}/.`, out]);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** Versions as `deno.json` pins them; a range would let a package in that was never tried here. */
function dependenciesOf(found: Record<string, string>, imports: Record<string, string>) {
  const version = (name: string) => {
    const specifier = imports[name];
    if (!specifier) throw new Error(`deno.json does not pin ${name}`);
    return specifier.slice(specifier.lastIndexOf("@") + 1);
  };
  // Arquero's newest flechette needs a package that the registry does not have.
  const names = [...Object.keys(found), "@uwdata/flechette", "@expo-google-fonts/inter"].sort();
  const own = (wanted: (name: string) => boolean) =>
    Object.fromEntries(names.filter(wanted).map((name) => [name, version(name)]));
  return {
    pinned: { ...own((name) => !OPTIONAL.includes(name)), [SHIM.name]: SHIM.version },
    optional: own((name) => OPTIONAL.includes(name)),
  };
}

/** Files that are imported as text, which Node does not do, become modules beside them. */
async function inlineTexts(folder: string): Promise<void> {
  const texts = new Set<string>();
  for (const file of await scripts(folder)) {
    const code = await Deno.readTextFile(file);
    const changed = code.replaceAll(TEXT_IMPORT, (_, name: string, path: string) => {
      texts.add(join(dirname(file), path));
      return `import ${name} from "${path}.text.js"`;
    });
    if (changed !== code) await Deno.writeTextFile(file, changed);
  }
  for (const path of texts) {
    await Deno.writeTextFile(`${path}.text.js`, `export default ${JSON.stringify(await Deno.readTextFile(path))};\n`);
    await Deno.remove(path);
  }
}

const TEXT_IMPORT = /import (\w+) from ["']([^"']+)["'] with\s*\{\s*type:\s*["']text["']\s*\}/g;

/** Every script below a folder. */
async function scripts(folder: string): Promise<string[]> {
  return (await Array.fromAsync(
    Deno.readDir(folder),
    ({ name, isDirectory }) =>
      isDirectory ? scripts(join(folder, name)) : Promise.resolve(name.endsWith(".js") ? [join(folder, name)] : []),
  )).flat();
}

/** Syntax that Node 22 does not have (`using`) in words that it has. */
async function lower(folder: string): Promise<void> {
  const { transform, stop } = await import("esbuild");
  for (const file of await scripts(folder)) {
    const { code } = await transform(await Deno.readTextFile(file), { loader: "js", format: "esm", target: "node22" });
    await Deno.writeTextFile(file, code);
  }
  await stop();
}

/** On Node every door first puts Deno's functions where the library looks for them. */
async function shim(built: string, doors: Record<string, { import: string }>): Promise<void> {
  const text = await Deno.readTextFile(new URL("package/on_node.js.txt", import.meta.url));
  await Deno.writeTextFile(join(built, "lib/on_node.js"), text);
  for (const { import: path } of Object.values(doors)) {
    const depth = path.split("/").length - 3;
    const from = depth === 0 ? "./on_node.js" : `${"../".repeat(depth)}on_node.js`;
    const file = join(built, path);
    await Deno.writeTextFile(file, `import "${from}";\n${await Deno.readTextFile(file)}`);
  }
}

async function run(command: string, args: string[]): Promise<void> {
  const { code, stderr } = await new Deno.Command(command, { args, stdout: "null", stderr: "piped" }).output();
  if (code !== 0) {
    throw new Error(`${command} ${args[0]}: ${new TextDecoder().decode(stderr).trim().split("\n").at(-1)}`);
  }
}

export default command({
  about:
    `Builds the package that Node programs import (JavaScript and types, made by deno pack). Publish it from there with
npm publish; deno publish publishes the sources to JSR.`,
  options: { out: textOr("--out", "DIR", "out/npm", "where the package is built") },
  async run({ out }) {
    await buildPackage(out);
    done(`${out}: ready for npm publish`);
  },
});
