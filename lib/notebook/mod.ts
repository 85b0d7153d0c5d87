/**
 * Showing things in a notebook, and the only layer that knows Jupyter: `await show(x)` for text, numbers, rows, tables, charts,
 * figures, prose and answered questions, `await figure(x)` for a figure that is also saved, `md` for prose with computed
 * numbers; and what one explores with: Plot, and Arquero's tables and verbs.
 *
 * @module
 */
export * as aq from "arquero";
export { desc, escape, op, table } from "./arquero.ts";
export { type Chart, chart as plot, type ChartOptions } from "../figures/mod.ts";
export { bundleOf, type DataTable, type Plain, type Showable } from "./bundle.ts";
export type { Display, DisplayOptions, MimeBundle } from "./display.ts";
export { explore } from "./explore.ts";
export { figure, type FigureOptions } from "./figure.ts";
export { leadTo } from "./lead.ts";
export { code, inProse, list, type Markdown, md, row, text } from "./markdown.ts";
export { Plot } from "./plot.ts";
export { pngOf } from "./png.ts";
export { progress, type ProgressOptions } from "./progress.ts";
export { projectFigures, saveFigure } from "./save.ts";
export { show } from "./show.ts";
