import { claimsTable, type ClaimsTableContext, drawClaims } from "../../figures/mod.ts";
import { question, type QuestionContext, questionNamed } from "../../questions/mod.ts";
import { claimWords } from "../figures/claim_words.ts";
import { fullResults } from "../results.ts";
import { contamination } from "./contamination.ts";

/** The question whose figure shows the rows behind a claim, by the section of a notebook that the claim links to. */
const SHOWN_BY: Readonly<Record<string, string>> = {
  "01-import#Who-ran-what": "coverage",
  "03-simpson#Pooled-against-balanced": "pooled-vs-balanced",
  "03-simpson#The-harness,-with-the-model-held-fixed": "harness-report-card",
  "03-simpson#The-model,-with-the-harness-held-fixed": "harness-model-heatmap",
  "03-simpson#Dependable,-or-erratic?": "reliability-quadrant",
  "03-simpson#Who-wins,-and-can-one-tell?": "winners",
  "03-simpson#The-whole-table": "table",
  "04-regression#Three-ways-to-share-out-the-same-variance": "variance-explained",
  "04-regression#The-effect-of-each-harness,-and-how-sure-of-it-one-can-be": "harness-effect",
  "05-cost#USD-per-solved-task": "cost-per-success",
  "05-cost#How-far-is-the-blend-from-exact-prices?": "cost-per-success",
  "05-cost#Cost-against-quality": "cost-quality-frontier",
  "05-cost#Two-rankings": "rank-change",
  "06-failure-modes#Four-modes": "failure-modes",
  "06-failure-modes#What-a-failed-session-spends": "failed-tokens",
  "06-failure-modes#Are-tool-errors-a-failure-signal?": "tool-errors",
  "06-failure-modes#Thrash,-or-give-up": "thrash-or-give-up",
  "06-failure-modes#Would-a-guardrail-have-caught-them?": "guardrail",
  "06-failure-modes#Topics": "topics",
  "06-failure-modes#Contamination?": "contamination",
  "07-ground-truth#What-was-judged?": "judge-vs-official",
  "07-ground-truth#Cell-by-cell": "judge-vs-official",
};

/** The published claims, decided. */
export const publishedClaimsHold = question({
  name: "published-claims",
  title: "Which published claims hold?",
  chapter: "claims",
  needs: ["distributions"],
  nothing: "these are not the rows that the claims were made of",
  ask: async (dataset, { prices }) => (await fullResults(dataset, { prices })).study?.claims ?? null,
  draw: (rows, context) => [
    drawClaims(rows, { ...context, ...claimWords }),
    claimsTable(rows, { ...context, ...claimWords, ...linksOf(context) }),
  ],
});

/** Links of the claims, on a page that shows the answers: to the question whose figure shows it, else to the claims' chapter. */
function linksOf({ chapterHref, questionHref }: QuestionContext): Pick<ClaimsTableContext, "href" | "linkTitle"> {
  if (!chapterHref || !questionHref) return {};
  return {
    href: (link) => SHOWN_BY[link] === undefined ? chapterHref("claims") : questionHref(SHOWN_BY[link]),
    linkTitle: (link) => SHOWN_BY[link] === undefined ? "Claims" : titleOf(SHOWN_BY[link]),
  };
}

function titleOf(name: string): string {
  return name === contamination.name ? contamination.title : questionNamed(name).title;
}
