import { ultimate } from "../../analysis/counts/cell_rows.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { MIN_PRINTED, printedTable } from "../../figures/counts/table.ts";
import { wilson } from "../../stats/mod.ts";
import { question } from "../question.ts";

/** The table of cells with what they took and how many were solved. */
export const table = question({
  name: "table",
  title: "What are the counts, the use and the success of each cell?",
  chapter: "success",
  needs: ["cells"],
  nothing: `no cell has ${MIN_PRINTED} sessions`,
  ask: (dataset) => {
    const rows = ultimate(cellsOf(dataset));
    return rows.some((row) => row.n >= MIN_PRINTED) ? rows : null;
  },
  draw: (rows, context) => [printedTable(rows, { ...context, interval: (k, n) => wilson(k, n) })],
});
