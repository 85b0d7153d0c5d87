import { interFaces, writeWhole } from "../io/mod.ts";
import { join } from "node:path";
import type { Figure } from "../figures/mod.ts";
import { pngOf } from "./png.ts";

/** The environment variable that names the folder figures go to; `./run notebooks` sets it. */
export const FIGURES_VARIABLE = "TRACES_FIGURES";

/**
 * The project's own `figures/`, found from this file: a kernel's working directory is the notebook's.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { projectFigures } from "agent-trace-lab/notebook";
 * equal(projectFigures().endsWith("figures/"), true);
 * ```
 */
export function projectFigures(): string {
  return decodeURIComponent(new URL("../../figures/", import.meta.url).pathname);
}

/** Letters and digits of any script, `-`, `_` and `.` inside: a name that is one file on every system. */
const FILE_NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*$/u;

/** Bytes that a file's name may take, with its ending. */
const MOST_BYTES = 200;

/** Names that are devices on Windows, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Writes `NAME.svg` and, beside it, `NAME.png` at 2x. Each file is replaced whole, and only when its bytes changed.
 *
 * @throws {Error} for a name that is no file name on every system
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { saveFigure } from "agent-trace-lab/notebook";
 * import { chart, chartFigure } from "agent-trace-lab/figures";
 * const folder = await Deno.makeTempDir();
 * await saveFigure(chartFigure(chart({ marks: [] }), { name: "nothing-yet" }), folder);
 * equal((await Deno.stat(`${folder}/nothing-yet.svg`)).isFile, true);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function saveFigure(figure: Figure, folder: string): Promise<void> {
  const { name } = figure;
  if (!FILE_NAME.test(name) || DEVICE.test(name) || new TextEncoder().encode(name).length > MOST_BYTES) {
    throw new Error(
      `a figure's name is a file name: letters, digits, "-", "_" and "." inside, such as success-by-team; found ` +
        JSON.stringify(name.slice(0, 80)),
    );
  }
  await Deno.mkdir(folder, { recursive: true });
  await replace(join(folder, `${figure.name}.svg`), new TextEncoder().encode(`${await withFont(figure.svg)}\n`));
  await replace(join(folder, `${figure.name}.png`), await pngOf(figure));
}

/** A drawing with the glyphs that it writes: by itself it looks on every machine as it was laid out. */
async function withFont(svg: string): Promise<string> {
  // Titles and descriptions are told, not drawn.
  const drawn = svg.replaceAll(/<(title|desc)\b[^>]*>[^<]*<\/\1>|<[^>]*>/g, "");
  const faces = await interFaces(`${drawn}<>&"'`);
  return svg.replace(/^<svg [^>]*>/, (open) => `${open}<style>${faces.trimEnd()}</style>`);
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const old = await Deno.readFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (old && old.length === bytes.length && old.every((byte, i) => byte === bytes[i])) return;
  await writeWhole(path, bytes);
}
