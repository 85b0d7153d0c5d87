import { stripVTControlCharacters } from "node:util";
import { WriteError, writeError } from "../lib/io/mod.ts";
import { terminalText } from "../lib/model/mod.ts";
import { redactSecrets } from "../lib/traces/mod.ts";

/** How this run of the program speaks: set once, by what its command line says. */
const voice = { json: false, quiet: false };

/** Takes `--json` and `--quiet` for everything that is said from now on. */
export function speak({ json, quiet }: { json: boolean; quiet: boolean }): void {
  Object.assign(voice, { json, quiet });
}

/** Whether the answer is to be JSON. */
export const asJson = (): boolean => voice.json;

/** A text as a command shows it: without secrets, and with control characters shown instead of sent to the terminal. */
export const shown = (text: string): string => terminalText(redactSecrets(text).text);

/** Prints a text as it is: a command's own words, or an address with its key. */
export function print(text: string): void {
  console.log(text);
}

/** Says something on standard output: the answer in words. Beside an answer in JSON it goes to standard error. */
export function say(text: string): void {
  if (!voice.json) console.log(shown(text));
  else note(text);
}

/** Says what was done, such as which file was written. */
export function done(text: string): void {
  if (!voice.quiet) say(text);
}

/** Says something on standard error: what is beside the answer. */
export function note(text: string): void {
  if (!voice.quiet) console.error(shown(text));
}

/** The answer for programs, where it was asked for. */
export function answerJson(value: unknown): void {
  if (voice.json) console.log(shown(JSON.stringify(value, null, 2)));
}

const ROOT = decodeURIComponent(new URL("..", import.meta.url).pathname).replace(/\/$/, "");

/** Whether the command is run in the project's own folder. */
export const isInClone = (): boolean => Deno.cwd() === ROOT;

/** A command as it is typed where one is: a task in the project's own folder, elsewhere the program. */
export const typed = (command: string): string => `${isInClone() ? "deno task" : "atl"} ${command}`;

/** A text of the library whose commands are written as tasks, with them as they are typed where one is. */
export const withTyped = (text: string): string => text.replaceAll(/\bdeno task (?=[a-z]+\b)/g, typed(""));

/** What a command says when it fails: its name and, on one line, what is wrong and what to do. */
export function failure(command: string, error: unknown): string {
  const told = writeError(placeOf(error), error);
  const message = told instanceof WriteError || error instanceof Error ? (told as Error).message : String(error);
  return shown(`${command}: ${withTyped(stripVTControlCharacters(message).replaceAll(/\s*\n\s*/g, "; "))}`);
}

/** Where an error of the file system was met, as far as it says so. */
function placeOf(error: unknown): string {
  const found = error instanceof Error
    ? /: (?:open|mkdir|rename|remove|stat|writefile) '([^']+)'/.exec(error.message)
    : null;
  return found?.[1] ?? "a file";
}
