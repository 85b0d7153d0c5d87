/**
 * Showing things in a notebook, and the only layer that knows Jupyter: `await show(x)` for figures, tables, prose and the
 * source's banner, `await figure(x)` for a figure that is also saved, `md` for prose with computed numbers.
 *
 * @module
 */
export { bundleOf, type DataTable, type Showable } from "./bundle.ts";
export { type Display, type DisplayOptions, kernelDisplay, type MimeBundle } from "./display.ts";
export { figure, type FigureOptions } from "./figure.ts";
export { list, type Markdown, md, row } from "./markdown.ts";
export { pngOf } from "./png.ts";
export { progress, type ProgressOptions } from "./progress.ts";
export { FIGURES_VARIABLE, projectFigures, saveFigure } from "./save.ts";
export { show } from "./show.ts";
