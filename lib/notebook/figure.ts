import { type Chart, chartFigure, type Figure, isChart } from "../figures/mod.ts";
import { type Answered, isFigure } from "../questions/mod.ts";
import { isAnswered } from "./bundle.ts";
import { type Display, kernelDisplay } from "./display.ts";
import { FIGURES_VARIABLE, saveFigure } from "./save.ts";
import { show } from "./show.ts";

/** Settings of {@link figure}. */
export interface FigureOptions {
  /** What the file is called, without its ending; a figure's own name unless given. A chart of Plot needs one. */
  name?: string;
  /** Title of a chart of Plot that has none. */
  title?: string;
  /** Where to write it; null shows it only. By default the folder in `TRACES_FIGURES`, and nowhere when that is not set. */
  folder?: string | null;
  /** Where it is shown; the notebook unless given. */
  display?: Display;
}

/**
 * Shows a figure and saves it as SVG and PNG: a drawn figure, a chart of Plot under the `name` given, or all that a question
 * was drawn as. `./run notebooks` says where to (`figures/` on the replica, `out/SOURCE/figures/` otherwise); a notebook opened by
 * hand shows it and leaves the committed files alone.
 *
 * ```ts
 * import { figure, Plot, plot } from "agent-trace-lab/notebook";
 *
 * const rows = [{ team: "a", solved: 3 }, { team: "b", solved: 5 }];
 * await figure(plot(Plot.barY(rows, { x: "team", y: "solved" })), { name: "solved-by-team", folder: null });
 * ```
 *
 * @throws {TypeError} for a chart without a name
 * @throws {Error} for a name that is no file name
 */
export async function figure(drawn: Figure | Chart | Answered, options: FigureOptions = {}): Promise<void> {
  const { folder = Deno.env.get(FIGURES_VARIABLE) ?? null, display = kernelDisplay, name, title } = options;
  if (isAnswered(drawn)) {
    await show(drawn, display);
    if (folder) { for (const one of drawn.drawn.filter(isFigure)) await saveFigure(one, folder); }
    return;
  }
  if (isChart(drawn)) {
    if (!name) throw new TypeError(`a chart is saved under a name: figure(chart, { name: "success-by-team" })`);
    const framed = chartFigure(drawn, { name, ...(title === undefined ? {} : { title }) });
    await show(framed, display);
    if (folder) await saveFigure(framed, folder);
    return;
  }
  if (typeof drawn?.svg !== "string") {
    throw new TypeError("figure takes a drawn figure, a chart of plot(…) or an answered question; show shows all else");
  }
  await show(drawn, display);
  if (folder) await saveFigure(name ? { ...drawn, name } : drawn, folder);
}
