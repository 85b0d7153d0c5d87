import { cellsOf, headlineCells, overturn } from "../../analysis/mod.ts";
import { question } from "../../questions/mod.ts";
import { overturnTable, variantsTable } from "../figures/headline_tables.ts";
import { headlines } from "../headlines.ts";
import { auditVariants, headlineVariants } from "../variants.ts";

/** The conclusions that the write-up leads with: without questioned sessions, and under wrong verdicts. */
export const headlineChecks = question({
  name: "headlines",
  title: "What would overturn the headlines?",
  chapter: "truth",
  needs: ["cells"],
  nothing: "no session has a verdict",
  ask: (dataset) => {
    const scored = headlineCells(cellsOf(dataset));
    return scored.length
      ? { variants: headlineVariants(auditVariants(dataset)), overturned: overturn(scored, headlines(scored)) }
      : null;
  },
  draw: ({ variants, overturned }, context) => [variantsTable(variants, context), overturnTable(overturned, context)],
});
