import { createRequire } from "node:module";

/** The bytes of a file that a package holds, such as a font: `packageFile("PACKAGE", "FILE.ttf")`. */
export async function packageFile(name: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const { resolve } = createRequire(import.meta.url);
  const path = `${name}/${file}`;
  try {
    return await Deno.readFile(resolve(path));
  } catch {
    // Deno fetches what is imported; what the package does then, and whether it can be run, is of no interest.
    await latePackage(name).catch(() => null);
    return await Deno.readFile(resolve(path));
  }
}

/**
 * Imports a package that few ever need, for `await latePackage<typeof import("PACKAGE")>("PACKAGE")`. Its name is no literal
 * here, for Deno fetches before it starts whatever a program could import.
 */
export async function latePackage<T>(name: string): Promise<T> {
  return await import(name) as T;
}
