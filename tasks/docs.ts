/** `atl docs`: what the documents take from the program: its help, and the schema of its settings. @module */
import { z } from "zod";
import { writeWhole } from "../lib/io/mod.ts";
import { command, isRaw } from "./atl/command.ts";
import { COMMANDS } from "./atl/commands.ts";
import { configSchema } from "./atl/config.ts";
import { programHelp } from "./atl/help.ts";
import { readArguments } from "./atl/program.ts";
import { done } from "./say.ts";

/** The page of all commands: what each says with `--help`. */
export async function commandsPage(): Promise<string> {
  const chapters = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
      const { default: loaded } = await load();
      const read = isRaw(loaded)
        ? { shown: `Usage: atl ${name} ...\n\n${loaded.about}` }
        : readArguments(name, loaded, ["--help"]);
      return `## ${name}\n\n${summary}.\n\n${fenced("shown" in read ? read.shown : "")}`;
    }),
  );
  return [
    "# Commands",
    "",
    "Made by `deno task docs` from what the program itself says with `--help`. In a clone each command is a task as well:",
    "`deno task report` is `atl report` with the permissions that it needs and no others.",
    "",
    fenced(programHelp()),
    "",
    chapters.join("\n\n"),
    "",
  ].join("\n");
}

/** The JSON schema of `atl.json`, for editors. */
export function configJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(configSchema, { io: "input" }), null, 2)}\n`;
}

const fenced = (text: string) => `\`\`\`text\n${text}\n\`\`\``;

/** The documents that are made, and what each holds. */
export const DOCUMENTS = {
  "docs/commands.md": commandsPage,
  "docs/atl.schema.json": () => Promise.resolve(configJsonSchema()),
} as const;

export default command({
  about: "Writes docs/commands.md and docs/atl.schema.json anew; a test holds them against the program.",
  options: {},
  async run() {
    for (const [path, made] of Object.entries(DOCUMENTS)) {
      await writeWhole(decodeURIComponent(new URL(`../${path}`, import.meta.url).pathname), await made());
      done(path);
    }
  },
});
