import type { Config } from "./config.ts";
import type { Command } from "./command.ts";
import { SETTINGS } from "./shared.ts";

/** Variables that say what an option says; they stand above a file of settings. */
const VARIABLES: Partial<Record<keyof typeof SETTINGS, string>> = {
  source: "TRACES_SOURCE",
  mapping: "TRACES_MAPPING",
};

/**
 * A command line with what the settings say where it says nothing itself. Only options that commands share have settings: an
 * option of the same name that is declared by a command itself is another one.
 */
export function filled(
  { options }: Pick<Command, "options">,
  values: Readonly<Record<string, unknown>>,
  config: Config,
  variable: (name: string) => string | undefined = (name) => Deno.env.get(name),
): Record<string, unknown> {
  const out = { ...values };
  for (const name of Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]) {
    if (options[name] !== SETTINGS[name] || out[name] !== undefined || config[name] === undefined) continue;
    const set = VARIABLES[name];
    if (set !== undefined && variable(set)) continue;
    // A source that stands by itself is one that the command line gives.
    if (name === "source" && out["word"] !== undefined) continue;
    out[name] = config[name];
  }
  return out;
}
