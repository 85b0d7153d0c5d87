import { object, or } from "@optique/core/constructs";
import { runParser } from "@optique/core/facade";
import { command as named } from "@optique/core/primitives";
import { print } from "../say.ts";
import { isRaw } from "./command.ts";
import { COMMANDS, type Entry } from "./commands.ts";
import { said } from "./options.ts";
import { parserOf } from "./parser.ts";
import { EXIT, UsageError } from "./usage.ts";

const SHELLS = ["bash", "zsh", "fish"];

/**
 * `atl completion SHELL`: the script that a shell reads; with words behind it, what may stand there: the script asks so. Only
 * the command that is being completed is loaded.
 */
export async function completion([shell, ...words]: readonly string[]): Promise<number> {
  if (shell === undefined || !SHELLS.includes(shell)) {
    throw new UsageError(
      `expected one of ${SHELLS.join(", ")}, found ${shell ?? "nothing"}: atl completion bash > FILE`,
    );
  }
  const parsers = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
      const inside = words.length > 1 && words[0] === name;
      return named(name, inside ? await parserOfLoaded(load) : object({}), { brief: said(summary) });
    }),
  );
  const [first, second, ...rest] = parsers;
  runParser(or(first!, second!, ...rest), "atl", ["completion", shell, ...words], {
    completion: { command: true, onShow: () => null },
    stdout: print,
    onError: () => null,
  });
  return EXIT.done;
}

async function parserOfLoaded(load: Entry["load"]) {
  const { default: command } = await load();
  return isRaw(command) ? object({}) : parserOf(command);
}
