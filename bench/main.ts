/**
 * Runs a benchmark: `deno task bench NAME [OPTIONS]`. Each is a file of this folder that exports `run(args)`.
 *
 * @module
 */
const NAME = /^(?!main)[a-z]+\.ts$/;

const names = [...Deno.readDirSync(new URL(".", import.meta.url))].map(({ name }) => name)
  .filter((name) => NAME.test(name)).map((name) => name.slice(0, -3)).sort();
const [name, ...args] = Deno.args;
if (!name || !names.includes(name)) {
  const asked = name === undefined || name === "--help" ? "" : `There is no benchmark "${name}". `;
  console.error(`${asked}deno task bench NAME [--help]; NAME is one of: ${names.join(", ")}`);
  Deno.exit(name === "--help" ? 0 : 2);
}
const { run } = await import(new URL(`${name}.ts`, import.meta.url).href) as { run(args: string[]): Promise<number> };
Deno.exit(await run(args));
