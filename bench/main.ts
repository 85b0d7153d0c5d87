/**
 * Runs a benchmark: `deno task bench NAME [OPTIONS]`. Each is a file of this folder that exports `run(args)`;
 * `main`, `measure`, `options` and `table` are what they share.
 *
 * @module
 */
const NAME = /^(?!(?:main|measure|options|table)\.)[a-z]+\.ts$/;

/** Runs the benchmark that the first word names; returns its exit code. */
export async function runBench([name, ...args]: string[]): Promise<number> {
  const names = [...Deno.readDirSync(new URL(".", import.meta.url))].map(({ name }) => name)
    .filter((name) => NAME.test(name)).map((name) => name.slice(0, -3)).sort();
  if (!name || !names.includes(name)) {
    const usage = `deno task bench NAME [--help]; NAME is one of: ${names.join(", ")}`;
    if (name === "--help" || name === "-h") {
      console.log(usage);
      return 0;
    }
    console.error(`bench: ${name === undefined ? "" : `there is no benchmark "${name}"; `}${usage}`);
    return 2;
  }
  const module = await import(new URL(`${name}.ts`, import.meta.url).href) as { run(args: string[]): Promise<number> };
  return await module.run(args);
}
