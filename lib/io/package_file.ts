import { createRequire } from "node:module";

/** The bytes of a file that a package holds: `packageFile("PACKAGE", "FILE.wasm")`. */
export async function packageFile(name: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(await packagePath(name, file));
}

/** Where a file that a package holds is on this machine, such as a font: `packagePath("PACKAGE", "FILE.ttf")`. */
export async function packagePath(name: string, file: string): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  try {
    return resolve(`${name}/${file}`);
  } catch {
    // Deno fetches what is imported; what the package does then, and whether it can be run, is of no interest.
    await latePackage(name).catch(() => null);
    return resolve(`${name}/${file}`);
  }
}

/**
 * Imports a package that few ever need, for `await latePackage<typeof import("PACKAGE")>("PACKAGE")`. Its name is no literal
 * here, for Deno fetches before it starts whatever a program could import.
 */
export async function latePackage<T>(name: string): Promise<T> {
  return await import(name) as T;
}
