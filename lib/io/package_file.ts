import { createRequire } from "node:module";

/** The bytes of a file that an installed package holds, such as a font: `packageFile("PACKAGE/FILE.ttf")`. */
export async function packageFile(specifier: string): Promise<Uint8Array<ArrayBuffer>> {
  const { resolve } = createRequire(import.meta.url);
  return await Deno.readFile(resolve(specifier));
}
