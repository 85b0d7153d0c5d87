import type { Figure } from "../figures/mod.ts";
import { type Display, kernelDisplay } from "./display.ts";
import { FIGURES_VARIABLE, saveFigure } from "./save.ts";
import { show } from "./show.ts";

/** Settings of {@link figure}. */
export interface FigureOptions {
  /** Where to write it; null shows it only. By default the folder in `TRACES_FIGURES`, and nowhere when that is not set. */
  folder?: string | null;
  display?: Display;
}

/**
 * Shows a figure and saves it. `./run notebooks` says where to (`figures/` on the replica, `out/SOURCE/figures/`
 * otherwise); a notebook opened by hand shows it and leaves the committed files alone.
 */
export async function figure(drawn: Figure, options: FigureOptions = {}): Promise<void> {
  const { folder = Deno.env.get(FIGURES_VARIABLE) ?? null, display = kernelDisplay } = options;
  await show(drawn, display);
  if (folder) await saveFigure(drawn, folder);
}
