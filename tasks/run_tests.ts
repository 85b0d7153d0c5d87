/**
 * `deno task test`: every test with all permissions, closing with the line `N passed, N failed`. Not called `test.ts`: Deno
 * would take it for a test and run it in itself.
 *
 * @module
 */
import type { RawCommand } from "./atl/command.ts";

async function raw(args: string[]): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--frozen", "--allow-all", "--no-check", "--parallel", ...args],
    env: { NO_COLOR: "1", DENO_JOBS: Deno.env.get("DENO_JOBS") ?? "2" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();

  const encoder = new TextEncoder();
  let seen = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    seen = (seen + chunk).slice(-20_000);
    await Deno.stdout.write(encoder.encode(chunk));
  }
  const { code } = await child.status;
  const summary = [
    ...seen.matchAll(/(\d+) passed(?: \([^)]*\))? \| (\d+) failed(?: \([^)]*\))?(?: \| (\d+) ignored)?/g),
  ]
    .at(-1);
  if (!summary) {
    console.log("0 passed, 1 failed");
    console.error("test: deno test ended without a summary");
    return code || 1;
  }
  const [, passed, failed, skipped = "0"] = summary;
  // A module that fails to load, or a leak, fails the run without failing a test of its own.
  const failures = code && failed === "0" ? 1 : Number(failed);
  if (skipped !== "0") console.log(`${skipped} skipped; the name of each says why`);
  console.log(`${passed} passed, ${failures} failed`);
  return code || (Number(passed) ? 0 : 1);
}

const tests: RawCommand = {
  about:
    "Runs every test with all permissions, closing with the line N passed, N failed. What stands behind goes to deno test.",
  raw,
};
export default tests;
