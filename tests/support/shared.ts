/**
 * Recorded sessions and the judged table are other people's data and are not part of the project. Where a checkout of
 * them lies beside it, tests use them; elsewhere they are skipped, and say so.
 *
 * @module
 */
import { needs } from "./needs.ts";

const folder = new URL("../../../shared/", import.meta.url);

/** Path of a file or folder of the recorded data. */
export function sharedPath(relative: string): string {
  return decodeURIComponent(new URL(relative, folder).pathname);
}

function present(relative: string): boolean {
  try {
    Deno.statSync(sharedPath(relative));
    return true;
  } catch {
    return false;
  }
}

/** Declares a test on recorded data; `relative` is what it reads. All permissions are needed. */
export function onRecorded(relative: string, name: string, fn: (t: Deno.TestContext) => void | Promise<void>): void {
  const flags = Deno.permissions.querySync({ name: "read" }).state === "granted";
  if (flags && !present(relative)) {
    Deno.test({ name: `${name} (skipped: the recorded data ${relative} is not here)`, ignore: true, fn });
  } else {
    needs(["read", "write", "net", "env", "run", "ffi", "sys"], name, fn);
  }
}
