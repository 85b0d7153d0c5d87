import { MIN_BOX_FAILURES } from "../../analysis/cut_offs.ts";
import { failedTokensByCell } from "../../analysis/failure/boxes.ts";
import { drawFailedTokensBySuite } from "../../figures/failure/failed_tokens.ts";
import { familiesOf } from "../../figures/kit/family.ts";
import { ifAny, question } from "../question.ts";

/** Tokens of failed sessions by harness within each benchmark; a figure a family of suites. */
export const failedTokensBySuite = question({
  name: "failed-tokens-by-suite",
  title: "How many tokens do failures take within each benchmark?",
  chapter: "failure",
  needs: ["distributions"],
  nothing: `no benchmark and harness have ${MIN_BOX_FAILURES} failures with known tokens`,
  ask: (dataset, { familyOf }) =>
    ifAny(failedTokensByCell(dataset).map((row) => ({ ...row, family: familyOf(row.benchmark) }))),
  draw: (rows, context) => familiesOf(rows).map((family) => drawFailedTokensBySuite(rows, family, context)),
});
