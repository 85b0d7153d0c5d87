import { parseArgs } from "node:util";

/** Options of a benchmark as text, with these defaults; null where its help was asked for, which is printed then. */
export function optionsOf<K extends string>(
  args: string[],
  help: string,
  defaults: Readonly<Record<K, string>>,
): Record<K, string> | null {
  const options = Object.fromEntries(
    Object.entries<string>(defaults).map(([name, value]) => [name, { type: "string" as const, default: value }]),
  );
  const { values } = parseArgs({ args, options: { ...options, help: { type: "boolean", default: false } } });
  if (!values["help"]) return values as unknown as Record<K, string>;
  console.log(help);
  return null;
}

/** Where a benchmark writes its results, unless told. */
export const resultsFile = (name: string): string =>
  decodeURIComponent(new URL(`results/${name}.json`, import.meta.url).pathname);
