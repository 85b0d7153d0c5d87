/** What a command said, and how it ended. */
export interface Said {
  code: number;
  out: string;
  err: string;
}

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/** Settings that a machine may have, and that would change what a command does. */
const SETTINGS = ["TRACES_SOURCE", "TRACES_MAPPING", "TRACES_LABELS", "OPENAI_API_KEY", "OPENAI_BASE_URL"];

/** Runs a command of the program, in the project's folder unless told, with no source and no key but what it is told. */
export async function atl(
  args: readonly string[],
  { cwd = ROOT, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Said> {
  const unset = Object.fromEntries(SETTINGS.filter((name) => Deno.env.has(name)).map((name) => [name, ""]));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "--config", `${ROOT}deno.json`, `${ROOT}tasks/atl.ts`, ...args],
    cwd,
    env: { ...unset, NO_COLOR: "1", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}
