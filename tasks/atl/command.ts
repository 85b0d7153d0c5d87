import type { InferValue, Parser } from "@optique/core/parser";
import type { Config } from "./config.ts";

/** Options and arguments of a command by the name that its code gives them. */
export type Declared = Readonly<Record<string, Parser<"sync", unknown, unknown>>>;

/** What a command line says, by the names of the declaration. */
export type Values<O extends Declared> = { -readonly [K in keyof O]: InferValue<O[K]> };

/** A subcommand: what its help says, what may stand behind its name, and what it does. */
export interface Command<O extends Declared = Declared> {
  /** What it does, in a few lines: paragraphs have an empty line between them. */
  about: string;
  options: O;
  /** Whether it has an answer that programs can read: `--json`. */
  json?: boolean;
  /** What stands below the options in its help. */
  more?: string;
  /** Does it, with the settings of `atl.json`. Returns the exit code where that is not 0. */
  run(values: Values<O>, settings: Config): Promise<number | void>;
}

/** A subcommand that gives its words to another program as they are. */
export interface RawCommand {
  about: string;
  raw(args: string[]): Promise<number>;
}

/** Whether a command reads its words itself. */
export const isRaw = (command: Command | RawCommand): command is RawCommand => "raw" in command;

/** A command, with the types of its options taken from their declaration. */
export const command = <const O extends Declared>(declared: Command<O>): Command => declared as unknown as Command;
