import { decideClaims } from "../../analysis/claims/claims.ts";
import { resultsOf } from "../../analysis/counts/results.ts";
import { asInFile } from "../../analysis/counts/results_json.ts";
import { claimsTable, drawClaims } from "../../figures/claims/claims.ts";
import { question } from "../question.ts";

/** The claims of the context, decided. */
export const claims = question({
  name: "claims",
  title: "Which claims hold?",
  chapter: "claims",
  needs: ["distributions"],
  nothing: "no claims were given",
  ask: async (dataset, context) =>
    context.claims?.claims.length
      ? await decideClaims(
        context.claims,
        asInFile(resultsOf(dataset, context.prices, { reference: context.reference })),
      )
      : null,
  draw: (rows, context) => [drawClaims(rows, context), claimsTable(rows, context)],
});
