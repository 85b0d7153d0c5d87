import { join } from "node:path";
import type { Figure } from "../figures/mod.ts";
import { pngOf } from "./png.ts";

/** The environment variable that names the folder figures go to; `./run notebooks` sets it. */
export const FIGURES_VARIABLE = "TRACES_FIGURES";

/** The project's own `figures/`, found from this file: a kernel's working directory is the notebook's. */
export function projectFigures(): string {
  return decodeURIComponent(new URL("../../figures/", import.meta.url).pathname);
}

/** Writes `NAME.svg` and, beside it, `NAME.png` at 2x. Each file is replaced whole, and only when its bytes changed. */
export async function saveFigure(figure: Figure, folder: string): Promise<void> {
  if (!/^\d\d-[a-z0-9-]+$/.test(figure.name)) {
    throw new Error(`a figure's name is NN-words, such as 03-winners; found "${figure.name}"`);
  }
  await Deno.mkdir(folder, { recursive: true });
  await replace(join(folder, `${figure.name}.svg`), new TextEncoder().encode(`${figure.svg}\n`));
  await replace(join(folder, `${figure.name}.png`), await pngOf(figure));
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const old = await Deno.readFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (old && old.length === bytes.length && old.every((byte, i) => byte === bytes[i])) return;
  const part = `${path}.${crypto.randomUUID()}.part`;
  await Deno.writeFile(part, bytes);
  await Deno.rename(part, path);
}
