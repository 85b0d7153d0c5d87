import { flag, text } from "./options.ts";

/** Options of every command. */
export const EVERYWHERE = {
  config: text("--config", "FILE", "settings of your own (default: atl.json where the command is run, if it is there)"),
  quiet: flag("--quiet", "say nothing but the answer, and errors"),
} as const;

/** The option of every command whose answer programs can read. */
export const JSON_OPTION = {
  json: flag("--json", "the answer as JSON on standard output; all else that is said goes to standard error"),
} as const;
