/**
 * Tests that need more than pure computation. `deno test` without flags ignores them, and their names say why;
 * `deno task test` runs them all.
 *
 * @module
 */
type Need = "read" | "write" | "net" | "env" | "run" | "ffi" | "sys";

const granted = (need: Need) => Deno.permissions.querySync({ name: need }).state === "granted";

/** Declares a test that runs only with the permissions it needs; otherwise it is ignored under a name that says so. */
export function needs(
  permissions: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  const missing = permissions.filter((p) => !granted(p));
  if (missing.length) {
    Deno.test({ name: `${name} (skipped: needs ${missing.map((p) => `--allow-${p}`).join(" ")})`, ignore: true, fn });
  } else {
    Deno.test({ name, fn });
  }
}
