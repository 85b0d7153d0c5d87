import { runParser } from "@optique/core/facade";
import { formatMessage, type Message } from "@optique/core/message";
import { findSimilar } from "@optique/core/suggestion";
import { failure, print, speak, withTyped } from "../say.ts";
import { type Command, isRaw } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { readConfig } from "./config.ts";
import { completion } from "./completion.ts";
import { loadEnvFile } from "./env_file.ts";
import { filled } from "./fill.ts";
import { commandHelp, programHelp } from "./help.ts";
import { parserOf } from "./parser.ts";
import { EXIT, meant, UsageError } from "./usage.ts";
import { version } from "./version.ts";

/** Runs a command line and returns its exit code. What fails is told in one line on standard error. */
export async function atl(args: readonly string[]): Promise<number> {
  const { name, rest } = split(args);
  try {
    loadEnvFile();
    if (name === "completion") return await completion(rest);
    if (name === undefined) return programAlone(rest);
    const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!entry) throw new UsageError(unknownCommand(name));
    const { default: command } = await entry.load();
    return isRaw(command) ? await command.raw(rest) : await runCommand(name, command, rest);
  } catch (error) {
    console.error(failure(name !== undefined && Object.hasOwn(COMMANDS, name) ? name : "atl", error));
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

/** The name of the command, and everything else: options may stand before it. */
function split(args: readonly string[]): { name: string | undefined; rest: string[] } {
  const at = args.findIndex((arg, i) => !arg.startsWith("-") && args[i - 1] !== "--config");
  return at < 0 ? { name: undefined, rest: [...args] } : { name: args[at], rest: args.toSpliced(at, 1) };
}

function programAlone(args: readonly string[]): number {
  if (args.includes("--version") || args.includes("-V")) {
    print(version());
    return EXIT.done;
  }
  const wrong = args.find((arg) => arg !== "--help" && arg !== "-h");
  if (wrong !== undefined) {
    const [near] = findSimilar(wrong, ["--help", "--version"]);
    throw new UsageError(`${wrong}: no command is named${near ? `; did you mean ${near}?` : ""}; see atl --help`);
  }
  if (args.length === 0) {
    console.error(programHelp());
    return EXIT.usage;
  }
  print(programHelp());
  return EXIT.done;
}

function unknownCommand(name: string): string {
  const there = [...Object.keys(COMMANDS), "completion"];
  const near = findSimilar(name, there);
  const instead = near.length ? `; did you mean ${near.join(" or ")}?` : `; there are ${there.join(", ")}`;
  return `there is no command "${name}"${instead}`;
}

async function runCommand(name: string, command: Command, args: readonly string[]): Promise<number> {
  const read = readArguments(name, command, args);
  if ("shown" in read) {
    print(withTyped(read.shown));
    return EXIT.done;
  }
  const { json = false, quiet = false, config, ...values } = read.values;
  speak({ json: json === true, quiet: quiet === true });
  const settings = meant(() => readConfig(typeof config === "string" ? config : null));
  return await command.run(filled(command, values, settings) as never, settings) ?? EXIT.done;
}

type Read = { values: Record<string, unknown> } | { shown: string };

/** Reads what stands behind a command's name; or what it asks to be shown. @throws {UsageError} in one line */
export function readArguments(name: string, command: Command, args: readonly string[]): Read {
  let shown = "";
  let wrong: Message | null = null;
  const values = runParser(parserOf(command), `atl ${name}`, args, {
    help: { option: { names: ["-h", "--help"], group: "Everywhere" }, onShow: () => null },
    version: { value: version(), option: { names: ["-V", "--version"], group: "Everywhere" }, onShow: () => null },
    showDefault: { prefix: " (default: ", suffix: ")" },
    showChoices: true,
    termWidth: "auto",
    maxWidth: 110,
    aboveError: "none",
    stdout: (text) => shown += `${text}\n`,
    stderr: () => {},
    onError: (_, message) => {
      wrong = message;
      return null;
    },
  });
  if (wrong !== null) {
    const text = formatMessage(wrong, { quotes: true }).replaceAll(/\s*\n\s*/g, " ").replaceAll("`", "").trim();
    throw new UsageError(`${sentence(text)} See atl ${name} --help`);
  }
  if (values !== null) return { values: values as Record<string, unknown> };
  return {
    shown: args.some((arg) => arg === "-V" || arg === "--version")
      ? shown.trimEnd()
      : commandHelp(name, command, shown),
  };
}

/** What is wrong, as the rest of a line that begins with the command's name. */
const sentence = (text: string) => `${text[0]?.toLowerCase()}${text.slice(1).replace(/[.?]?$/, (end) => end || ".")}`;
