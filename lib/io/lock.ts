import { writeError } from "./write.ts";

/**
 * Does some work while nobody else does it: others who ask for the same lock wait. The lock is a file that is there only
 * meanwhile; whoever has waited looks whether it is still the one at its path, since its owner removes it.
 *
 * @throws {WriteError} when the lock's place may not be written
 *
 * @example
 * ```ts
 * import { locked } from "agent-trace-lab/io";
 * const path = `${await Deno.makeTempDir()}/work.lock`;
 * console.log(await locked(path, () => Promise.resolve("done"))); // done
 * ```
 */
export async function locked<T>(path: string, work: () => Promise<T>): Promise<T> {
  while (true) {
    const file = await Deno.open(path, { read: true, write: true, create: true }).catch((error) => {
      throw writeError(path, error);
    });
    try {
      await file.lock(true);
      if (!await isAt(file, path)) continue;
      try {
        return await work();
      } finally {
        await Deno.remove(path).catch(() => {});
      }
    } finally {
      file.close();
    }
  }
}

/** Whether an open file is the one at a path: it may have been removed, or replaced, while its lock was waited for. */
export async function isAt(file: Deno.FsFile, path: string): Promise<boolean> {
  const there = await Deno.stat(path).catch(() => null);
  const { ino, dev } = await file.stat();
  return there !== null && there.ino === ino && there.dev === dev;
}
