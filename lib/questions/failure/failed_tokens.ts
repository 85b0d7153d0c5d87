import { failedTokensByHarness } from "../../analysis/failure/boxes.ts";
import { drawFailedTokens } from "../../figures/failure/failed_tokens.ts";
import { ifAny, question } from "../question.ts";

/** Tokens of failed sessions by harness, suites pooled. */
export const failedTokens = question({
  name: "failed-tokens",
  title: "How many tokens do failures take under each harness?",
  chapter: "failure",
  needs: ["distributions"],
  nothing: "no failed session has known tokens",
  ask: (dataset) => ifAny(failedTokensByHarness(dataset)),
  draw: (rows, context) => [drawFailedTokens(rows, context)],
});
