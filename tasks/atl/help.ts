import { object } from "@optique/core/constructs";
import { formatUsage, type Usage } from "@optique/core/usage";
import { needsText } from "../permissions.ts";
import type { Command } from "./command.ts";
import { COMMANDS } from "./commands.ts";

/** The list of commands. */
export function programHelp(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;
  const rows = (own: boolean) =>
    Object.entries(COMMANDS).filter(([, entry]) => (entry.own ?? false) === own)
      .map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`);
  return [
    "Usage: atl COMMAND [OPTIONS]",
    "",
    "Judges sessions of agents, and says what explains success, cost and failure.",
    "",
    ...rows(false),
    `  ${"completion".padEnd(width)}Print the script that completes commands and options: bash, zsh or fish`,
    "",
    "In a clone of the project:",
    ...rows(true),
    "",
    "atl COMMAND --help says more. Exit codes: 0 done, 1 failed, 2 a command line that cannot be meant, 3 done but not",
    "with all. Variables of .env in this folder are set where they are not yet; atl.json there holds settings",
    "(docs/config.md).",
  ].join("\n");
}

/**
 * A command's help: how it is called, what it does, its options, and what it may need of the machine.
 *
 * @param listed usage and options as the parser lists them
 */
export function commandHelp(name: string, { about, options, more }: Command, listed: string): string {
  const words = Object.entries(options).filter(([, { usage }]) => hasArgument(usage));
  const usage = formatUsage(`atl ${name} [OPTIONS]`, object(Object.fromEntries(words)).usage);
  const [, ...sections] = listed.trimEnd().split("\n\n");
  return [`Usage: ${usage}`, about, ...sections, more, needsText(name)].filter(Boolean).join("\n\n")
    .replaceAll(/\(default: "([^"]*)"\)/g, "(default: $1)").replaceAll(/ +$/gm, "");
}

function hasArgument(usage: Usage): boolean {
  return usage.some((term) => term.type === "argument" || "terms" in term && hasArgument(term.terms as Usage));
}
