/** `deno task golden`: runs the R and Python scripts whose values the tests keep, and says what they give now. @module */
import { command, type Values } from "./atl/command.ts";
import { flag, rest } from "./atl/options.ts";
import { EXIT, UsageError } from "./atl/usage.ts";
import { differences } from "./golden/differences.ts";
import { note, say } from "./say.ts";
import { plural } from "../lib/model/plural.ts";

const FOLDER = new URL("../tests/golden/", import.meta.url);
const PROGRAMS: Record<string, string> = { R: "Rscript", py: "/usr/bin/python3" };

const options = {
  names: rest("NAME", "only scripts whose path contains one of these"),
  write: flag("--write", "keep what the scripts print now"),
} as const;

async function run({ names, write }: Values<typeof options>): Promise<number> {
  const scripts = (await scriptsIn(FOLDER)).filter((path) =>
    names.length === 0 || names.some((name) => path.includes(name))
  );
  if (scripts.length === 0) {
    throw new UsageError(`no script's path contains ${names.join(" or ")}; there are ${await scriptsIn(FOLDER)}`);
  }
  let failed = 0;
  for (const script of scripts) failed += await check(script, write) ? 0 : 1;
  return failed ? EXIT.failed : EXIT.done;
}

async function scriptsIn(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...(await scriptsIn(new URL(`${name}/`, folder))).map((path) => `${name}/${path}`));
    else if (name.slice(name.lastIndexOf(".") + 1) in PROGRAMS) found.push(name);
  }
  return found.sort();
}

/** Whether the script gives what is kept, or its program is not here. */
async function check(script: string, write: boolean): Promise<boolean> {
  const program = PROGRAMS[script.slice(script.lastIndexOf(".") + 1)]!;
  const path = decodeURIComponent(new URL(script, FOLDER).pathname);
  const kept = path.replace(/\.\w+$/, ".json");
  const output = await outputOf(program, path);
  if (output === null) {
    say(`${script}: ${program} is not on this machine; its kept values stand`);
    return true;
  }
  if (output.error !== null) {
    note(`${script}: ${program} failed:\n${output.error}`);
    return false;
  }
  if (write) {
    await Deno.writeTextFile(kept, output.text);
    say(`${script}: kept in ${kept}`);
    return true;
  }
  const tolerance = Number(/^# tolerance: (\S+)/m.exec(await Deno.readTextFile(path))?.[1] ?? 1e-6);
  const found = differences(JSON.parse(await Deno.readTextFile(kept)), JSON.parse(output.text), tolerance);
  say(
    `${script}: ${
      found.length === 0 ? `as kept, within ${tolerance}` : `${plural(found.length, "value differs", "values differ")}`
    }`,
  );
  for (const line of found.slice(0, 10)) say(`  ${line}`);
  return found.length === 0;
}

async function outputOf(program: string, path: string): Promise<{ text: string; error: string | null } | null> {
  try {
    const { code, stdout, stderr } = await new Deno.Command(program, { args: [path] }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { text: text(stdout), error: code === 0 ? null : text(stderr) };
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return null;
    throw cause;
  }
}

export default command({
  about:
    `Runs each script under tests/golden (NAME.R by Rscript, NAME.py by /usr/bin/python3) and compares what it prints
with NAME.json beside it. A script's first lines say what it needs; "# tolerance: X" says how far numbers may lie apart
(relative, absolute below 1; 1e-6 where it says nothing). A program that is not here is said, and fails nothing.`,
  options,
  run,
});
