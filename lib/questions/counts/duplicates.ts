import { cellsOf } from "../../analysis/counts/cells.ts";
import { duplicateCells, duplicateRows } from "../../analysis/truth/duplicates.ts";
import { duplicatesTable } from "../../figures/counts/duplicates.ts";
import { ifAny, question } from "../question.ts";

/** Sessions that repeat another one under an id of their own. */
export const duplicates = question({
  name: "duplicates",
  title: "Was a session recorded twice?",
  chapter: "counts",
  needs: ["cells"],
  nothing: "no session repeats another one, as far as can be known",
  ask: (dataset) => ifAny(duplicateRows(cellsOf(dataset), duplicateCells(dataset))),
  draw: (rows, context) => [duplicatesTable(rows, context)],
});
