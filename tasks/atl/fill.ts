import type { Config } from "./config.ts";
import type { Command } from "./command.ts";
import { SETTINGS } from "./shared.ts";
import { UsageError } from "./usage.ts";

/** Variables that say what an option says; they stand above a file of settings. */
const VARIABLES: Partial<Record<keyof typeof SETTINGS, string>> = {
  source: "TRACES_SOURCE",
  mapping: "TRACES_MAPPING",
};

/**
 * A command line whose source is one, whether it stands by itself or behind its option, with what the settings say where
 * it says nothing itself. Only options that commands share have settings: an
 * option of the same name that is declared by a command itself is another one.
 */
export function filled(
  { options }: Pick<Command, "options">,
  values: Readonly<Record<string, unknown>>,
  config: Config,
  variable: (name: string) => string | undefined = (name) => Deno.env.get(name),
): Record<string, unknown> {
  const { word, ...rest } = values;
  const out: Record<string, unknown> = rest;
  if (word !== undefined && out["source"] !== undefined) {
    throw new UsageError(`give the source once; found ${word} and ${out["source"]}`);
  }
  if (word !== undefined) out["source"] = word;
  for (const name of Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]) {
    if (options[name] !== SETTINGS[name] || out[name] !== undefined || config[name] === undefined) continue;
    const set = VARIABLES[name];
    if (set !== undefined && variable(set)) continue;
    out[name] = config[name];
  }
  return out;
}
