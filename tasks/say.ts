import { WriteError, writeError } from "../lib/io/mod.ts";
import { terminalText } from "../lib/model/mod.ts";
import { redactSecrets } from "../lib/traces/mod.ts";

/** A text as a command shows it: without secrets, and with control characters shown instead of sent to the terminal. */
export const shown = (text: string): string => terminalText(redactSecrets(text).text);

/** Says something on standard output. */
export function say(text: string): void {
  console.log(shown(text));
}

/** Says something on standard error: what is beside the answer. */
export function note(text: string): void {
  console.error(shown(text));
}

/** What a command says when it fails: its name and, on one line, what is wrong and what to do. */
export function failure(command: string, error: unknown): string {
  const told = writeError(placeOf(error), error);
  const message = told instanceof WriteError || error instanceof Error ? (told as Error).message : String(error);
  return shown(`${command}: ${message.replaceAll(/\s*\n\s*/g, "; ")}`);
}

/** Where an error of the file system was met, as far as it says so. */
function placeOf(error: unknown): string {
  const found = error instanceof Error
    ? /: (?:open|mkdir|rename|remove|stat|writefile) '([^']+)'/.exec(error.message)
    : null;
  return found?.[1] ?? "a file";
}
