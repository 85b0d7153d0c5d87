import { deepEqual, equal } from "node:assert/strict";
import { needs } from "./support/needs.ts";
import config from "../deno.json" with { type: "json" };

const root = decodeURIComponent(new URL("../", import.meta.url).pathname);
const doors = Object.values(config.exports);

async function deno(...args: string[]): Promise<{ code: number; out: string; said: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root, env: { NO_COLOR: "1" } })
    .output();
  const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, said: said! };
}

needs(["read", "run"], "every public name says what it is, and every type it speaks of is public", async () => {
  const { code, out, said } = await deno("doc", "--lint", ...doors);
  const faults = `${out}${said}`.match(/^error\[.*$/gm) ?? [];
  deepEqual(faults, []);
  equal(code, 0, said);
});
