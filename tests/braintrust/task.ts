import { fileURLToPath } from "node:url";
import type { BraintrustServer } from "../support/braintrust_server.ts";

/** What a task said and how it ended. */
export interface TaskRun {
  code: number;
  out: string;
  err: string;
}

/** A task as a process of its own. */
export function task(name: string, args: readonly string[], env: Record<string, string> = {}): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", fileURLToPath(new URL("../../tasks/atl.ts", import.meta.url)), name, ...args],
    env: { NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a task to its end. */
export async function run(name: string, args: readonly string[], env: Record<string, string> = {}): Promise<TaskRun> {
  const { code, stdout, stderr } = await task(name, args, env).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

/** The environment that leads to a server. */
export function leadingTo({ url, key }: Pick<BraintrustServer, "url" | "key">): Record<string, string> {
  return { BRAINTRUST_API_URL: url, BRAINTRUST_API_KEY: key };
}
