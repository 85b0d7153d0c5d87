import { cellsOf, duplicateCells, duplicateRows } from "../../analysis/mod.ts";
import { duplicatesTable } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** Sessions that repeat another one under an id of their own. */
export const duplicates = question({
  name: "duplicates",
  title: "Was a session recorded twice?",
  chapter: "counts",
  needs: ["cells"],
  nothing: "no session repeats another one, as far as can be known",
  ask: (dataset) => {
    const rows = duplicateRows(cellsOf(dataset), duplicateCells(dataset));
    return rows.length ? rows : null;
  },
  draw: (rows, context) => [duplicatesTable(rows, context)],
});
